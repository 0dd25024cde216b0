package scope_test

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"

	"github.com/concvet/concvet/analyzers/internal/scope"
	"github.com/concvet/concvet/analyzers/internal/summary"
)

// BenchmarkScopes measures the scopes of whole packages and the search for
// races and lost updates in them, without what comes before: type-checking, SSA
// and summaries. The packages are a large one of the standard library and the
// largest of x/tools. Of the generated ones each is twice the one before, up to
// one function of 5,000 lines with 200 go statements. From 40 on the bounds of
// the search hold, and the time for an event does not grow.
func BenchmarkScopes(b *testing.B) {
	for _, path := range []string{"net/http", "golang.org/x/tools/go/ssa"} {
		b.Run(path, func(b *testing.B) { benchmark(b, load(b, path)) })
	}
	for _, n := range []int{10, 20, 40, 80, 160, 200} {
		b.Run(fmt.Sprintf("generated/%d", n), func(b *testing.B) { benchmark(b, generated(b, n)) })
	}
}

// The bounds leave out accesses of which there are too many, not the others.
func TestManyGoroutines(t *testing.T) {
	found := scope.Build(generated(t, 200)).Conflicting()
	if len(found) != 1 || found[0].Scope.Name(found[0].At) != "last" {
		t.Errorf("found %d races, want that of last", len(found))
	}
}

func benchmark(b *testing.B, sums *summary.Package) {
	var nodes, events, races, dropped int
	for b.Loop() {
		p := scope.Build(sums)
		nodes, events, dropped = 0, 0, p.Dropped
		for _, s := range p.Scopes {
			nodes += len(s.Nodes)
			for _, n := range s.Nodes {
				if n.Ev != nil {
					events++
				}
			}
		}
		races = len(p.Conflicting()) + len(p.LostUpdates()) + len(p.Outsiders())
	}
	b.ReportMetric(float64(nodes), "nodes")
	b.ReportMetric(float64(events), "events")
	b.ReportMetric(float64(races), "races")
	b.ReportMetric(float64(dropped), "dropped")
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(max(events, 1)), "ns/event")
}

// load summarises one package from source, without the facts of its imports.
func load(b *testing.B, path string) *summary.Package {
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadSyntax}, path)
	if err != nil || len(pkgs) != 1 || len(pkgs[0].Errors) > 0 {
		b.Skipf("cannot load %s: %v", path, err)
	}
	p := pkgs[0]
	return summarise(b, p.Fset, p.Syntax, p.Types, p.TypesInfo)
}

// generated is one function of 25 lines for each of n goroutines: each writes
// under a lock and once without, and the function waits for it before it starts
// the next. At its end two more race with each other.
func generated(b testing.TB, n int) *summary.Package {
	var src strings.Builder
	src.WriteString("package p\n\nimport \"sync\"\n\nfunc f() int {\n\tvar mu sync.Mutex\n\tvar wg sync.WaitGroup\n\tx := make([]int, 1000)\n\ttotal, last := 0, 0\n")
	for i := range n {
		fmt.Fprintf(&src, "\tch%d := make(chan int, 1)\n\twg.Add(1)\n\tgo func() {\n\t\tdefer wg.Done()\n", i)
		for j := range 5 {
			fmt.Fprintf(&src, "\t\tmu.Lock()\n\t\ttotal += %d\n\t\tmu.Unlock()\n\t\tif x[%d] > 0 {\n", j, i)
			fmt.Fprintf(&src, "\t\t\tx[%d]++\n\t\t}\n", i)
		}
		fmt.Fprintf(&src, "\t\tch%d <- x[0]\n\t}()\n\ttotal += <-ch%d\n", i, i)
	}
	for i := range 2 {
		fmt.Fprintf(&src, "\twg.Add(1)\n\tgo func() {\n\t\tdefer wg.Done()\n\t\tlast = %d\n\t}()\n", i)
	}
	src.WriteString("\twg.Wait()\n\treturn total + last\n}\n")
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", src.String(), parser.SkipObjectResolution)
	if err != nil {
		b.Fatal(err)
	}
	info := &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Implicits: map[ast.Node]types.Object{}, Instances: map[*ast.Ident]types.Instance{}, Scopes: map[ast.Node]*types.Scope{},
		Selections: map[*ast.SelectorExpr]*types.Selection{}, FileVersions: map[*ast.File]string{},
	}
	conf := types.Config{Importer: importer.ForCompiler(fset, "source", nil)}
	pkg, err := conf.Check("p", fset, []*ast.File{file}, info)
	if err != nil {
		b.Fatal(err)
	}
	return summarise(b, fset, []*ast.File{file}, pkg, info)
}

func summarise(b testing.TB, fset *token.FileSet, files []*ast.File, pkg *types.Package, info *types.Info) *summary.Package {
	pass := &analysis.Pass{
		Fset: fset, Files: files, Pkg: pkg, TypesInfo: info, TypesSizes: types.SizesFor("gc", "amd64"),
		ResultOf:          map[*analysis.Analyzer]any{},
		ImportObjectFact:  func(types.Object, analysis.Fact) bool { return false },
		ExportObjectFact:  func(types.Object, analysis.Fact) {},
		ImportPackageFact: func(*types.Package, analysis.Fact) bool { return false },
		ExportPackageFact: func(analysis.Fact) {},
		AllObjectFacts:    func() []analysis.ObjectFact { return nil },
		AllPackageFacts:   func() []analysis.PackageFact { return nil },
	}
	r, err := summary.Analyzer.Run(pass)
	if err != nil {
		b.Fatal(err)
	}
	return r.(*summary.Package)
}
