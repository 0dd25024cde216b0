// Package repaired tests that concvet falls silent where its findings are
// repaired. The leak tests of the Go distribution are programs with one bug
// each; repaired.tsv has for many of them the line, or two, that an engineer
// would change. What concvet reports in a test before, it must not report
// after, nor anything else.
//
// The distribution's files are copied when the test runs. It is skipped where
// there are none, or where another version of Go has moved the lines.
package repaired

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	// What is built and run here: without it, results that the go command has
	// cached would outlive changes of the rules.
	_ "github.com/concvet/concvet/analyzers"
)

// enough is how many tests at least must be repaired.
const enough = 45

// someFound is the exit status that says that there are findings.
const someFound = 3

// An edit replaces one line.
type edit struct {
	test, file  string // the file relative to the directory of the tests, with slashes
	line        int
	was         string // how the line begins, without indentation
	replacement string
}

// A finding is where and what concvet reports.
type finding struct {
	file, text string
	line       int
}

// A span is the lines of a declaration.
type span struct{ first, last int }

func TestRepaired(t *testing.T) {
	src := distribution(t)
	edits := read(t)
	before, after := t.TempDir(), t.TempDir()
	for _, dir := range []string{before, after} {
		copyTests(t, src, dir)
	}
	for _, e := range edits {
		e.apply(t, after)
	}
	tool := build(t)
	found, left := analyse(t, tool, before), analyse(t, tool, after)
	seen := map[string]bool{}
	for _, e := range edits {
		if seen[e.test] {
			continue
		}
		seen[e.test] = true
		t.Run(e.test, func(t *testing.T) {
			if !slices.ContainsFunc(found, e.region(t, before).has) {
				t.Error("nothing is reported before the repair")
			}
			r := e.region(t, after)
			for _, f := range left {
				if r.has(f) {
					t.Errorf("%s:%d: reported after the repair: %s", f.file, f.line, f.text)
				}
			}
		})
	}
	if len(seen) < enough {
		t.Errorf("%d tests are repaired, want at least %d", len(seen), enough)
	}
}

// distribution returns the directory of the leak tests.
func distribution(t *testing.T) string {
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(strings.TrimSpace(string(root)), "src", "runtime", "testdata", "testgoroutineleakprofile")
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("this Go distribution has no leak tests: %v", err)
	}
	return dir
}

// read returns the edits of repaired.tsv.
func read(t *testing.T) []edit {
	data, err := os.ReadFile("repaired.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var out []edit
	for i, row := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		if strings.HasPrefix(row, "#") {
			continue
		}
		col := strings.Split(row, "\t")
		if len(col) != 5 {
			t.Fatalf("repaired.tsv:%d: %d columns, want 5", i+1, len(col))
		}
		line, err := strconv.Atoi(col[2])
		if err != nil {
			t.Fatalf("repaired.tsv:%d: %v", i+1, err)
		}
		out = append(out, edit{test: col[0], file: col[1], line: line, was: col[3], replacement: col[4]})
	}
	return out
}

// copyTests makes a module of the leak tests in dir.
func copyTests(t *testing.T, src, dir string) {
	if err := os.CopyFS(dir, os.DirFS(src)); err != nil {
		t.Fatal(err)
	}
	version := strings.TrimPrefix(runtime.Version(), "go")
	parts := strings.SplitN(version, ".", 3)
	if len(parts) < 2 {
		t.Skipf("the Go version %q has no number", version)
	}
	mod := fmt.Sprintf("module leaks\n\ngo %s.%s\n", parts[0], strings.TrimRight(parts[1], "abcdefghijklmnopqrstuvwxyz-+ "))
	if err := os.WriteFile(filepath.Join(dir, "go.mod"), []byte(mod), 0o666); err != nil {
		t.Fatal(err)
	}
}

// apply replaces the line in the copy at dir.
func (e edit) apply(t *testing.T, dir string) {
	name := filepath.Join(dir, filepath.FromSlash(e.file))
	data, err := os.ReadFile(name)
	if err != nil {
		t.Skipf("this version of Go has other leak tests: %v", err)
	}
	lines := strings.Split(string(data), "\n")
	if e.line > len(lines) || !strings.HasPrefix(strings.TrimSpace(lines[e.line-1]), e.was) {
		t.Skipf("this version of Go has moved the line %s:%d, which begins with %q: repaired.tsv is for another", e.file, e.line, e.was)
	}
	lines[e.line-1] = e.replacement
	if err := os.WriteFile(name, []byte(strings.Join(lines, "\n")), 0o666); err != nil {
		t.Fatal(err)
	}
}

