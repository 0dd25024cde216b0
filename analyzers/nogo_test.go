package analyzers_test

import (
	"bytes"
	"encoding/gob"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"reflect"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/concvet/concvet/analyzers"
)

// TestNogo runs every analyzer, and the one for all, as Bazel's nogo does: it
// tells of no module, cannot read files, and knows no facts of the standard
// library.
func TestNogo(t *testing.T) {
	const store = `package store

import "sync"

type Store struct {
	Mu sync.Mutex
	n  int
}

func (s *Store) Inc() { s.Mu.Lock(); defer s.Mu.Unlock(); s.n++ }
`
	const app = `package app

import (
	"sync"

	"example.com/store"
)

func early() { // its fix needs the text of the file
	var wg sync.WaitGroup
	go func() {
		wg.Add(1)
		defer wg.Done()
	}()
	wg.Wait()
}

func twice(s *store.Store) {
	s.Mu.Lock()
	defer s.Mu.Unlock()
	s.Inc()
}
`
	want := []string{"12:wgadd", "21:relock"}
	fset := token.NewFileSet()
	std := importer.ForCompiler(fset, "source", nil) // once: it reads much
	driver := func() *nogo {
		return &nogo{fset: fset, std: std, pkgs: map[string]*types.Package{}, facts: map[string][]byte{}}
	}
	umbrella := driver()
	umbrella.analyse(t, analyzers.Analyzer, "example.com/store", store)
	if got := umbrella.analyse(t, analyzers.Analyzer, "example.com/app", app); !slices.Equal(slices.Sorted(slices.Values(got)), want) {
		t.Errorf("the analyzer for all finds %v, want %v", got, want)
	}
	var all []string
	for _, a := range analyzers.All {
		single := driver()
		single.analyse(t, a, "example.com/store", store)
		all = append(all, single.analyse(t, a, "example.com/app", app)...)
	}
	slices.Sort(all)
	if !slices.Equal(all, want) {
		t.Errorf("all analyzers find %v, want %v", all, want)
	}
}

// A nogo is such a driver. Facts are passed on between packages in serialised
// form, those on objects by the package and the name.
type nogo struct {
	fset  *token.FileSet
	pkgs  map[string]*types.Package
	facts map[string][]byte
	std   types.Importer
}

// Import implements [types.Importer].
func (n *nogo) Import(path string) (*types.Package, error) {
	if p := n.pkgs[path]; p != nil {
		return p, nil
	}
	return n.std.Import(path)
}

// analyse returns what a finds in a package of one file, as "line:category".
func (n *nogo) analyse(t *testing.T, a *analysis.Analyzer, path, src string) []string {
	t.Helper()
	file, err := parser.ParseFile(n.fset, path+".go", src, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Implicits: map[ast.Node]types.Object{}, Instances: map[*ast.Ident]types.Instance{}, Scopes: map[ast.Node]*types.Scope{},
		Selections: map[*ast.SelectorExpr]*types.Selection{}, FileVersions: map[*ast.File]string{},
	}
	pkg, err := (&types.Config{Importer: n}).Check(path, n.fset, []*ast.File{file}, info)
	if err != nil {
		t.Fatal(err)
	}
	n.pkgs[path] = pkg

	var found []string
	results := map[*analysis.Analyzer]any{}
	var run func(a *analysis.Analyzer) any
	run = func(a *analysis.Analyzer) any {
		if r, done := results[a]; done {
			return r
		}
		pass := &analysis.Pass{
			Analyzer: a, Fset: n.fset, Files: []*ast.File{file}, Pkg: pkg, TypesInfo: info,
			TypesSizes: types.SizesFor("gc", "amd64"), ResultOf: map[*analysis.Analyzer]any{},
			Report: func(d analysis.Diagnostic) {
				found = append(found, fmt.Sprintf("%d:%s", n.fset.Position(d.Pos).Line, d.Category))
			},
			ImportObjectFact:  func(obj types.Object, f analysis.Fact) bool { return n.get(obj.Pkg(), obj, f) },
			ExportObjectFact:  func(obj types.Object, f analysis.Fact) { n.put(t, obj.Pkg(), obj, f) },
			ImportPackageFact: func(p *types.Package, f analysis.Fact) bool { return n.get(p, nil, f) },
			ExportPackageFact: func(f analysis.Fact) { n.put(t, pkg, nil, f) },
			AllObjectFacts:    func() []analysis.ObjectFact { return nil },
			AllPackageFacts:   func() []analysis.PackageFact { return nil },
		}
		for _, r := range a.Requires {
			pass.ResultOf[r] = run(r)
		}
		res, err := a.Run(pass)
		if err != nil {
			t.Fatalf("%s on %s: %v", a.Name, path, err)
		}
		results[a] = res
		return res
	}
	run(a)
	return found
}

// key names a fact; it is empty if nogo has no facts on the package.
func (n *nogo) key(p *types.Package, obj types.Object, f analysis.Fact) string {
	if p == nil || n.pkgs[p.Path()] == nil {
		return ""
	}
	name := ""
	if obj != nil {
		name = strings.TrimPrefix(types.ObjectString(obj, (*types.Package).Path), "func ")
	}
	return fmt.Sprint(p.Path(), " ", name, " ", reflect.TypeOf(f))
}

func (n *nogo) put(t *testing.T, p *types.Package, obj types.Object, f analysis.Fact) {
	t.Helper()
	var b bytes.Buffer
	if err := gob.NewEncoder(&b).Encode(f); err != nil {
		t.Fatal(err)
	}
	n.facts[n.key(p, obj, f)] = b.Bytes()
}

func (n *nogo) get(p *types.Package, obj types.Object, f analysis.Fact) bool {
	data, ok := n.facts[n.key(p, obj, f)]
	return ok && gob.NewDecoder(bytes.NewReader(data)).Decode(f) == nil
}
