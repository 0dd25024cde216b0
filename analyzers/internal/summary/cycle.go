package summary

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/lockset"
	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// maxCycle is the longest cycle of locks that is looked for.
const maxCycle = 4

// Cycles returns the cycles in the order of locks that this package closes:
// edges of which each waits for the lock that the next one holds, and which can
// happen at once. The last edge is one of this package, the others may be of
// packages below it. There is one cycle for each set of locks, and for each lock
// that a function holds too long.
func (p *Package) Cycles() [][]Edge {
	p.findLive()
	byFrom := map[ClassID][]*Edge{}
	for i := range p.edges {
		e := &p.edges[i]
		byFrom[e.From] = append(byFrom[e.From], e)
	}
	var out [][]Edge
	for n := 2; n <= maxCycle; n++ {
		for i := range p.edges {
			last := &p.edges[i]
			if last.Fn == nil || !p.live[last.Fn] {
				continue
			}
			s := cycleSearch{p: p, byFrom: byFrom, last: last, n: n, budget: 2000}
			s.search(nil, last.To)
			if s.found != nil && !slices.ContainsFunc(out, func(c []Edge) bool { return within(c, s.found) }) {
				out = append(out, s.found)
			}
		}
	}
	return p.told(out)
}

// A hold is where a function of the package takes a lock that it holds over some
// edges.
type hold struct {
	fn    *ssa.Function
	from  ClassID
	since token.Pos
}

// told turns each cycle so that it ends with the edge that is likely to be the
// mistake, and leaves out those of which that is the hold of an earlier one: one
// section that is too long takes part in a cycle for each lock that it takes.
func (p *Package) told(cycles [][]Edge) (out [][]Edge) {
	holds := map[hold]int{}
	for _, c := range cycles {
		for _, e := range c {
			holds[hold{e.Fn, e.From, e.Since}]++
		}
	}
	seen := map[hold]bool{}
	for _, c := range cycles {
		c = p.rarestLast(c, holds)
		e := &c[len(c)-1]
		if h := (hold{e.Fn, e.From, e.Since}); !seen[h] {
			seen[h] = true
			out = append(out, c)
		}
	}
	return out
}

// rarestLast turns a cycle so that it ends with the one of the package's own
// edges that stands against most: the order that the fewest functions have, of
// these the one whose hold is part of the most cycles, and of these the first in
// the source.
func (p *Package) rarestLast(cycle []Edge, holds map[hold]int) []Edge {
	best, least := -1, [3]int{}
	for i, e := range cycle {
		if e.Fn == nil {
			continue
		}
		n := 0
		for _, f := range p.edges {
			if f.From == e.From && f.To == e.To {
				n++
			}
		}
		rank := [3]int{n, -holds[hold{e.Fn, e.From, e.Since}], p.Pass.Fset.Position(e.At.Pos).Offset}
		if best < 0 || slices.Compare(rank[:], least[:]) < 0 {
			best, least = i, rank
		}
	}
	return append(slices.Clone(cycle[best+1:]), cycle[:best+1]...)
}

// within reports whether all locks of cycle c are locks of d: then d tells
// nothing new.
func within(c, d []Edge) bool {
	return !slices.ContainsFunc(c, func(e Edge) bool {
		return !slices.ContainsFunc(d, func(f Edge) bool { return f.From == e.From })
	})
}

// A cycleSearch looks for the edges that lead from where last leads back to
// where it starts.
type cycleSearch struct {
	p      *Package
	byFrom map[ClassID][]*Edge
	last   *Edge
	n      int // the length of the cycle
	budget int // edges that may still be looked at
	found  []Edge
}

func (s *cycleSearch) search(path []*Edge, at ClassID) {
	for _, e := range s.byFrom[at] {
		if s.budget--; s.budget < 0 || s.found != nil {
			return
		}
		if e.Fn != nil && !s.p.live[e.Fn] || slices.ContainsFunc(path, func(x *Edge) bool { return x.From == e.To }) {
			continue
		}
		next := append(slices.Clone(path), e)
		switch {
		case e.To == s.last.From:
			if next = append(next, s.last); len(next) == s.n && s.p.atOnce(next) {
				for _, e := range next {
					s.found = append(s.found, *e)
				}
			}
		case len(next) < s.n-1:
			s.search(next, e.To)
		}
	}
}

