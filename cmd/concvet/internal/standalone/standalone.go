// Package standalone analyses packages in this process. It loads them and all
// their dependencies from source, and keeps nothing for the next time.
//
// It differs from x/tools' multichecker in what happens to packages that cannot
// be analysed: one error for each, and the others are analysed. A package with
// tests is analysed once, as go vet does: together with its test files.
package standalone

import (
	"cmp"
	"fmt"
	"go/token"
	"io"
	"maps"
	"slices"
	"sync"
	"time"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/concvet/concvet/cmd/concvet/internal/cli"
	"github.com/concvet/concvet/cmd/concvet/internal/finding"
)

// Run analyses the packages that the arguments name and calls emit for each of
// them. It returns what could not be analysed, in words that a user understands.
func Run(line *cli.Line, stderr io.Writer, emit func(finding.Package)) (problems []string, err error) {
	stop, err := profile(line.CPUProfile, line.MemProfile)
	if err != nil {
		return nil, err
	}
	defer stop()
	times := new(times)
	if line.Times {
		line.Opts.Timed = times.add
	}
	complaints := new(complaints)
	good := loadGood(line, complaints)
	if len(good) == 0 {
		return complaints.texts, nil
	}
	graph, err := checker.Analyze(line.Selected(), good, nil)
	if err != nil {
		return append(complaints.texts, err.Error()), nil
	}
	for act := range graph.All() {
		// An action that failed because one it depends on did has no news.
		if act.Err != nil && !dependsOnFailure(act) {
			complaints.add("%s: %s: %v", act.Package.PkgPath, act.Analyzer.Name, act.Err)
		}
		times.add("analyzer "+act.Analyzer.Name, act.Duration)
	}
	if line.Times {
		times.print(stderr)
	}
	for _, p := range good {
		emit(collect(graph, p))
	}
	return complaints.texts, nil
}

func dependsOnFailure(act *checker.Action) bool {
	for _, dep := range act.Deps {
		if dep.Err != nil {
			return true
		}
	}
	return false
}

// collect returns what the analyzers named on the command line report on p.
func collect(graph *checker.Graph, p *packages.Package) finding.Package {
	res := finding.Package{Path: p.PkgPath}
	for _, act := range graph.Roots {
		if act.Package == p {
			for _, d := range act.Diagnostics {
				res.Findings = append(res.Findings, convert(p, act.Analyzer.Name, d))
			}
		}
	}
	return res
}

func convert(p *packages.Package, rule string, d analysis.Diagnostic) finding.Finding {
	at := func(pos token.Pos) finding.Position {
		posn := p.Fset.Position(pos)
		return finding.Position{File: posn.Filename, Line: posn.Line, Col: posn.Column}
	}
	f := finding.Finding{
		Package:  p.PkgPath,
		Rule:     rule,
		Category: d.Category,
		Pos:      at(d.Pos),
		End:      at(cmp.Or(d.End, d.Pos)),
		Message:  d.Message,
	}
	for _, r := range d.Related {
		f.Steps = append(f.Steps, finding.NewStep(at(r.Pos), at(cmp.Or(r.End, r.Pos)), r.Message))
	}
	for _, fix := range d.SuggestedFixes {
		to := finding.Fix{Message: fix.Message}
		for _, e := range fix.TextEdits {
			start, end := p.Fset.PositionFor(e.Pos, false), p.Fset.PositionFor(cmp.Or(e.End, e.Pos), false)
			to.Edits = append(to.Edits, finding.Edit{File: start.Filename, Start: start.Offset, End: end.Offset, New: string(e.NewText)})
		}
		f.Fixes = append(f.Fixes, to)
	}
	return f
}

// times adds up how long things take.
type times struct {
	mu  sync.Mutex
	sum map[string]time.Duration
}

func (t *times) add(what string, d time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.sum == nil {
		t.sum = make(map[string]time.Duration)
	}
	t.sum[what] += d
}

// print prints the sums, the longest first.
func (t *times) print(w io.Writer) {
	order := slices.SortedFunc(maps.Keys(t.sum), func(a, b string) int {
		return cmp.Or(cmp.Compare(t.sum[b], t.sum[a]), cmp.Compare(a, b))
	})
	for _, what := range order {
		fmt.Fprintf(w, "concvet: %9.3fs %s\n", t.sum[what].Seconds(), what)
	}
}
