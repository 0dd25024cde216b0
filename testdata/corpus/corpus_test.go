package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/suite/vet"

	"github.com/concvet/concvet/analyzers"
)

// TestFormats: whatever the form of the output, it has the same findings.
func TestFormats(t *testing.T) {
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	o := options{advice: true}
	if o.tool, err = tool("", t.TempDir()); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	same, err := compareFormats(&b, o, "quickstart", root, nil, []string{"./testdata/quickstart/..."})
	if err != nil {
		t.Fatal(err)
	}
	if !same || strings.Contains(b.String(), ": 0 findings") {
		t.Errorf("formats differ, or have nothing:\n%s", &b)
	}
	t.Logf("%s", &b)
}

const mod = "example.com/m@v1.0.0"

// rule is the name of some rule.
var rule = analyzers.All[0].Name

func TestRead(t *testing.T) {
	root := filepath.FromSlash("/c/m")
	output := strings.ReplaceAll(`{}
{"m/a": {"RULE": [
	{"posn": "/c/m/a/a.go:7:3", "message": "second"},
	{"posn": "/c/m/a/a.go:3:9", "message": "first", "related": [{"posn": "/c/m/b/b.go:1:2", "message": "G1 (main): starts"}]},
	{"posn": "/c/m/a/a.go:3:12", "message": "same line"}],
	"copylocks": [{"posn": "/c/m/a/a.go:1:1", "message": "bundled"}]}}
{"m/a [m/a.test]": {"RULE": [{"posn": "/c/m/a/a.go:7:3", "message": "second"}]}}`, "RULE", rule)
	got, err := module{"m", mod}.read(root, strings.NewReader(output))
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, f := range got {
		lines = append(lines, f.key.String()+" "+f.message+" "+strings.Join(f.witness, "; "))
	}
	want := []string{
		rule + "\t" + mod + "\ta/a.go:3 first b/b.go:1: G1 (main): starts",
		rule + "\t" + mod + "\ta/a.go:7 second ",
		"copylocks\t" + mod + "\ta/a.go:1 bundled ",
	}
	if !slices.Equal(lines, want) {
		t.Errorf("got %q, want %q", lines, want)
	}
	failed := strings.ReplaceAll(`{"m/a": {"RULE": {"error": "boom"}}}`, "RULE", rule)
	if _, err := (module{"m", mod}).read(root, strings.NewReader(failed)); err == nil {
		t.Error("the error of an analyzer is no error")
	}
}

func TestCompare(t *testing.T) {
	k := func(rule string, line int) key { return key{rule, mod, "a.go", line} }
	found := []finding{{key: k("r", 1)}, {key: k("r", 2)}, {key: k("r", 3)}, {key: k("r", 4), message: "new"}}
	verdicts := map[key]verdict{}
	for _, v := range []verdict{
		{k("r", 1), "true", "x"}, {k("r", 2), "false", "x"}, {k("r", 3), "debatable", "x"},
		{k("r", 9), "true", "gone"}, {k("off", 9), "true", "rule not run"},
		{key{"r", "other@v1", "a.go", 9}, "true", "module not run"},
	} {
		verdicts[v.key] = v
	}
	c := compare(found, verdicts, []module{{"m", mod}}, func(rule string) bool { return rule == "r" })
	if want := (tally{found: 4, yes: 1, no: 1, debatable: 1, unlisted: 1}); c.count["r"] != want {
		t.Errorf("count %+v, want %+v", c.count["r"], want)
	}
	if len(c.unlisted) != 1 || c.unlisted[0].line != 4 {
		t.Errorf("unlisted: %v", c.unlisted)
	}
	if len(c.gone) != 1 || c.gone[0].reason != "gone" {
		t.Errorf("gone: %v", c.gone)
	}
	var b strings.Builder
	c.write(&b, true)
	for _, want := range []string{"r\t" + mod + "\ta.go:4\t?\tnew\n", "warning: no longer found, verdict true: r " + mod + " a.go:9\n", "33"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in:\n%s", want, b.String())
		}
	}
}

func TestReadVerdicts(t *testing.T) {
	name := filepath.Join(t.TempDir(), "verdicts.tsv")
	read := func(text string) (map[key]verdict, error) {
		t.Helper()
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		return readVerdicts(name)
	}
	row := "r\t" + mod + "\ta/a.go:3\ttrue\tbecause\n"
	got, err := read("# comment\n\n" + row)
	if want := (verdict{key{"r", mod, "a/a.go", 3}, "true", "because"}); err != nil || len(got) != 1 || got[want.key] != want {
		t.Errorf("got %v, %v, want %v", got, err, want)
	}
	for _, bad := range []string{
		row + row, "r\tm\ta.go:3\ttrue\n", "r\tm\ta.go\ttrue\tx\n", "r\tm\ta.go:3\t?\tx\n", "r\tm\ta.go:3\ttrue\t\n",
	} {
		if _, err := read(bad); err == nil {
			t.Errorf("no error for %q", bad)
		}
	}
}

// TestVerdicts: the verdicts that are committed can be read, and are about
// rules and modules that there are.
func TestVerdicts(t *testing.T) {
	verdicts, err := readVerdicts("verdicts.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for k := range verdicts {
		known := slices.ContainsFunc(modules(), func(m module) bool { return m.id == k.mod })
		if !known && !strings.HasPrefix(k.mod, "std@go") {
			t.Errorf("%s: module is not in the corpus", k)
		}
		if !slices.ContainsFunc(slices.Concat(analyzers.All, vet.Suite), func(a *analysis.Analyzer) bool { return a.Name == k.rule }) {
			t.Errorf("%s: no such rule", k)
		}
	}
}
