// Package analyzers_test holds the rules of the house: what every part of the
// module must be like, as tests rather than as wishes. They read sources, so
// that go test runs them again when one changes.
package analyzers_test

import (
	"bytes"
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/concvet/concvet/analyzers"
	"github.com/concvet/concvet/analyzers/internal/report"
)

// ruleDirs returns the names of the directories that hold a rule each.
func ruleDirs(t *testing.T) []string {
	t.Helper()
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	var dirs []string
	for _, e := range entries {
		if e.IsDir() && e.Name() != "internal" && e.Name() != "testdata" {
			dirs = append(dirs, e.Name())
		}
	}
	return dirs
}

// goFiles calls visit for every Go file below dir, fixtures excepted.
func goFiles(t *testing.T, dir string, visit func(path string)) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && d.Name() == "testdata":
			return fs.SkipDir
		case !d.IsDir() && strings.HasSuffix(path, ".go"):
			visit(filepath.ToSlash(path))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestRegistry: every directory is a rule that users can run, and the reverse.
func TestRegistry(t *testing.T) {
	var names []string
	for _, a := range analyzers.All {
		names = append(names, a.Name)
	}
	if dirs := ruleDirs(t); !slices.Equal(names, dirs) {
		t.Errorf("analyzers.All has %v, the directories are %v: run go generate ./...", names, dirs)
	}
	if err := analysis.Validate(analyzers.All); err != nil {
		t.Error(err)
	}
}

// TestDocs: every rule documents itself in the form that help, the catalogue
// and its readers expect.
func TestDocs(t *testing.T) {
	for _, a := range analyzers.All {
		text, err := os.ReadFile(filepath.Join(a.Name, "doc.go"))
		if err != nil {
			t.Error(err)
			continue
		}
		flags := 0
		a.Flags.VisitAll(func(*flag.Flag) { flags++ })
		doc, err := report.Doc(a.Name, string(text))
		if err == nil {
			err = doc.Check(flags > 0)
		}
		if err != nil {
			t.Errorf("%s: %v", a.Name, err)
			continue
		}
		a.Flags.VisitAll(func(f *flag.Flag) {
			if name := "-" + a.Name + "." + f.Name; !strings.Contains(doc.Text, name) {
				t.Errorf("%s: doc.go does not mention flag %s", a.Name, name)
			}
		})
	}
}

// TestFixtures: every rule is run on its fixtures by conctest, and these show
// what it reports, what it must not, and at least one of its known errors.
func TestFixtures(t *testing.T) {
	for _, rule := range ruleDirs(t) {
		test, err := os.ReadFile(filepath.Join(rule, rule+"_test.go"))
		if err != nil {
			t.Error(err)
		} else if !strings.Contains(string(test), "conctest.Run") {
			t.Errorf("%s_test.go does not call conctest.Run", rule)
		}
		seen := map[string]bool{}
		names := fixtureNames(t, filepath.Join(rule, "testdata", "src"))
		for _, name := range names {
			if class := classRE.FindStringSubmatch(name); class != nil {
				seen[strings.ToLower(class[1])] = true
			}
		}
		for _, class := range []string{"bad", "ok"} {
			if !seen[class] {
				t.Errorf("%s: no fixture named %s…", rule, class)
			}
		}
		if !seen["fn"] && !seen["fp"] {
			t.Errorf("%s: no fixture named fn… or fp…: what does it miss, or report wrongly?", rule)
		}
	}
}

// classRE matches names that classify fixtures, as package conctest reads them.
var classRE = regexp.MustCompile(`^(?:Test|Benchmark|Fuzz|Example)?(bad|Bad|ok|Ok|OK|fn|Fn|fp|Fp)(?:[^a-z]|$)`)

// fixtureNames returns the names of functions, methods and types below dir.
func fixtureNames(t *testing.T, dir string) []string {
	t.Helper()
	var names []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				names = append(names, n.Name.Name)
			case *ast.TypeSpec:
				names = append(names, n.Name.Name)
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	return names
}

// TestSizes: a file can be read at one sitting, a rule even more so.
func TestSizes(t *testing.T) {
	const maxFile, maxRule, maxFunc = 400, 150, 60
	rules := ruleDirs(t)
	ruleSize := map[string]int{}
	check := func(path string) {
		if strings.HasSuffix(path, "_test.go") {
			return
		}
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, path, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		lines := fset.File(f.FileStart).LineCount() - 1
		if lines > maxFile {
			t.Errorf("%s has %d lines, want at most %d", path, lines, maxFile)
		}
		if dir, base := filepath.Split(path); base != "doc.go" {
			if dir = filepath.Clean(dir); slices.Contains(rules, dir) {
				ruleSize[dir] = max(ruleSize[dir], lines)
			}
		}
		for _, decl := range f.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok {
				lines := fset.Position(fn.End()).Line - fset.Position(fn.Pos()).Line + 1
				if lines > maxFunc {
					t.Errorf("%s: function %s has %d lines, want at most %d", path, fn.Name.Name, lines, maxFunc)
				}
			}
		}
	}
	goFiles(t, ".", check)
	goFiles(t, "../cmd", check)
	goFiles(t, "../testdata/corpus", check)
	for _, rule := range rules {
		if n := ruleSize[rule]; n > maxRule {
			t.Errorf("rule %s has a file of %d lines, want at most %d", rule, n, maxRule)
		}
	}
}

// TestWords: nothing in the repository points to somebody's machine.
func TestWords(t *testing.T) {
	local := regexp.MustCompile(`(?:^|[\s"'=(:,` + "`" + `])/(?:work|root|home|Users)/[^\s]*`)
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		switch {
		case d.Name() == ".git" && d.IsDir():
			return fs.SkipDir
		case d.Name() == ".git", d.IsDir(): // a file in a linked work tree
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if bytes.IndexByte(text, 0) >= 0 {
			return nil // a program somebody built here
		}
		if m := local.Find(text); m != nil {
			t.Errorf("%s: path of a machine: %s", path, m)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

// TestReadme: .ci/run runs every command that README shows.
func TestReadme(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	ci, err := os.ReadFile("../.ci/run")
	if err != nil {
		t.Fatal(err)
	}
	blocks := regexp.MustCompile("(?s)```sh\n(.*?)```").FindAllSubmatch(readme, -1)
	if len(blocks) == 0 {
		t.Fatal("README shows no commands")
	}
	for _, block := range blocks {
		for line := range strings.Lines(string(block[1])) {
			line = strings.TrimSpace(line)
			if !regexp.MustCompile(`(?m)^\s*(?:status \d )?` + regexp.QuoteMeta(line) + `$`).Match(ci) {
				t.Errorf("README shows %q, which .ci/run does not run", line)
			}
		}
	}
}
