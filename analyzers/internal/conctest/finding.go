package conctest

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/concvet/concvet/analyzers/internal/report"
)

// A finding is a diagnostic in the form in which drivers are compared.
type finding struct {
	file      string // slash-separated, relative to the fixtures
	line, col int
	end       string // "line:col"
	rule      string
	category  string
	message   string
	related   []string // "posn: message", in order
	fixes     int      // number of suggested fixes
}

// setPosn sets the place of f from texts "file:line:col".
func (f *finding) setPosn(posn, end string) {
	f.file, f.line, f.col = splitPosn(posn)
	_, line, col := splitPosn(end)
	f.end = fmt.Sprintf("%d:%d", line, col)
}

// splitPosn splits "file:line:col", in which line and column may be absent.
func splitPosn(posn string) (file string, line, col int) {
	parts := strings.Split(posn, ":")
	if len(parts) < 3 {
		return posn, 0, 0
	}
	n := len(parts)
	line, _ = strconv.Atoi(parts[n-2])
	col, _ = strconv.Atoi(parts[n-1])
	return strings.Join(parts[:n-2], ":"), line, col
}

// posn returns the place as a compiler would print it.
func (f finding) posn() string { return fmt.Sprintf("%s:%d:%d", f.file, f.line, f.col) }

// String returns all that two drivers must agree on.
func (f finding) String() string {
	text := fmt.Sprintf("%s-%s: %s (%s, category %s, %d fixes)", f.posn(), f.end, f.message, f.rule, f.category, f.fixes)
	for _, r := range f.related {
		text += "\n\t" + r
	}
	return text
}

func (f finding) compare(g finding) int {
	return cmp.Or(cmp.Compare(f.file, g.file), cmp.Compare(f.line, g.line),
		cmp.Compare(f.col, g.col), cmp.Compare(f.String(), g.String()))
}

// normalize sorts findings and drops the copies that test variants of a
// package give.
func normalize(fs []finding) []finding {
	slices.SortFunc(fs, finding.compare)
	return slices.CompactFunc(fs, func(a, b finding) bool { return a.compare(b) == 0 })
}

// diffFindings says what only one of two drivers reports. Both lists are
// normalized.
func diffFindings(process, vet []finding) []string {
	var problems []string
	for _, f := range process {
		if !slices.ContainsFunc(vet, func(g finding) bool { return f.compare(g) == 0 }) {
			problems = append(problems, fmt.Sprintf("reported in process, but not so by go vet:\n%s", f))
		}
	}
	for _, f := range vet {
		if !slices.ContainsFunc(process, func(g finding) bool { return f.compare(g) == 0 }) {
			problems = append(problems, fmt.Sprintf("reported by go vet, but not so in process:\n%s", f))
		}
	}
	return problems
}

// messageProblems checks what all findings have in common: one sentence in the
// form that package report asks for, which states rather than supposes, a range
// to mark in an editor, the category of the rule and a witness.
func messageProblems(rule string, f finding) []string {
	var problems []string
	bad := func(format string, args ...any) { problems = append(problems, fmt.Sprintf(format, args...)) }
	if err := report.CheckMessage(f.message); err != nil {
		bad("%v", err)
	}
	for _, word := range []string{"possible", "possibly", "potential", "maybe"} {
		if slices.Contains(strings.FieldsFunc(f.message, func(r rune) bool { return !unicode.IsLetter(r) }), word) {
			bad("message supposes (%q) instead of stating: %q", word, f.message)
		}
	}
	if f.rule != rule || f.category != rule && !strings.HasPrefix(f.category, rule+"/") {
		bad("reported by %q with category %q, want %q", f.rule, f.category, rule)
	}
	if f.end == fmt.Sprintf("%d:%d", f.line, f.col) {
		bad("no end of the range to mark: %q", f.message)
	}
	if len(f.related) == 0 {
		bad("no witness: %q", f.message)
	}
	for _, r := range f.related {
		_, step, _ := strings.Cut(r, ": ")
		if _, err := report.Parse(step); err != nil {
			bad("%v", err)
		}
	}
	if f.fixes > 1 {
		bad("%d fixes, want at most one: %q", f.fixes, f.message)
	}
	return problems
}