// atOnce reports whether the goroutines that do the edges of a cycle, one each,
// can wait for each other.
func (p *Package) atOnce(cycle []*Edge) bool {
	concurrent, tested, tests, files := false, false, 0, 0
	for i, e := range cycle {
		if e.Fn != nil && ofTest(e.Fn) && !p.spawned[e.Fn] {
			tests++
		}
		if e.Fn != nil && p.InTest(e.Fn.Pos()) {
			files++
		}
		tested = tested || !p.testOnly(e.From)
		next := cycle[(i+1)%len(cycle)]
		if e.ToMode == lockset.Shared && next.FromMode == lockset.Shared {
			return false // readers do not wait for each other
		}
		if e.waits != nil && next.holds != nil && e.waits != next.holds {
			return false // two locks of one class, in different fields
		}
		concurrent = concurrent || e.Fn == nil || p.Pass.Pkg.Name() != "main" || p.spawned[e.Fn]
		for _, f := range cycle[:i] {
			if f.Root == e.Root && !f.Again && !e.Again || gated(e.Gates, f.Gates) {
				return false
			}
		}
	}
	if files > 0 && tested {
		return false // a test takes locks of the code it tests, whose goroutines it knows
	}
	return concurrent && tests < 2 // these run one at a time
}

// testOnly reports whether a class of locks is declared in a file of tests.
func (p *Package) testOnly(id ClassID) bool {
	c, _ := p.class(id)
	v, ok := c.Obj.(interface{ Pos() token.Pos })
	return ok && p.InTest(v.Pos())
}

// gated reports whether a lock that is held over two edges keeps them apart.
func gated(a, b []Gate) bool {
	for _, g := range a {
		for _, h := range b {
			if g.Class == h.Class && (g.Mode == lockset.Exclusive || h.Mode == lockset.Exclusive) {
				return true
			}
		}
	}
	return false
}

// findLive finds the functions that may run while others do: those that other
// packages or goroutines call, and what these call. Initialisation does not
// count.
func (p *Package) findLive() {
	p.live, p.spawned = map[*ssa.Function]bool{}, map[*ssa.Function]bool{}
	main := p.Pass.Pkg.Name() == "main"
	for _, fn := range p.Funcs {
		_, known := p.sites[fn]
		started := p.started[fn]
		if started || !known && fn.Parent() != nil {
			p.reach(fn, p.spawned)
		}
		for i := 0; p.skeletons[fn] != nil && i < len(p.skeletons[fn].Nodes); i++ {
			if ev := p.skeletons[fn].Nodes[i].Ev; ev != nil && startsGoroutine(ev) {
				g, _ := p.resolve(ev)
				p.reach(g, p.spawned)
			}
		}
		obj := fn.Object()
		if obj != nil && obj.Name() == "init" && fn.Signature.Recv() == nil {
			continue
		}
		if started || !known || main && fn.Name() == "main" {
			p.reach(fn, p.live)
		}
	}
}

// ofTest reports whether fn is a test, a helper that is given one, or a literal
// in such.
func ofTest(fn *ssa.Function) bool {
	for fn.Parent() != nil {
		fn = fn.Parent()
	}
	return slices.ContainsFunc(fn.Params, func(par *ssa.Parameter) bool {
		tn := baseType(par.Type())
		return tn != nil && tn.Pkg() != nil && tn.Pkg().Path() == "testing"
	})
}

// reach adds to set what fn calls in its own goroutine, or hands to others that
// may call it there.
func (p *Package) reach(fn *ssa.Function, set map[*ssa.Function]bool) {
	if set[fn] || p.skeletons[fn] == nil {
		return
	}
	set[fn] = true
	for i := range p.skeletons[fn].Nodes {
		ev := p.skeletons[fn].Nodes[i].Ev
		if ev == nil {
			continue
		}
		switch ev.Kind {
		case skeleton.CallFn, models.Call, models.OnceDo, models.RunTest:
		default:
			continue
		}
		if g, _ := p.resolve(ev); g != nil {
			p.reach(g, set)
		}
		for _, a := range ev.Callee.Args {
			if isFunc(a.Type()) {
				p.reach(skeleton.FuncOf(p.Places, a).Fn, set)
			}
		}
	}
}
