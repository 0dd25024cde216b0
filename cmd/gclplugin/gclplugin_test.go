package gclplugin_test

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
	"testing"

	"github.com/golangci/plugin-module-register/register"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/concvet/concvet/cmd/gclplugin"
)

func TestRegistered(t *testing.T) {
	build, err := register.GetPlugin(gclplugin.Name)
	if err != nil {
		t.Fatal(err)
	}
	p, err := build(nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := p.GetLoadMode(); got != register.LoadModeTypesInfo {
		t.Errorf("load mode %q", got)
	}
	as, err := p.BuildAnalyzers()
	if err != nil || len(as) != 1 {
		t.Fatalf("analyzers %v, %v", as, err)
	}
	if err := analysis.Validate(as); err != nil {
		t.Error(err)
	}
}

func TestSettings(t *testing.T) {
	for _, ok := range []map[string]any{
		{"advice": true}, {"advice": "true"}, {"rules": "wgadd, wgdone"}, {"rules": []any{"wgadd"}}, {"wgdone.strict": false},
		{"wgdone": map[string]any{"strict": false}},
	} {
		if _, err := gclplugin.New(ok); err != nil {
			t.Errorf("%v: %v", ok, err)
		}
	}
	for _, bad := range []struct {
		settings any
		want     string
	}{
		{map[string]any{"advise": true}, `there is no "advise", only advice, `},
		{map[string]any{"advice": "perhaps"}, `advice: `},
		{map[string]any{"rules": "wgad"}, `rules: no rule "wgad"`},
		{map[string]any{"rules": []any{1}}, `rules: got int in a list`},
		{map[string]any{"advice": []string{}}, `advice: got []string`},
		{map[string]any{"wgdone": map[string]any{"lax": true}}, `there is no "wgdone.lax"`},
		{[]any{"wgadd"}, `want names and values`},
	} {
		if _, err := gclplugin.New(bad.settings); err == nil || !strings.Contains(err.Error(), bad.want) {
			t.Errorf("%v: error %v, want %q", bad.settings, err, bad.want)
		}
	}
}

// TestReport: a finding has its rule and its witness in the message, one fix at
// most, and no related places.
func TestReport(t *testing.T) {
	const src = `package p

import "sync"

func f(work []func()) {
	var wg sync.WaitGroup
	for _, w := range work {
		go func() {
			wg.Add(1)
			defer wg.Done()
			w()
		}()
	}
	wg.Wait()
}
`
	p, err := gclplugin.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	as, err := p.BuildAnalyzers()
	if err != nil {
		t.Fatal(err)
	}
	graph, err := checker.Analyze(as, []*packages.Package{load(t, src)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, act := range graph.Roots {
		if act.Err != nil || len(act.Diagnostics) != 1 {
			t.Fatalf("diagnostics %v, %v", act.Diagnostics, act.Err)
		}
		d := act.Diagnostics[0]
		for _, want := range []string{"wg.Add", " (wgadd): ", "; p.go:14 G1 (parent): waits for wg"} {
			if !strings.Contains(d.Message, want) {
				t.Errorf("no %q in %q", want, d.Message)
			}
		}
		if len(d.Related) > 0 || len(d.SuggestedFixes) > 1 {
			t.Errorf("related %v, fixes %v", d.Related, d.SuggestedFixes)
		}
	}
}

// load type-checks one file as a package.
func load(t *testing.T, src string) *packages.Package {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", src, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Implicits: map[ast.Node]types.Object{}, Instances: map[*ast.Ident]types.Instance{}, Scopes: map[ast.Node]*types.Scope{},
		Selections: map[*ast.SelectorExpr]*types.Selection{}, FileVersions: map[*ast.File]string{},
	}
	conf := types.Config{Importer: importer.ForCompiler(fset, "source", nil)}
	pkg, err := conf.Check("p", fset, []*ast.File{file}, info)
	if err != nil {
		t.Fatal(err)
	}
	return &packages.Package{
		PkgPath: "p", Name: "p", Fset: fset, Syntax: []*ast.File{file}, Types: pkg, TypesInfo: info,
		TypesSizes: types.SizesFor("gc", "amd64"),
	}
}
