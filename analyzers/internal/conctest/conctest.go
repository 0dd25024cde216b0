// Package conctest is the test harness of every rule.
//
// The fixtures of a rule are the packages below its testdata/src, each
// imported as "fixture/<directory>". [Run] checks
//
//   - that the findings are exactly those that `// want "regexp"` comments ask
//     for, as in analysistest;
//   - that the fixtures say what they show: see [checkNames];
//   - that the messages are worded alike: see [messageProblems];
//   - that every fix gives the file beside it with suffix .golden, which
//     compiles and in which the rule is silent;
//   - that go vet, which analyses one package at a time and passes facts
//     through files, finds the same as the in-process driver.
//
// A fixture may import golang.org/x/sync/{errgroup,semaphore,singleflight}:
// the harness supplies these packages, so that tests need no network.
package conctest

import (
	"fmt"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/concvet/concvet/analyzers"
	"github.com/concvet/concvet/analyzers/internal/rule"
)

// Run checks r, with the flags that it has by default, on testdata/src. The
// test must be in an external package (wgadd_test), because the harness
// imports all rules.
func Run(t *testing.T, r *rule.Rule) {
	t.Helper()
	RunDir(t, r, filepath.Join("testdata", "src"), nil)
}

// RunDir checks r on the packages below dir, with flags of the rule set: the
// key is the name of the flag without that of the rule ("strict"). It runs in
// sequence with other tests of the process, because flags are global.
func RunDir(t *testing.T, r *rule.Rule, dir string, flags map[string]string) {
	t.Helper()
	a := facade(t, r.Name)
	setFlags(t, a, flags)
	m := newModule(t, dir)
	tool := BuildTool(t)

	results := analysistest.RunWithSuggestedFixes(m.relabel(t), m.root, a, "./...")
	if t.Failed() && len(results) == 0 {
		return // the fixtures could not be loaded: what follows would repeat it
	}
	found, regions := collect(m, results)
	for _, problem := range checkNames(regions, found) {
		t.Error(problem)
	}
	for _, f := range found {
		for _, problem := range messageProblems(r.Name, f) {
			t.Errorf("%s: %s", f.posn(), problem)
		}
	}
	for _, problem := range diffFindings(found, vet(t, tool, m, r.Name, flags)) {
		t.Error(problem)
	}
	checkFixed(t, tool, m, r.Name, flags, found)
}

// facade returns the analyzer that users run for the named rule. It is one of
// the whole suite rather than of a suite of one rule, since rules compete for
// a place and the same one must win here and in the binary.
func facade(t *testing.T, name string) *analysis.Analyzer {
	t.Helper()
	i := slices.IndexFunc(analyzers.All, func(a *analysis.Analyzer) bool { return a.Name == name })
	if i < 0 {
		t.Fatalf("no analyzer %q in analyzers.All: run go generate ./...", name)
	}
	return analyzers.All[i]
}

// setFlags sets flags of a until the test ends.
func setFlags(t *testing.T, a *analysis.Analyzer, flags map[string]string) {
	t.Helper()
	for name, value := range flags {
		f := a.Flags.Lookup(name)
		if f == nil {
			t.Fatalf("analyzer %s has no flag %q", a.Name, name)
		}
		old := f.Value.String()
		t.Cleanup(func() { _ = f.Value.Set(old) })
		if err := f.Value.Set(value); err != nil {
			t.Fatalf("-%s.%s=%s: %v", a.Name, name, value, err)
		}
	}
}

// collect gathers the findings of all results, and the functions they may be
// in. A file that belongs to a package and to its test variant counts once.
func collect(m *module, results []*analysistest.Result) ([]finding, []region) {
	var found []finding
	var regions []region
	for _, res := range results {
		pkg := res.Action.Package
		for _, d := range res.Action.Diagnostics {
			found = append(found, inProcess(m, pkg.Fset, res.Action.Analyzer.Name, d))
		}
		for _, f := range pkg.Syntax {
			if name := pkg.Fset.Position(f.Pos()).Filename; m.contains(name) {
				regions = append(regions, regionsOf(m.rel(name), pkg.Fset, f)...)
			}
		}
	}
	slices.SortFunc(regions, region.compare)
	return normalize(found), slices.CompactFunc(regions, func(a, b region) bool { return a == b })
}

// inProcess converts a diagnostic to the form that go vet's are compared in.
func inProcess(m *module, fset *token.FileSet, rule string, d analysis.Diagnostic) finding {
	at := func(pos token.Pos) string { return m.relText(fset.Position(pos).String()) }
	f := finding{rule: rule, category: d.Category, message: d.Message, fixes: len(d.SuggestedFixes)}
	f.setPosn(at(d.Pos), at(endOr(d.End, d.Pos)))
	for _, r := range d.Related {
		f.related = append(f.related, at(r.Pos)+": "+r.Message)
	}
	return f
}

func endOr(end, pos token.Pos) token.Pos {
	if end.IsValid() {
		return end
	}
	return pos
}

// relabel returns t with the paths of m's copy in messages replaced by those
// of the fixtures, which are the files that a reader wants to open.
func (m *module) relabel(t *testing.T) testing.TB {
	return relabelled{t, strings.NewReplacer(m.root, m.origin, m.relRoot, m.origin)}
}

// relabelled is a testing.TB that rewrites what is reported to it.
type relabelled struct {
	testing.TB
	paths *strings.Replacer
}

func (t relabelled) Errorf(format string, args ...any) {
	t.Helper()
	t.Error(t.paths.Replace(fmt.Sprintf(format, args...)))
}

func (t relabelled) Log(args ...any) {
	t.Helper()
	t.TB.Log(t.paths.Replace(fmt.Sprint(args...)))
}
