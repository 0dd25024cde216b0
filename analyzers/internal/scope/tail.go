package scope

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// Unjoined returns where the first thread ends, by a return or by ending the
// process, if it does so without waiting for t, a thread that it starts: from
// the go statement on it does nothing that could wait. A loop around the go
// statement may wait, as long as it can be left without: nothing waits for the
// last goroutine then. It returns nil if t may be waited for.
//
// If counted, t is counted by a WaitGroup that nothing waits for. Then only
// what t itself gives a signal for, or time, can have been meant instead.
func (s *Scope) Unjoined(t *Thread, counted bool) *Node {
	if t.Parent == nil || t.Parent.ID != 0 || t.Spawn.Ev.Kind == models.AfterFunc || t.Supervised() || s.cleanedUp() {
		return nil // what a timer or a cleanup runs need not run at all
	}
	waits := s.waiting(t, counted && !s.signals(t))
	reached := s.forward(t.Spawn.Succs, func(*Node) bool { return false })
	freely := s.forward(t.Spawn.Succs, waits)
	var end *Node
	for _, n := range s.Nodes {
		if freely[n.ID] && s.ends(n) && (end == nil || n.Ev.Kind == skeleton.Return) {
			end = n
		}
	}
	if end == nil {
		return nil
	}
	for _, n := range s.Nodes {
		if reached[n.ID] && waits(n) && (collects(n) || !s.SameLoop(n, t.Spawn)) && s.leadsOut(n) {
			return nil
		}
	}
	return end
}

// waiting returns which nodes count as waiting for t.
func (s *Scope) waiting(t *Thread, counted bool) func(*Node) bool {
	p := s.patience()
	handed := s.Held(t.Spawn) != 0 || s.Held(t.Entry) != 0
	return func(n *Node) bool {
		switch {
		case n.Ev != nil && (n.Ev.Kind == models.Acquire || n.Ev.Kind == models.AcquireShared) && handed:
			return true // the goroutine may be the one that unlocks
		case counted:
			return collects(n) || n.Ev != nil && (n.Ev.Kind == models.Sleep || n.Ev.Kind == models.SemAcquire)
		}
		return p.waits(n) || s.awaits(n)
	}
}

// collects reports whether n takes what goroutines give when they are done. In
// a loop with the go statement it may count those that are not.
func collects(n *Node) bool {
	if n.Ev == nil {
		return false
	}
	switch n.Ev.Kind {
	case models.Recv, skeleton.RecvClosed, models.Select, models.WGWait, models.CondWait:
		return true
	}
	return false
}

// signals reports whether t tells others of its progress other than by a
// WaitGroup.
func (s *Scope) signals(t *Thread) bool {
	for _, n := range t.nodes {
		if n.Ev == nil {
			continue
		}
		switch n.Ev.Kind {
		case models.Send, models.Close, models.CondSignal, models.CondBroadcast, models.SemRelease, models.Select,
			models.AtomicStore, models.AtomicRMW, models.AtomicCAS:
			return true
		}
	}
	return false
}

// ends reports whether the first thread ends at n other than by a panic.
func (s *Scope) ends(n *Node) bool {
	return n.Ev != nil && n.Thread.ID == 0 &&
		(n.Ev.Kind == models.Exit || n.Ev.Kind == skeleton.Return && n.Frame == s.Threads[0].Frame)
}

// leadsOut reports whether the first thread can end behind n.
func (s *Scope) leadsOut(n *Node) bool {
	for _, m := range s.Nodes {
		if s.ends(m) && s.backward(m).has(n.ID) {
			return true
		}
	}
	return false
}

// forward returns the nodes that control reaches from the given ones, these
// included, without going on behind a node that stop names. Such a node is not
// reached itself.
func (s *Scope) forward(from []*Node, stop func(*Node) bool) []bool {
	seen := make([]bool, len(s.Nodes))
	work := append([]*Node(nil), from...)
	for len(work) > 0 {
		n := work[len(work)-1]
		work = work[:len(work)-1]
		if seen[n.ID] || stop(n) {
			continue
		}
		seen[n.ID] = true
		work = append(work, n.Succs...)
	}
	return seen
}

