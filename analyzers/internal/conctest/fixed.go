package conctest

import (
	"fmt"
	"go/parser"
	"go/token"
	"maps"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// checkFixed checks what is left when every fix is applied: it compiles, and
// each function has no more findings than those that offered no fix. That the
// golden files are what the fixes give is checked before, by analysistest.
func checkFixed(t *testing.T, tool string, m *module, rule string, flags map[string]string, found []finding) {
	t.Helper()
	golden := goldenFiles(m)
	for _, problem := range goldenProblems(m, golden, found) {
		t.Error(problem)
	}
	if len(golden) == 0 || t.Failed() {
		return
	}
	fixed := m.fixed(t)
	before, err := countByUnit(m, golden, found, func(f finding) bool { return f.fixes == 0 })
	if err != nil {
		t.Fatal(err)
	}
	left := vet(t, tool, fixed, rule, flags) // fails if the fixed files do not compile
	after, err := countByUnit(fixed, golden, left, func(finding) bool { return true })
	if err != nil {
		t.Fatal(err)
	}
	for _, unit := range slices.Sorted(maps.Keys(after)) {
		if n := len(after[unit]); n > len(before[unit]) {
			t.Errorf("%s: %d findings where the fixes leave %d:\n%s", unit, n, len(before[unit]), strings.Join(after[unit], "\n"))
		}
	}
}

// goldenFiles returns the names of the fixtures that have a golden file.
func goldenFiles(m *module) []string {
	var names []string
	for _, name := range slices.Sorted(maps.Keys(m.files)) {
		if base, ok := strings.CutSuffix(name, ".golden"); ok {
			names = append(names, base)
		}
	}
	return names
}

// goldenProblems finds golden files that analysistest does not look at, and
// those in its other form, for alternative fixes, which no rule has.
func goldenProblems(m *module, golden []string, found []finding) []string {
	var problems []string
	for _, name := range golden {
		if !slices.ContainsFunc(found, func(f finding) bool { return f.file == name && f.fixes > 0 }) {
			problems = append(problems, name+".golden: no fix is offered in "+name)
		}
		if len(txtar.Parse(m.files[name+".golden"]).Files) > 0 {
			problems = append(problems, name+".golden: an archive of alternatives, want one file with every fix applied")
		}
	}
	return problems
}

// countByUnit groups the findings in the named files that are wanted by the
// declaration they are in. Lines are no key, as fixes move them.
func countByUnit(m *module, files []string, found []finding, want func(finding) bool) (map[string][]string, error) {
	units := map[string][]string{}
	for _, name := range files {
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, name, m.files[name], parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		for _, r := range regionsOf(name, fset, f) {
			for _, d := range found {
				if d.file == name && r.from <= d.line && d.line <= r.to && want(d) {
					unit := fmt.Sprintf("%s: %s", name, r.unit)
					units[unit] = append(units[unit], "\t"+d.posn()+": "+d.message)
				}
			}
		}
	}
	return units, nil
}
