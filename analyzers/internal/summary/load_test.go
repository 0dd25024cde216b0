package summary

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"
)

// A source is a type-checked package, with the facts that its summary exports.
type source struct {
	fset  *token.FileSet
	files []*ast.File
	pkg   *types.Package
	info  *types.Info
	facts map[types.Object]*Fact
	order *Order
	// what it reads of its imports
	imported map[types.Object]*Fact
}

// load reads one package with its imports' types, without their facts.
func load(tb testing.TB, path string) *source {
	tb.Helper()
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadSyntax}, path)
	if err != nil || len(pkgs) != 1 || len(pkgs[0].Errors) > 0 {
		tb.Skipf("cannot load %s: %v", path, err)
	}
	p := pkgs[0]
	return &source{fset: p.Fset, files: p.Syntax, pkg: p.Types, info: p.TypesInfo}
}

// check type-checks one file that imports nothing but the standard library and
// deps.
func check(tb testing.TB, path, src string, deps ...*source) *source {
	tb.Helper()
	s := &source{fset: token.NewFileSet(), imported: map[types.Object]*Fact{}}
	f, err := parser.ParseFile(s.fset, path+".go", src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		tb.Fatal(err)
	}
	s.files = []*ast.File{f}
	s.info = &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Implicits: map[ast.Node]types.Object{}, Instances: map[*ast.Ident]types.Instance{}, Scopes: map[ast.Node]*types.Scope{},
		Selections: map[*ast.SelectorExpr]*types.Selection{}, FileVersions: map[*ast.File]string{},
	}
	imp := imports{importer.Default(), map[string]*types.Package{}}
	for _, d := range deps {
		imp.known[d.pkg.Path()] = d.pkg
		for obj, fact := range d.facts {
			s.imported[obj] = fact
		}
	}
	conf := types.Config{Importer: imp}
	if s.pkg, err = conf.Check(path, s.fset, s.files, s.info); err != nil {
		tb.Fatal(err)
	}
	return s
}

type imports struct {
	std   types.Importer
	known map[string]*types.Package
}

func (i imports) Import(path string) (*types.Package, error) {
	if p := i.known[path]; p != nil {
		return p, nil
	}
	return i.std.Import(path)
}

// summarise computes the summaries of the package, as a driver would.
func (s *source) summarise(tb testing.TB) *Package {
	tb.Helper()
	s.facts, s.order = map[types.Object]*Fact{}, nil
	p := &Package{Pass: &analysis.Pass{
		Analyzer: Analyzer, Fset: s.fset, Files: s.files, Pkg: s.pkg, TypesInfo: s.info,
		TypesSizes: types.SizesFor("gc", "amd64"), ResultOf: map[*analysis.Analyzer]any{},
		Report: func(analysis.Diagnostic) {},
		ExportObjectFact: func(obj types.Object, f analysis.Fact) {
			if fact, ok := f.(*Fact); ok {
				s.facts[obj] = fact
			}
		},
		ImportObjectFact: func(obj types.Object, f analysis.Fact) bool {
			fact, ok := f.(*Fact)
			from := s.imported[obj]
			if !ok || from == nil {
				return false
			}
			*fact = *from
			return true
		},
		ExportPackageFact: func(f analysis.Fact) {
			if fact, ok := f.(*Order); ok {
				s.order = fact
			}
		},
		ImportPackageFact: func(*types.Package, analysis.Fact) bool { return false },
	}}
	p.Finish()
	for _, f := range p.Failures {
		tb.Error(f)
	}
	return p
}
