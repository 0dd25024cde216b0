package explore_test

import (
	"fmt"
	"go/types"
	"slices"
	"testing"
	"time"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"

	"github.com/concvet/concvet/analyzers/internal/explore"
	"github.com/concvet/concvet/analyzers/internal/scope"
	"github.com/concvet/concvet/analyzers/internal/summary"
)

// BenchmarkSearch measures the search of all scopes of a package and its tests,
// without what comes before.
func BenchmarkSearch(b *testing.B) {
	for _, path := range []string{"net/http", "net", "database/sql", "os/exec"} {
		b.Run(path, func(b *testing.B) { benchmark(b, load(b, path)) })
	}
}

func benchmark(b *testing.B, scopes []*scope.Scope) {
	var states, most, searched, gaveUp int
	var times []time.Duration
	for b.Loop() {
		states, most, searched, gaveUp, times = 0, 0, 0, 0, times[:0]
		for _, s := range scopes {
			start := time.Now()
			r := explore.Search(s)
			times = append(times, time.Since(start))
			if r == nil {
				continue
			}
			searched++
			states += r.States
			most = max(most, r.States)
			if r.GaveUp {
				gaveUp++
			}
		}
	}
	slices.Sort(times)
	b.ReportMetric(float64(len(scopes)), "scopes")
	b.ReportMetric(float64(searched), "searched")
	b.ReportMetric(float64(states), "states")
	b.ReportMetric(float64(most), "states-max")
	b.ReportMetric(float64(gaveUp), "given-up")
	if len(times) > 0 {
		b.ReportMetric(float64(times[len(times)*99/100].Microseconds()), "µs-p99")
	}
}

// load builds the scopes of one package from source, without the facts of its
// imports.
func load(b *testing.B, path string) []*scope.Scope {
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadSyntax, Tests: true}, path)
	if err != nil {
		b.Skipf("cannot load %s: %v", path, err)
	}
	var out []*scope.Scope
	for _, p := range pkgs {
		if p.ID == path || p.ID == path+".test" || len(p.Errors) > 0 {
			continue // the variant with tests has more
		}
		scopes, err := build(p)
		if err != nil {
			b.Skip(fmt.Errorf("cannot analyse %s: %w", path, err))
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
