package scope

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/census"
	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// A wait is an operation at which a goroutine stays until another one comes:
// a send, a receive, or a select of which every case is one, all on channels
// that are fully known.
type wait struct {
	at    *Node
	arms  []*Node      // the operations, of which one will do; at itself if it is no select
	prims []*Primitive // of the arms
	// sources are the operations that let the goroutine go on.
	sources []*Node
}

// waits returns the waits of the scope, in the order of its nodes.
func (s *Scope) waits(cs func() *census.Result) []*wait {
	arms := map[*Node][]*Node{}
	selects := map[callKey]*Node{}
	for _, n := range s.Nodes {
		switch {
		case n.Ev == nil || n.Frame == nil:
		case n.Ev.Kind == models.Select:
			selects[callKey{n.Ev.Instr, n.Frame}] = n
		case n.Ev.Arm:
			at := selects[callKey{n.Ev.Instr, n.Frame}]
			arms[at] = append(arms[at], n)
		}
	}
	var out []*wait
	for _, n := range s.Nodes {
		if n.Ev == nil || n.Ev.Arm || n.Frame == nil || !n.Thread.Known() {
			continue
		}
		w := &wait{at: n, arms: []*Node{n}}
		switch n.Ev.Kind {
		case models.Select:
			if sel, ok := n.Ev.Instr.(*ssa.Select); !ok || !sel.Blocking || len(arms[n]) != len(sel.States) {
				continue
			}
			w.arms = arms[n]
		case models.Send, models.Recv:
		default:
			continue
		}
		if s.fill(w, cs) {
			out = append(out, w)
		}
	}
	return out
}

// fill finds the sources of a wait. It is false if not all of them are known.
func (s *Scope) fill(w *wait, cs func() *census.Result) bool {
	for _, a := range w.arms {
		p := s.Prim(a)
		if p == nil || !s.known(p, cs) || a.Ev.Kind == models.Send && p.Cap >= Many {
			return false
		}
		w.prims = append(w.prims, p)
		ends := a.Ev.Kind == models.Recv && len(w.arms) == 1 && s.untilClosed(a, p)
		for _, n := range p.Ops {
			k := n.Ev.Kind
			if a.Ev.Kind == models.Send && k == models.Recv || a.Ev.Kind == models.Recv && (k == models.Close || k == models.Send && !ends) {
				w.sources = append(w.sources, n)
			}
		}
	}
	return len(w.arms) > 0 && !slices.ContainsFunc(w.sources, s.sometimes)
}

// sometimes reports whether n is in a function that is not followed everywhere.
func (s *Scope) sometimes(n *Node) bool {
	for f := n.Frame; f != nil; f = f.Up {
		if s.partial[f.Fn] {
			return true
		}
	}
	return false
}

// untilClosed reports whether the goroutine that receives at n goes on doing so
// until the channel is closed.
func (s *Scope) untilClosed(n *Node, p *Primitive) bool {
	if !s.InLoop(n) {
		return false
	}
	return !s.Reach(n, func(m *Node) bool {
		return m.Ev != nil && m.Ev.Kind == skeleton.RecvClosed && s.Prim(m) == p
	})(n.Thread.Frame.Exit)
}

// completedBy reports whether a completes only when a goroutine does what n does, as
// far as is known: nothing else may be the other side.
func (s *Scope) completedBy(a, n *Node) bool {
	switch family(a.Ev.Kind) {
	case famChan:
		if p := s.Prim(a); a.Ev.Kind == models.Send && p != nil && p.Exact && p.Cap > 0 {
			return false // there may be room
		}
	case famWG, famCond, famSem:
	default:
		return false
	}
	return s.acquires(a) && s.releases(n) && !s.opaque(n) && family(n.Ev.Kind) == family(a.Ev.Kind) && s.mayMatch(a, n)
}

// known reports whether the operations of p are all that there are: it does not
// get away, or the package has no others on what may be the same channel, and
// nobody else can have it.
func (s *Scope) known(p *Primitive, cs func() *census.Result) bool {
	made, ok := p.Place.Root.V.(*ssa.MakeChan)
	if p.Exact || !ok || p.Place.Parent != nil {
		return p.Exact
	}
	c := cs().At(p.Ops[0].Ev)
	if c == nil || !c.Closed() || len(c.Makes) != 1 || c.Makes[0].Make != ssa.Value(made) {
		return false
	}
	for _, op := range c.Ops {
		if op.Dead() {
			continue
		}
		if s.handsOut(op.Fn) {
			return false
		}
		found := false
		for _, n := range s.Nodes {
			if n.Ev == nil || n.Ev.Instr != op.Ev.Instr || n.Ev.Kind != op.Kind {
				continue
			}
			if n.Obj != p.Place && family(n.Ev.Kind) == famChan && !(n.Ev.Arm && n.Ev.Val != op.Ev.Val) {
				return false // on what may be another channel
			}
			found = found || n.Obj == p.Place
		}
		if !found {
			return false
		}
	}
	return true
}

// handsOut reports whether fn is a method of what the scope returns, which those
// who get it may call.
func (s *Scope) handsOut(fn *ssa.Function) bool {
	recv := fn.Signature.Recv()
	if recv == nil {
		return false
	}
	if _, all := s.Pkg.Callers(fn); all {
		return false
	}
	for v := range s.Root.Signature.Results().Variables() {
		if i, ok := v.Type().Underlying().(*types.Interface); ok && !i.Empty() && types.Implements(recv.Type(), i) || types.Identical(v.Type(), recv.Type()) {
			return true
		}
	}
	return false
}

// ownMake reports whether the channel is made by a function of the scope, or in
// one of its variables, though it gets away: who has it may know more than the
// scope shows.
func ownMake(p *Primitive) bool {
	switch p.Place.Root.V.(type) {
	case *ssa.MakeChan:
		return true
	case *ssa.Alloc:
		return p.Place.Parent != nil && p.Place.Parent.Parent == nil
	}
	return false
}

// affair returns the node that counts as n when it comes to whether its
// goroutine passes it: of an operation in a func value that is run on some paths
// only, where that is handed over; n otherwise.
func (s *Scope) affair(n *Node) *Node {
	out := n
	for at := n.Frame.At; at != nil && at.Thread == n.Thread; at = at.Frame.At {
		if at.Ev.Kind == skeleton.CallFn && at.Ev.Callee.Fn == nil && !s.Dominates(at, n.Thread.Frame.Exit) {
			_, maker := s.Resolve(at.Ev.Callee.Value, at.Frame)
			out = n.Thread.Entry
			for m := at; m != nil && m.Thread == n.Thread; m = m.Frame.At {
				if m.Frame == maker {
					out = m
					break
				}
			}
		}
	}
	return out
}