// A region is where the findings of one test are.
type region struct {
	file  string
	spans []span
}

func (r region) has(f finding) bool {
	return f.file == r.file && slices.ContainsFunc(r.spans, func(s span) bool { return s.first <= f.line && f.line <= s.last })
}

// region returns the functions of the file that the test names, directly or in
// others that it names, and the one that is repaired: in a file with one test,
// all of it.
func (e edit) region(t *testing.T, dir string) region {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, filepath.Join(dir, filepath.FromSlash(e.file)), nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	r := region{file: e.file}
	if strings.HasPrefix(e.file, "goker/") {
		r.spans = []span{{1, fset.Position(file.FileEnd).Line}}
		return r
	}
	named := map[string]bool{e.test: true}
	for grown := true; grown; {
		grown = false
		for _, d := range file.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || !named[fn.Name.Name] {
				continue
			}
			at := span{fset.Position(fn.Pos()).Line, fset.Position(fn.End()).Line}
			if slices.Contains(r.spans, at) {
				continue
			}
			r.spans, grown = append(r.spans, at), true
			ast.Inspect(fn, func(n ast.Node) bool {
				if id, ok := n.(*ast.Ident); ok {
					named[id.Name] = true
				}
				return true
			})
		}
	}
	if !r.has(finding{file: e.file, line: e.line}) {
		t.Fatalf("%s:%d is in no function that %s calls", e.file, e.line, e.test)
	}
	return r
}

// build builds concvet.
func build(t *testing.T) string {
	tool := filepath.Join(t.TempDir(), "concvet")
	if runtime.GOOS == "windows" {
		tool += ".exe"
	}
	if out, err := exec.Command("go", "build", "-o", tool, "github.com/concvet/concvet/cmd/concvet").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	return tool
}

// analyse returns what concvet finds in the module at dir. It fails the test if
// the module cannot be analysed, as when it does not compile.
func analyse(t *testing.T, tool, dir string) []finding {
	cmd := exec.Command(tool, "-json", "./...")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=", "PWD="+dir)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	stdout, err := cmd.Output()
	if err != nil && cmd.ProcessState.ExitCode() != someFound {
		t.Fatalf("concvet: %v\n%s", err, stderr.String())
	}
	var tree map[string]map[string]json.RawMessage
	if err := json.Unmarshal(stdout, &tree); err != nil {
		t.Fatalf("output of concvet: %v\n%s", err, stdout)
	}
	root, err := filepath.EvalSymlinks(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []finding
	for _, analyzers := range tree {
		for name, raw := range analyzers {
			var list []struct{ Posn, Message string }
			if err := json.Unmarshal(raw, &list); err != nil {
				t.Fatalf("%s: %v\n%s", name, err, raw)
			}
			for _, d := range list {
				f, err := place(root, d.Posn)
				if err != nil {
					t.Fatal(err)
				}
				f.text = d.Message + " (" + name + ")"
				out = append(out, f)
			}
		}
	}
	return out
}

// place reads a position, file:line:column.
func place(root, posn string) (finding, error) {
	colon := strings.LastIndexByte(posn, ':')
	name, line, ok := cutLast(posn[:max(colon, 0)])
	if !ok {
		return finding{}, fmt.Errorf("position %q", posn)
	}
	n, err := strconv.Atoi(line)
	if err != nil {
		return finding{}, fmt.Errorf("position %q: %w", posn, err)
	}
	if dir, err := filepath.EvalSymlinks(filepath.Dir(name)); err == nil {
		name = filepath.Join(dir, filepath.Base(name))
	}
	if rel, err := filepath.Rel(root, name); err == nil {
		name = rel
	}
	return finding{file: filepath.ToSlash(name), line: n}, nil
}

func cutLast(s string) (before, after string, ok bool) {
	i := strings.LastIndexByte(s, ':')
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+1:], true
}
