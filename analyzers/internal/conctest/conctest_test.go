package conctest

import (
	"go/parser"
	"go/token"
	"slices"
	"strings"
	"testing"
)

// TestClassOf: only a whole first word classifies.
func TestClassOf(t *testing.T) {
	for name, want := range map[string]string{
		"badAdd": "bad", "BadAdd": "bad", "bad": "bad", "bad_add": "bad", "bad2": "bad",
		"badge": "", "okWait": "ok", "okay": "", "fnAlias": "fn", "fnord": "", "fpInUse": "fp",
		"TestBadAdd": "bad", "TestOkAdd": "ok", "Test": "", "work": "", "": "",
	} {
		if got := classOf(name); got != want {
			t.Errorf("classOf(%q) = %q, want %q", name, got, want)
		}
	}
	for dir, want := range map[string]string{"badmain": "bad", "okmain": "ok", "a": "", "b": ""} {
		if got := dirClass(dir); got != want {
			t.Errorf("dirClass(%q) = %q, want %q", dir, got, want)
		}
	}
}

const source = `package a

func badOne() {
	_ = 1
}

func okOne() {
	_ = 1
}

func helper() {}

type badServer struct{}

func (*badServer) run()    { _ = 1 }
func (badServer) okClose() { _ = 1 }

type badList[T any] struct{}

func (l *badList[T]) push() {}

var fpTable = func() {
	_ = 1
}

func main() {}
`

func regions(t *testing.T, name, src string) []region {
	t.Helper()
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, name, src, 0)
	if err != nil {
		t.Fatal(err)
	}
	return regionsOf(name, fset, f)
}

func TestCheckNames(t *testing.T) {
	at := func(line int) finding { return finding{file: "badmain/a.go", line: line, col: 1, message: "m"} }
	all := []int{4, 15, 20, 22, 26} // one in each unit that must have one
	for _, test := range []struct {
		name  string
		lines []int
		want  []string // what each problem contains
	}{
		{"all as named", all, nil},
		{"in an ok function", append(slices.Clone(all), 8), []string{"badmain/a.go:8:1: finding in okOne"}},
		{"in an ok method of a bad type", append(slices.Clone(all), 16), []string{"finding in okClose"}},
		{"in a helper", append(slices.Clone(all), 11), []string{"finding in helper"}},
		{"outside", append(slices.Clone(all), 1), []string{"finding outside of functions"}},
		{"missing", all[1:], []string{"badmain/a.go:3: no finding in badOne"}},
		{"none", nil, []string{"badOne", "badServer", "badList", "fpTable", "main of badmain"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var found []finding
			for _, line := range test.lines {
				found = append(found, at(line))
			}
			expect(t, checkNames(regions(t, "badmain/a.go", source), found), test.want)
		})
	}
}

func TestMessageProblems(t *testing.T) {
	good := finding{file: "a.go", line: 1, col: 2, end: "1:5", rule: "r", category: "r", message: "wg.Add runs late: the wait may return first", related: []string{"a.go:1:2: G1 (main): waits for wg"}}
	expect(t, messageProblems("r", good), nil)
	for want, change := range map[string]func(*finding){
		"capital":          func(f *finding) { f.message = "Add runs late" },
		"period":           func(f *finding) { f.message += "." },
		"white space":      func(f *finding) { f.message = "two\nlines" },
		"supposes":         func(f *finding) { f.message = "this is a possible race" },
		"want \"r\"":       func(f *finding) { f.category = "" },
		"no end":           func(f *finding) { f.end = "1:2" },
		"not a witness":    func(f *finding) { f.related[0] += "!!: x" },
		"no witness":       func(f *finding) { f.related = nil },
		"2 fixes, want at": func(f *finding) { f.fixes = 2 },
	} {
		f := good
		f.related = slices.Clone(good.related)
		change(&f)
		expect(t, messageProblems("r", f), []string{want})
	}
}

// TestReadVet reads what go vet -json prints: a clean package, a package and
// its test variant with the same finding.
func TestReadVet(t *testing.T) {
	m := &module{root: "/m/src"}
	diag := `{"wgadd": [{"category": "wgadd", "posn": "/m/src/a/a.go:3:2", "end": "/m/src/a/a.go:3:9", "message": "late",
		"suggested_fixes": [{"message": "fix", "edits": []}],
		"related": [{"posn": "/m/src/a/a.go:2:1", "end": "", "message": "one"}, {"posn": "/go/src/sync/mutex.go:7:1", "message": "two"}]}]}`
	got, err := readVet(m, "wgadd", strings.NewReader("{}\n{\"fixture/a\": "+diag+"}\n{\"fixture/a [fixture/a.test]\": "+diag+"}"))
	if err != nil {
		t.Fatal(err)
	}
	want := finding{
		file: "a/a.go", line: 3, col: 2, end: "3:9", rule: "wgadd", category: "wgadd", message: "late", fixes: 1,
		related: []string{"a/a.go:2:1: one", "mutex.go:7: two"},
	}
	if len(got) != 1 || got[0].String() != want.String() {
		t.Errorf("got %v, want one %v", got, want)
	}
	for _, bad := range []string{`{"a": {"wgadd": {"error": "boom"}}}`, `{"a": `, `# a: does not compile`} {
		if _, err := readVet(m, "wgadd", strings.NewReader(bad)); err == nil {
			t.Errorf("no error for %s", bad)
		}
	}
}

func TestDiffFindings(t *testing.T) {
	f := finding{file: "a.go", line: 1, message: "m"}
	g := f
	g.related = []string{"witness"}
	expect(t, diffFindings([]finding{f}, []finding{f}), nil)
	expect(t, diffFindings([]finding{f}, nil), []string{"not so by go vet"})
	expect(t, diffFindings(nil, []finding{f}), []string{"not so in process"})
	expect(t, diffFindings([]finding{f}, []finding{g}), []string{"not so by go vet", "not so in process"})
}

func TestGolden(t *testing.T) {
	m := &module{files: map[string][]byte{
		"a/a.go": nil, "a/a.go.golden": []byte("package a\n"),
		"b/b.go": nil, "b/b.go.golden": []byte("-- one --\npackage b\n"),
	}}
	golden := goldenFiles(m)
	if want := []string{"a/a.go", "b/b.go"}; !slices.Equal(golden, want) {
		t.Fatalf("golden files %v, want %v", golden, want)
	}
	expect(t, goldenProblems(m, golden, []finding{{file: "b/b.go", fixes: 1}}),
		[]string{"a/a.go.golden: no fix", "b/b.go.golden: an archive"})
}

// expect checks that there is one problem for each text, which it contains.
func expect(t *testing.T, problems, want []string) {
	t.Helper()
	if len(problems) != len(want) {
		t.Errorf("got %d problems, want %d:\n%s", len(problems), len(want), strings.Join(problems, "\n"))
	}
	for _, text := range want {
		if !slices.ContainsFunc(problems, func(p string) bool { return strings.Contains(p, text) }) {
			t.Errorf("no problem with %q in:\n%s", text, strings.Join(problems, "\n"))
		}
	}
}
