package scope

import (
	"go/constant"
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/place"
)

// Reach returns, by ID, the nodes of one thread that control can reach from
// the given one without passing a node that stop names, itself included.
// Branches that the arguments of the calls on the way decide go one way, and
// a deferred call is left out only on a path that has not passed its defer
// statement.
func (s *Scope) Reach(from *Node, stop func(*Node) bool) func(*Node) bool {
	seen := s.newReach(from, stop, nil).search(nil)
	return func(n *Node) bool { return seen.has(n.ID) }
}

func (s *Scope) newReach(from *Node, stop func(*Node) bool, alive *place.Place) *reach {
	return &reach{s: s, from: from, stop: stop, alive: alive, conds: s.branches(), without: map[pending]nodeSet{}}
}

type reach struct {
	s       *Scope
	from    *Node
	stop    func(*Node) bool
	alive   *place.Place // an object that has been used: no pointer on the way to it is nil
	conds   map[*Node]*Node
	without map[pending]nodeSet // what is reached without passing a defer statement
}

// search returns the nodes reached on paths that avoid the defer statement d,
// or on any path if d is nil.
func (r *reach) search(d *pending) nodeSet {
	seen := r.s.newSet()
	work := []*Node{r.from}
	for len(work) > 0 {
		n := work[len(work)-1]
		work = work[:len(work)-1]
		if seen.has(n.ID) || r.stop(n) || d != nil && n == d.f.First(d.d.Block()) {
			continue
		}
		seen.add(n.ID)
		for i, m := range n.Succs {
			if r.taken(n, i, d) {
				work = append(work, m)
			}
		}
	}
	return seen
}

// taken reports whether control can go from n to its i-th successor.
func (r *reach) taken(n *Node, i int, d *pending) bool {
	if len(n.Succs) != 2 {
		return true
	}
	if br := r.conds[n]; br != nil {
		v, ok := r.decide(br.Cond, br.Frame, 0)
		return !ok || v == (i == 0)
	}
	ev := n.Succs[0].Ev
	if i == 0 || ev == nil || !ev.Maybe {
		return true
	}
	p := pending{n.Succs[0].Frame, ev.Defer}
	if d != nil && *d == p {
		return true
	}
	set, ok := r.without[p]
	if !ok {
		r.without[p] = r.s.newSet() // of nested ones: assume the worst
		set = r.search(&p)
		r.without[p] = set
	}
	return set.has(n.ID)
}

// branches maps the nodes from which control branches to those that have the
// condition: of a call that is followed, the first is where it returns.
func (s *Scope) branches() map[*Node]*Node {
	out := map[*Node]*Node{}
	for _, n := range s.Nodes {
		if n.Cond == nil {
			continue
		}
		at := n
		if n.inner != nil && len(n.inner.Exit.Succs) > 0 {
			at = n.inner.Exit.Succs[0]
		}
		out[at] = n
	}
	return out
}

// decide evaluates a condition of frame f by what the parameters are bound to.
func (r *reach) decide(v ssa.Value, f *Frame, depth int) (value, ok bool) {
	if depth > 4 {
		return false, false
	}
	v, f = r.s.Resolve(v, f)
	if f == nil {
		return false, false
	}
	switch v := v.(type) {
	case *ssa.Const:
		if v.Value != nil && v.Value.Kind() == constant.Bool {
			return constant.BoolVal(v.Value), true
		}
	case *ssa.UnOp:
		if v.Op == token.NOT {
			x, ok := r.decide(v.X, f, depth+1)
			return !x, ok
		}
	case *ssa.BinOp:
		if val, ok := r.compare(v, f); ok {
			return val, true
		}
	}
	return r.s.agreed(v, f)
}

func (r *reach) compare(b *ssa.BinOp, f *Frame) (value, ok bool) {
	x, g := r.s.Resolve(b.X, f)
	y, h := r.s.Resolve(b.Y, f)
	c, isConst := x.(*ssa.Const)
	d, alsoConst := y.(*ssa.Const)
	switch b.Op {
	case token.EQL, token.NEQ:
	default:
		if isConst && alsoConst && c.Value != nil && d.Value != nil && c.Value.Kind() == d.Value.Kind() && c.Value.Kind() == constant.Int {
			switch b.Op {
			case token.LSS, token.LEQ, token.GTR, token.GEQ:
				return constant.Compare(c.Value, b.Op, d.Value), true
			}
		}
		return false, false
	}
	var equal bool
	switch {
	case isConst && alsoConst && c.IsNil() && d.IsNil():
		equal = true
	case isConst && alsoConst && c.Value != nil && d.Value != nil && c.Value.Kind() == d.Value.Kind():
		equal = constant.Compare(c.Value, token.EQL, d.Value)
	case isConst && c.IsNil() && r.made(y, h), alsoConst && d.IsNil() && r.made(x, g):
		equal = false
	default:
		return false, false
	}
	return equal == (b.Op == token.EQL), true
}

// made reports whether v, seen in frame f, is surely not nil.
func (r *reach) made(v ssa.Value, f *Frame) bool {
	if neverNil(v) {
		return true
	}
	if r.alive == nil {
		return false
	}
	p := r.s.Place(r.s.Pkg.Places.Of(v), f)
	return p != nil && r.alive.Under(p)
}
