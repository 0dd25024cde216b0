package explore_test

import (
	"fmt"
	"go/types"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"

	"github.com/concvet/concvet/analyzers/internal/explore"
	"github.com/concvet/concvet/analyzers/internal/scope"
	"github.com/concvet/concvet/analyzers/internal/summary"
)

// BenchmarkSearch measures the search of all scopes of packages and their tests,
// without what comes before. Modules of the corpus are measured if it has been
// fetched.
func BenchmarkSearch(b *testing.B) {
	for _, path := range []string{"net/http", "net", "database/sql", "os/exec"} {
		b.Run(path, func(b *testing.B) { benchmark(b, load(b, "", path)) })
	}
	cache, _ := os.UserCacheDir()
	for _, module := range []string{"grpc", "client-go"} {
		dir := filepath.Join(cache, "concvet-corpus", module)
		b.Run(module, func(b *testing.B) { benchmark(b, load(b, dir, "./...")) })
	}
}

func benchmark(b *testing.B, scopes []*scope.Scope) {
	var gaveUp int
	var states []int // of the scopes that have something to search
	var times []time.Duration
	for b.Loop() {
		states, gaveUp, times = states[:0], 0, times[:0]
		for _, s := range scopes {
			start := time.Now()
			r := explore.Search(s)
			times = append(times, time.Since(start))
			if r == nil {
				continue
			}
			states = append(states, r.States)
			if r.GaveUp {
				gaveUp++
			}
		}
	}
	slices.Sort(times)
	slices.Sort(states)
	b.ReportMetric(float64(len(times)), "scopes")
	b.ReportMetric(float64(len(states)), "searched")
	b.ReportMetric(float64(gaveUp), "given-up")
	if len(states) > 0 {
		b.ReportMetric(float64(states[len(states)/2]), "states-p50")
		b.ReportMetric(float64(states[len(states)*99/100]), "states-p99")
	}
	if len(times) > 0 {
		b.ReportMetric(float64(times[len(times)/2].Microseconds()), "µs-p50")
		b.ReportMetric(float64(times[len(times)*99/100].Microseconds()), "µs-p99")
	}
}

// load builds the scopes of packages from source, without the facts of their
// imports.
func load(b *testing.B, dir, pattern string) []*scope.Scope {
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadSyntax, Tests: true, Dir: dir}, pattern)
	if err != nil {
		b.Skipf("cannot load %s in %s: %v", pattern, dir, err)
	}
	tested := map[string]bool{} // packages of which there is a variant with tests, which has more
	for _, p := range pkgs {
		tested[p.PkgPath] = tested[p.PkgPath] || p.ID != p.PkgPath
	}
	var out []*scope.Scope
	for _, p := range pkgs {
		if p.ID == p.PkgPath && tested[p.PkgPath] || len(p.Errors) > 0 || len(p.Syntax) == 0 {
			continue
		}
		scopes, err := build(p)
		if err != nil {
			b.Skip(fmt.Errorf("cannot analyse %s: %w", p.ID, err))
		}
		out = append(out, scopes...)
	}
	return out
}

func build(p *packages.Package) ([]*scope.Scope, error) {
	pass := &analysis.Pass{
		Fset: p.Fset, Files: p.Syntax, Pkg: p.Types, TypesInfo: p.TypesInfo, TypesSizes: types.SizesFor("gc", "amd64"),
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
		return nil, err
	}
	return scope.Build(r.(*summary.Package)).Scopes, nil
}
