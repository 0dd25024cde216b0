// Package finding is what drivers hand to whoever prints: findings by package,
// with nothing of the type checker left in them, and their form in go vet's
// JSON, from which they are read back.
package finding

import (
	"cmp"
	"slices"
	"strings"

	"github.com/concvet/concvet/analyzers"
)

// A Package is an analysed package and what was found in it.
type Package struct {
	// Path is the import path. Findings in test files of package p have the
	// path p, those in its external tests p_test. If nothing was found it may
	// be empty.
	Path     string
	Findings []Finding
	Errors   []string // why rules failed
}

// A Finding is one mistake as a driver reports it.
type Finding struct {
	Package  string // path of the package
	Rule     string // name of the analyzer
	Category string // as in analysis.Diagnostic
	Pos, End Position
	Message  string
	Steps    []Step // the witness, in order
	Fixes    []Fix
}

// A Position is a place in a file. Columns count bytes, from 1, as everywhere in
// the go command.
type Position struct {
	File      string // absolute, unless a line directive says otherwise
	Line, Col int
}

// A Step is one event of a witness.
type Step struct {
	analyzers.Step          // as far as the text is one: see OK
	At, End        Position // where it happens
	Text           string   // what it is read from
	OK             bool     // the text has the form of a step
}

// A Fix is a change that removes the mistake.
type Fix struct {
	Message string
	Edits   []Edit
}

// An Edit replaces the bytes from Start to End of a file.
type Edit struct {
	File       string
	Start, End int // offsets
	New        string
}

// NewStep reads the text of a step.
func NewStep(at, end Position, text string) Step {
	s, err := analyzers.ParseStep(text)
	return Step{Step: s, At: at, End: end, Text: text, OK: err == nil}
}

// Compare orders findings by position, and those at one place by rule and
// message.
func (f *Finding) Compare(g *Finding) int {
	return cmp.Or(f.Pos.Compare(g.Pos), cmp.Compare(f.Rule, g.Rule), cmp.Compare(f.Message, g.Message), cmp.Compare(f.Package, g.Package))
}

// Compare orders positions by file, line and column.
func (p Position) Compare(q Position) int {
	return cmp.Or(cmp.Compare(p.File, q.File), cmp.Compare(p.Line, q.Line), cmp.Compare(p.Col, q.Col))
}

// Sort orders findings and drops what is there twice: a file may belong to
// several variants of a package.
func Sort(fs []Finding) []Finding {
	slices.SortStableFunc(fs, func(a, b Finding) int { return a.Compare(&b) })
	return slices.CompactFunc(fs, func(a, b Finding) bool {
		return a.Pos == b.Pos && a.End == b.End && a.Rule == b.Rule && a.Message == b.Message
	})
}

// PathOf returns the import path in the ID of a package, which for variants
// made for a test has the name of the test behind it.
func PathOf(id string) string {
	path, _, _ := strings.Cut(id, " ")
	return path
}
