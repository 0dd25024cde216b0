package scope

import (
	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/skeleton"
	"github.com/concvet/concvet/analyzers/internal/summary"
)

// depth returns how many calls are followed in the scope of root, from each
// thread's first function on. In a draft it is what keeps the scope small, and
// the same everywhere: a bound that is hit on the way would leave nothing for
// what comes last.
func (e *env) depth(p *summary.Package, root *ssa.Function) int {
	d := maxDepth
	for e.draft && d > 1 && e.size(p, sizeKey{root, d, d}) > draftSize {
		d--
	}
	return d
}

// limit returns how many calls down fn is followed: some more if it leads to a go
// statement.
func (s *Scope) limit(fn *ssa.Function) int {
	if s.env.spawns[fn] {
		return max(s.depth, maxCallers)
	}
	return s.depth
}

// callers returns how many calls may lead from the root of a scope to the function
// that starts a goroutine.
func (e *env) callers() int {
	if e.draft {
		return 1
	}
	return maxCallers
}

// A sizeKey asks for the size of fn with left calls to follow, of which most are
// followed in each thread that it starts.
type sizeKey struct {
	fn         *ssa.Function
	left, most int
}

// size estimates how many nodes the scope has.
func (e *env) size(p *summary.Package, k sizeKey) int {
	if n, ok := e.sizes[k]; ok {
		return n
	}
	sk := p.Skeleton(k.fn)
	if sk == nil {
		return 0
	}
	n := len(sk.Nodes)
	e.sizes[k] = n // of a function that calls itself
	for i := range sk.Nodes {
		ev := sk.Nodes[i].Ev
		if ev == nil || ev.Callee.Fn == nil || n > maxNodes {
			continue
		}
		_, runs := runsNow(ev.Kind)
		switch {
		case e.starts(ev):
			n += e.size(p, sizeKey{ev.Callee.Fn, k.most, k.most})
		case k.left > 0 && (runs || ev.Kind == skeleton.CallFn):
			n += e.size(p, sizeKey{ev.Callee.Fn, k.left - 1, k.most})
		}
	}
	e.sizes[k] = n
	return n
}
