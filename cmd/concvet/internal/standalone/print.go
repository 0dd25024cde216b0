package standalone

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"go/token"
	"io"
	"os"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
)

// A finding is a diagnostic of one package.
type finding struct {
	pkg        string // import path
	rule       string // name of the analyzer
	fset       *token.FileSet
	posn, end  token.Position
	diagnostic analysis.Diagnostic
}

// collect returns what the analyzers named on the command line report, in
// order of position.
func collect(graph *checker.Graph) []finding {
	var fs []finding
	for _, act := range graph.Roots {
		fset := act.Package.Fset
		for _, d := range act.Diagnostics {
			fs = append(fs, finding{
				pkg:        act.Package.PkgPath,
				rule:       act.Analyzer.Name,
				fset:       fset,
				posn:       fset.Position(d.Pos),
				end:        fset.Position(cmp.Or(d.End, d.Pos)),
				diagnostic: d,
			})
		}
	}
	slices.SortStableFunc(fs, func(a, b finding) int {
		return cmp.Or(cmp.Compare(a.posn.Filename, b.posn.Filename), cmp.Compare(a.posn.Line, b.posn.Line),
			cmp.Compare(a.posn.Column, b.posn.Column), cmp.Compare(a.rule, b.rule), cmp.Compare(a.diagnostic.Message, b.diagnostic.Message))
	})
	return fs
}

// printText prints findings for people and editors. The steps of a witness
// are indented below. If context is not negative, the lines of the finding and
// as many around it follow.
func printText(w io.Writer, findings []finding, context int) error {
	b := bufio.NewWriter(w)
	for _, f := range findings {
		fmt.Fprintf(b, "%s: %s (%s)\n", shortPosition(f.posn), f.diagnostic.Message, f.rule)
		if context >= 0 {
			printLines(b, f.posn.Filename, f.posn.Line-context, f.end.Line+context)
		}
		for _, r := range f.diagnostic.Related {
			fmt.Fprintf(b, "\t%s: %s\n", shortPosition(f.fset.Position(r.Pos)), r.Message)
		}
	}
	return b.Flush()
}

func shortPosition(p token.Position) token.Position {
	p.Filename = short(p.Filename)
	return p
}

// printLines prints a range of lines of a file, as far as it has them, each
// with its number.
func printLines(w io.Writer, file string, from, to int) {
	text, err := os.ReadFile(file)
	if err != nil {
		return // not a file, but what a line directive names
	}
	n := 0
	for line := range strings.Lines(string(text)) {
		if n++; from <= n && n <= to {
			fmt.Fprintf(w, "%d\t%s\n", n, strings.TrimRight(line, "\r\n"))
		}
	}
}

// The types of go vet's JSON.
type (
	jsonFinding struct {
		Category string        `json:"category,omitempty"`
		Posn     string        `json:"posn"` // "file:line:col"
		End      string        `json:"end"`
		Message  string        `json:"message"`
		Fixes    []jsonFix     `json:"suggested_fixes,omitempty"`
		Related  []jsonRelated `json:"related,omitempty"`
	}
	jsonFix struct {
		Message string     `json:"message"`
		Edits   []jsonEdit `json:"edits"`
	}
	jsonEdit struct {
		Filename string `json:"filename"`
		Start    int    `json:"start"` // offset in the file
		End      int    `json:"end"`
		New      string `json:"new"`
	}
	jsonRelated struct {
		Posn    string `json:"posn"`
		End     string `json:"end"`
		Message string `json:"message"`
	}
)

// printJSON prints one object: import path → rule → findings.
func printJSON(w io.Writer, findings []finding) error {
	tree := make(map[string]map[string][]jsonFinding)
	for _, f := range findings {
		rules := tree[f.pkg]
		if rules == nil {
			rules = make(map[string][]jsonFinding)
			tree[f.pkg] = rules
		}
		rules[f.rule] = append(rules[f.rule], f.json())
	}
	text, err := json.MarshalIndent(tree, "", "\t")
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "%s\n", text)
	return err
}

func (f *finding) json() jsonFinding {
	d := f.diagnostic
	at := func(pos token.Pos) string { return f.fset.Position(pos).String() }
	j := jsonFinding{Category: d.Category, Posn: f.posn.String(), End: f.end.String(), Message: d.Message}
	for _, r := range d.Related {
		j.Related = append(j.Related, jsonRelated{at(r.Pos), at(cmp.Or(r.End, r.Pos)), r.Message})
	}
	for _, fix := range d.SuggestedFixes {
		jf := jsonFix{Message: fix.Message}
		for _, e := range fix.TextEdits {
			start, end := f.fset.Position(e.Pos), f.fset.Position(cmp.Or(e.End, e.Pos))
			jf.Edits = append(jf.Edits, jsonEdit{start.Filename, start.Offset, end.Offset, string(e.NewText)})
		}
		j.Fixes = append(j.Fixes, jf)
	}
	return j
}
