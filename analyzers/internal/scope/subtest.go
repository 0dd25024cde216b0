package scope

import (
	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
	"github.com/concvet/concvet/analyzers/internal/summary"
)

// Package testing starts goroutines of its own: t.Run runs a subtest in one,
// and waits for it unless the subtest calls Parallel. The rest of a parallel
// subtest runs when the test that started it has returned, together with the
// other parallel subtests of that test; the t.Run of a group waits for all that
// run in it. Only parallel subtests are threads of their own: the others might
// as well be called.

// parallel returns the functions that make the test that runs them parallel.
func parallel(p *summary.Package) map[*ssa.Function]bool {
	out := map[*ssa.Function]bool{}
	for _, fn := range p.Funcs {
		sk := p.Skeleton(fn)
		if sk == nil {
			continue
		}
		for i := range sk.Nodes {
			if ev := sk.Nodes[i].Ev; ev != nil && ev.Kind == models.Parallel {
				out[fn] = true
			}
		}
	}
	return out
}

// starts reports whether ev starts goroutines that are threads of a scope.
func (e *env) starts(ev *skeleton.Event) bool {
	switch ev.Kind {
	case models.SpawnJoin:
		return !e.handlers
	case models.Handler:
		return e.served[ev]
	case models.RunTest:
		return !e.handlers && e.parallel[ev.Callee.Fn]
	}
	return !e.handlers && isSpawn(ev.Kind)
}

// Supervised reports whether package testing waits for the goroutines of t: it
// is a parallel subtest, or the body of B.RunParallel.
func (t *Thread) Supervised() bool {
	return t.Spawn != nil && (t.Spawn.Ev.Kind == models.RunTest || t.Spawn.Ev.Kind == models.SpawnJoin)
}

// next returns from where another goroutine of t can be started.
func (t *Thread) next() []*Node { return t.again(nil).start() }

// subtest returns the innermost parallel subtest that n runs in, nil if none,
// and the node of its own thread that n is or descends from.
func subtest(n *Node) (*Thread, *Node) {
	for t := n.Thread; t.Spawn != nil; t = t.Parent {
		if t.Spawn.Ev.Kind == models.RunTest {
			return t, n
		}
		n = t.Spawn
	}
	return nil, nil
}

// again is the way to another goroutine of t.
func (t *Thread) again(stop *Node) wayAround {
	if k := t.Spawn.Ev.Kind; k == models.SpawnJoin || k == models.Handler {
		return wayAround{enter: t.Spawn, stop: stop} // all at once
	}
	return wayAround{leave: t.Spawn, stop: stop}
}

// testOrdered reports whether package testing keeps a and b apart: only what
// parallel subtests of one test do behind their call of Parallel is concurrent.
// Whether a goroutine of the test itself still runs then is not known.
func (s *Scope) testOrdered(a, b *Node) bool {
	t, x := subtest(a)
	u, y := subtest(b)
	if t == nil && u == nil || t == u && (x != a || y != b) {
		return false // no business of the testing package
	}
	return t == nil || u == nil || t.Parent != u.Parent || !s.paused(x) || !s.paused(y)
}

// paused reports whether n, of a subtest, surely runs behind its call of
// Parallel.
func (s *Scope) paused(n *Node) bool {
	for _, m := range n.Thread.nodes {
		if m.Ev != nil && m.Ev.Kind == models.Parallel && s.Dominates(m, n) {
			return true
		}
	}
	return false
}

// joins reports whether n, the return of t.Run, waited for the parallel subtest
// that a runs in.
func (o *order) joins(n *Node) bool {
	for t := o.a.Thread; t.Spawn != nil; t = t.Parent {
		if t.Spawn.Ev.Kind != models.RunTest {
			continue
		}
		for f := t.Spawn.Frame; f != nil && f.At != nil; f = f.At.Frame {
			if f.At.Ev.Instr == n.Ev.Instr && f.At.Frame == n.Frame {
				return true
			}
		}
	}
	return false
}
