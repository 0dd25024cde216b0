package scope

import (
	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/census"
	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
	"github.com/concvet/concvet/analyzers/internal/summary"
)

// maxClimb bounds the calls that are followed from an operation up to where its
// goroutine starts.
const maxClimb = 4

// A climb looks, from an operation up to the start of its goroutine, for the
// lock of a [hang].
type climb struct {
	h       *hang
	op      *census.Op
	strict  bool         // lock and object are in one struct: it must be the same one here too
	related bool         // they are known to belong together where the block is
	counts  []*census.Op // the operations on the object
}

// from looks in fn, where the operation is at node u or in what is called there.
// The calls of via lead down from fn to the operation's function.
func (c *climb) from(fn *ssa.Function, u int, via []summary.Call) (Need, bool) {
	p := c.h.p
	for _, l := range p.LocksAt(fn, u) {
		if c.h.conflicts(l.Class, l.Mode) && c.kin(l.Place, via) {
			at := summary.Step{Fn: fn, Node: -1, Pos: l.Pos}
			return Need{c.op, Under, fn, at}, true
		}
	}
	takes := map[int]*summary.Take{}
	all := p.Takes(fn)
	for i := range all {
		if t := &all[i]; takes[t.Node] == nil && c.h.conflicts(t.Class, t.Mode) && c.kin(t.Place, via) {
			takes[t.Node] = t
		}
	}
	if len(takes) > 0 {
		g := newReachability(p, fn)
		g.made(fn, p.instanceOf(c.op))
		for _, t := range takes {
			g.made(fn, t.Place)
		}
		c.owing(g, fn, u, takes)
		c.started(g, fn, takes)
		if t := g.first(takes, u); t != nil && !g.to(0, u, takes) {
			return Need{c.op, Before, fn, t.At}, true
		}
		if t := c.turns(g, takes, u); t != nil && p.limited(fn, map[*ssa.Function]bool{}) {
			return Need{c.op, Turns, fn, t.At}, true
		}
	}
	return c.callers(fn, via)
}

// callers looks in all callers of fn.
func (c *climb) callers(fn *ssa.Function, via []summary.Call) (n Need, ok bool) {
	calls, all := c.h.p.Callers(fn)
	if !all || len(calls) == 0 || len(via) >= maxClimb {
		return n, false
	}
	for _, call := range calls {
		if call.Starts() {
			return n, false
		}
		if n, ok = c.from(call.In, call.Node, append([]summary.Call{call}, via...)); !ok {
			return n, false
		}
	}
	return n, true
}

// turns returns a lock operation that the goroutine comes to before the
// operation at u: in the turns of a loop, or before it ends if the operation is
// the last thing it does.
func (c *climb) turns(g *reachability, takes map[int]*summary.Take, u int) *summary.Take {
	last := c.op.Kind == models.WGGo || c.op.Ev.Defer != nil && (c.op.Kind == models.Close || c.op.Kind == models.WGDone)
	for n := range g.sk {
		t := takes[n]
		if t == nil || !g.to(0, n, nil) || !g.behind(n, u) {
			continue
		}
		if last || g.behind(u, n) || g.behind(n, n) {
			return t
		}
	}
	return nil
}

// kin reports whether a lock, named by the function that the calls of via start
// from, belongs to the object of the operation.
func (c *climb) kin(lock *place.Place, via []summary.Call) bool {
	for _, call := range via {
		lock = c.h.p.InCallee(call, lock)
	}
	r := c.h.relation(lock, c.h.p.instanceOf(c.op), c.op.Ev.Obj.Class())
	switch {
	case r == unrelated:
		return false
	case c.strict:
		return r == related && c.related
	}
	return r == related || c.related || lock != nil && lock == c.h.b.Lock.Place
}

// instanceOf returns the object of an operation as its function names it.
func (p *Package) instanceOf(op *census.Op) *place.Place {
	if op.Ev.Val == nil {
		return op.Ev.Obj
	}
	return p.Places.Instance(op.Ev.Val)
}

// limited reports whether fn runs only in goroutines that the package starts, or
// in main or a test: nobody else comes to its operations anew.
func (p *Package) limited(fn *ssa.Function, busy map[*ssa.Function]bool) bool {
	if busy[fn] {
		return true
	}
	busy[fn] = true
	if r := RoleOf(fn); fn.Parent() == nil && (r == "main" || r == "test") {
		return true
	}
	calls, all := p.Callers(fn)
	if !all || len(calls) == 0 || len(busy) > 12 {
		return false
	}
	for _, c := range calls {
		if !c.Starts() && !p.limited(c.In, busy) {
			return false
		}
	}
	return true
}

// reachability answers questions about the paths of one function.
type reachability struct {
	sk      [][]int // successors
	fn      *skeleton.Func
	renewed map[int]bool // behind these nodes objects are others than before
}

func newReachability(p *Package, fn *ssa.Function) *reachability {
	sk := p.Skeleton(fn)
	g := &reachability{sk: make([][]int, len(sk.Nodes)), fn: sk, renewed: map[int]bool{}}
	for i := range sk.Nodes {
		g.sk[i] = sk.Nodes[i].Succs
	}
	return g
}

// made notes that the object at q begins to be another one where what its name
// starts from is made again.
func (g *reachability) made(fn *ssa.Function, q *place.Place) {
	if q == nil {
		return
	}
	if def, ok := q.Root.V.(ssa.Instruction); ok && def.Parent() == fn {
		g.renewed[g.fn.First[def.Block()]] = true
	}
}

// to reports whether control can get from node a, included, to node b without
// passing a node of stop.
func (g *reachability) to(a, b int, stop map[int]*summary.Take) bool {
	return g.search([]int{a}, b, func(n int) bool { return stop[n] != nil })
}

// behind reports whether control can get to b after a, with the same objects.
func (g *reachability) behind(a, b int) bool {
	return g.search(g.sk[a], b, func(n int) bool { return g.renewed[n] })
}

func (g *reachability) search(from []int, b int, stop func(int) bool) bool {
	seen := make([]bool, len(g.sk))
	work := append([]int(nil), from...)
	for len(work) > 0 {
		n := work[len(work)-1]
		work = work[:len(work)-1]
		if n == b {
			return true
		}
		if seen[n] || stop(n) {
			continue
		}
		seen[n] = true
		work = append(work, g.sk[n]...)
	}
	return false
}

// first returns the first take, in the order of nodes, behind which control can
// get to u, u itself excluded.
func (g *reachability) first(takes map[int]*summary.Take, u int) *summary.Take {
	for n := range g.sk {
		if t := takes[n]; t != nil && n != u && g.behind(n, u) {
			return t
		}
	}
	return nil
}