// Returns reports whether control can get from n to the end of its thread.
func (s *Scope) Returns(n *Node) bool {
	f := n.Thread.Frame
	return f != nil && (n == f.Exit || s.backward(f.Exit).has(n.ID))
}

// A Branch is the condition by which control goes on from n: to n.Succs[0] if
// it holds, else to n.Succs[1]. It is nil if n is no such branch.
func (n *Node) Branch() ssa.Value {
	if len(n.Succs) != 2 || n.Block == nil || n.inner != nil {
		return nil
	}
	if br, ok := n.Block.Instrs[len(n.Block.Instrs)-1].(*ssa.If); ok {
		return br.Cond
	}
	return nil
}

// awaits reports whether n is the way out of a loop that another thread may
// open: a busy wait.
func (s *Scope) awaits(n *Node) bool {
	cond := n.Branch()
	if cond == nil || !s.InLoop(n) || s.SameLoop(n, n.Succs[0]) && s.SameLoop(n, n.Succs[1]) {
		return false
	}
	st := steadiness{s, n, map[ssa.Value]bool{}}
	return !st.holds(cond, n.Frame)
}

// A steadiness asks whether a value is computed from what no thread but the
// first changes while it is in a loop.
type steadiness struct {
	s    *Scope
	loop *Node              // in the loop
	seen map[ssa.Value]bool // asked before: assumed to be, as a loop's counter is
}

func (st *steadiness) holds(v ssa.Value, f *Frame) bool {
	v, f = st.s.Resolve(v, f)
	if st.seen[v] {
		return true
	}
	st.seen[v] = true
	if def, ok := v.(ssa.Instruction); !ok || f != nil && !st.s.inLoopOf(f.First(def.Block()), st.loop) {
		return true // computed before the loop
	}
	switch v := v.(type) {
	case *ssa.MakeSlice, *ssa.Alloc:
		return true
	case *ssa.Phi:
		return st.all(f, v.Edges...)
	case *ssa.BinOp:
		return st.all(f, v.X, v.Y)
	case *ssa.Convert:
		return st.holds(v.X, f)
	case *ssa.Slice:
		return st.holds(v.X, f)
	case *ssa.Extract:
		_, ok := v.Tuple.(*ssa.Next)
		return ok
	case *ssa.UnOp:
		if v.Op == token.MUL {
			return st.s.unchanged(st.s.Place(st.s.Pkg.Places.Of(v.X), f))
		}
		return v.Op != token.ARROW && st.holds(v.X, f)
	case *ssa.Call:
		if _, ok := v.Call.Value.(*ssa.Builtin); !ok {
			return false
		}
		_, isChan := v.Call.Args[0].Type().Underlying().(*types.Chan)
		return !isChan && st.all(f, v.Call.Args...)
	}
	return false
}

// inLoopOf reports whether a, nil in dead code, lies in the loop that b is in.
func (s *Scope) inLoopOf(a, b *Node) bool { return a != nil && s.SameLoop(a, b) }

func (st *steadiness) all(f *Frame, vs ...ssa.Value) bool {
	for _, v := range vs {
		if !st.holds(v, f) {
			return false
		}
	}
	return true
}

// unchanged reports whether no thread but the first writes to the memory at p,
// as far as is known.
func (s *Scope) unchanged(p *place.Place) bool {
	if p == nil {
		return false
	}
	local := isLocal(p.Root.V)
	for _, n := range s.Nodes {
		if n.Thread.ID == 0 || n.Ev == nil {
			continue
		}
		if n.Ev.Kind == skeleton.Write && n.Obj != nil && (n.Obj.Root == p.Root || n.Obj.Class() == p.Class()) {
			return false
		}
		if !local && s.opaque(n) {
			return false
		}
	}
	return true
}

// isLocal reports whether v is the address of a local variable, or of one of
// several: the copies of a loop's variable.
func isLocal(v ssa.Value) bool {
	if phi, ok := v.(*ssa.Phi); ok {
		for _, e := range phi.Edges {
			if _, ok := e.(*ssa.Alloc); !ok {
				return false
			}
		}
		return true
	}
	_, ok := v.(*ssa.Alloc)
	return ok
}
