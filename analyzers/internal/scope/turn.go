package scope

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// meant reports whether the i-th way from the node at, decided by the branch
// br, is none that leaves too early: the loop has done what it came for, or the
// decision is the waiting goroutine's, or is about what that has decided to
// wait by.
func (x *stranding) meant(l *Thread, at, br *Node, i int) bool {
	if x.s.leavesWhole(br, i, x.serves(l)) {
		return true
	}
	if open, ok := isOpen(br.Cond, i == 0); ok {
		return !open && x.aboutWait(br)
	}
	decided, heedless := false, complains(br.Cond) && x.heedless()
	leaves(br.Cond, func(v ssa.Value) bool {
		switch v := v.(type) {
		case *ssa.UnOp:
			if v.Op == token.ARROW && heedless {
				return false
			}
			if v.Op == token.ARROW {
				decided = decided || x.told(v.X, br.Frame)
				return false
			}
			if v.Op == token.MUL {
				decided = decided || x.written(v, br.Frame) || x.settled(v, br)
			}
		case *ssa.Extract:
			if sel, ok := v.Tuple.(*ssa.Select); ok {
				decided = decided || v.Index > 0 && x.toldBy(sel, v.Index, br.Frame)
				return false
			}
		case *ssa.Phi:
			decided = decided || isFlag(v)
		}
		return !decided
	})
	return decided
}

// isOpen reports whether a condition says, if it has the given value, that a
// channel which was received from is not closed; ok is false if it says nothing
// about that.
func isOpen(cond ssa.Value, value bool) (open, ok bool) {
	switch c := cond.(type) {
	case *ssa.UnOp:
		if c.Op == token.NOT {
			return isOpen(c.X, !value)
		}
	case *ssa.Extract:
		switch t := c.Tuple.(type) {
		case *ssa.UnOp:
			return value, t.Op == token.ARROW && c.Index == 1
		case *ssa.Select:
			return value, c.Index == 1
		}
	}
	return false, false
}

// aboutWait reports whether the select whose outcome br asks for has a case
// that serves the wait.
func (x *stranding) aboutWait(br *Node) bool {
	return slices.ContainsFunc(x.w.sources, func(n *Node) bool { return n.Frame == br.Frame && n.Ev.Arm })
}

// serves returns whether a loop of l contains a source of the wait.
func (x *stranding) serves(l *Thread) func(*Frame, *skeleton.Loop) bool {
	return func(f *Frame, loop *skeleton.Loop) bool {
		for _, n := range x.w.sources {
			if m := within(n, f); n.Thread == l && m != nil && loop.Body[m.Block] {
				return true
			}
		}
		return false
	}
}

// told reports whether what is received from ch may tell that the goroutines
// that wait have nothing more to do: they are one, which knows what it has sent.
func (x *stranding) told(ch ssa.Value, f *Frame) bool {
	p := x.s.prims[x.s.Place(x.s.Pkg.Places.Of(ch), f)]
	if p == nil || !p.Exact {
		return false
	}
	one := x.t.Count <= 1
	if made := x.s.made(p.Place); made != nil && made.Thread != x.t {
		_, inst := x.s.tally(x.w.at, made)
		one = inst <= 1
	}
	for _, n := range p.Ops {
		if n.Ev.Kind == models.Send && n.Thread == x.t && (one || x.s.InLoop(n)) {
			return true
		}
	}
	return false
}

// toldBy is told for what a select has received.
func (x *stranding) toldBy(sel *ssa.Select, index int, f *Frame) bool {
	k := 2
	for _, st := range sel.States {
		if st.Send != nil {
			continue
		}
		if (index == k || index == 1) && x.told(st.Chan, f) {
			return true
		}
		k++
	}
	return false
}

// written reports whether the waiting goroutine writes what the load reads.
func (x *stranding) written(load *ssa.UnOp, f *Frame) bool {
	p := x.s.Place(x.s.Pkg.Places.Of(load.X), f)
	if p == nil {
		return false
	}
	for _, n := range x.s.writes[p.Root] {
		if n.Thread == x.t && (n.Obj.Under(p) || p.Under(n.Obj)) {
			return true
		}
	}
	return false
}

// settled reports whether the waiting goroutine comes to wait by what the load
// of branch br reads too, but by another question about it. How the answers go
// together, when both ask under a lock and one changes it, is not known.
func (x *stranding) settled(load *ssa.UnOp, br *Node) bool {
	p := x.s.Place(x.s.Pkg.Places.Of(load.X), br.Frame)
	if p == nil {
		return false
	}
	if x.guards == nil {
		x.guards = x.terms.before(x.w.at)
	}
	own, _ := x.terms.cond(br)
	for id := range x.guards {
		if id != own && slices.Contains(x.terms.mem[id], p) {
			return true
		}
	}
	return false
}

// isFlag reports whether a phi is a boolean variable that says which way
// control has come.
func isFlag(phi *ssa.Phi) bool {
	if phi.Type().Underlying().String() != "bool" {
		return false
	}
	return slices.ContainsFunc(phi.Edges, func(v ssa.Value) bool { _, ok := v.(*ssa.Const); return ok })
}

// byItself reports whether n waits for a context that nothing but a cancel
// function in the scope ends: when that is called is for the program to know.
func (x *stranding) byItself(n *Node) bool {
	if n.Ev.Kind != models.Recv || n.Obj == nil || n.Obj.Parent == nil || n.Obj.Sel.Kind != place.Done {
		return false
	}
	return x.s.onlyCancelled(n.Obj.Parent)
}

// onlyCancelled reports whether a context comes from Background by way of
// WithCancel and the like alone.
func (s *Scope) onlyCancelled(ctx *place.Place) bool {
	for range maxNested {
		if ctx == nil || ctx.Parent != nil {
			return false
		}
		v := ctx.Root.V
		if ex, ok := v.(*ssa.Extract); ok {
			v = ex.Tuple
		}
		call, ok := v.(*ssa.Call)
		if !ok {
			return false
		}
		obj := skeleton.Object(&call.Call)
		if obj == nil {
			return false
		}
		m, ok := models.Lookup(obj)
		if !ok || m.Kind != models.CtxMake || m.Delta >= 0 {
			return false
		}
		if m.Obj < 0 {
			return true
		}
		if ctx.Root.Ctx >= len(s.frames) {
			return false
		}
		ctx = s.Place(s.Pkg.Places.Of(argument(&call.Call, m.Obj)), s.frames[ctx.Root.Ctx])
	}
	return false
}

// arrives reports whether the goroutine gets to the wait though the leaver goes
// the given path: what it needs for that is done on the path, or by others.
func (x *stranding) arrives(l *Thread, path []*Node, known map[int]bool) bool {
	on := map[*Node]bool{}
	for _, n := range path {
		on[n] = true
	}
	if made := path[0]; from(l, x.w.at) != nil {
		for _, n := range x.s.Nodes { // what is before the path has been done
			if n.Thread == l && n != made && x.s.Dominates(n, made) {
				on[n] = true
			}
		}
	}
	needs := func(n *Node) bool {
		if n.Ev == nil || n == x.w.at {
			return false
		}
		switch n.Ev.Kind {
		case skeleton.GoExit, models.FailNow, models.Panic, models.Exit:
			return true
		}
		if p := x.s.Prim(n); p == nil || !p.Exact || slices.Contains(x.w.prims, p) {
			return false
		}
		some := false
		for _, y := range x.s.Nodes {
			if y.Ev == nil || y.Thread == n.Thread || !x.s.completedBy(n, y) {
				continue
			}
			if y.Thread != l || on[y] {
				return false
			}
			some = true
		}
		return some
	}
	w := &walk{
		s: x.s, from: x.t.Entry, terms: x.terms, seed: known, asked: known,
		goal: func(n *Node) bool { return n == x.w.at }, stop: needs,
		weigh: func(*Node) int { return 0 },
	}
	if x.t.Entry == x.w.at {
		return true
	}
	p, _ := w.find()
	return p != nil
}

// explain says where on the path the leaver ends, and where it turns away from
// what it should do.
func (x *stranding) explain(st *Stranded, path []*Node) {
	for _, n := range path {
		if n.Ev != nil && n.Thread == st.Leaver && slices.Contains(x.w.sources, n) {
			st.Passed++
		}
	}
	st.Exit = path[len(path)-1]
	for i := len(path) - 1; i >= 0; i-- {
		if n := path[i]; n.Ev != nil && n.Ev.Kind == skeleton.Return && n.Frame == st.Exit.Frame {
			st.Exit = n
			break
		}
	}
	reach := map[*Node]bool{} // nodes from which a source can be reached
	for _, src := range x.w.sources {
		back := x.s.backward(src)
		for _, n := range path {
			if back.has(n.ID) || n == src {
				reach[n] = true
			}
		}
	}
	for i := len(path) - 1; i > 0; i-- {
		if n := path[i-1]; reach[n] && !reach[path[i]] && len(n.Succs) > 1 {
			st.Turn = taken(n, path[i:])
			return
		}
	}
}

// taken returns the case that the path takes if n is part of a select, else n.
func taken(n *Node, path []*Node) *Node {
	var sel ssa.Instruction
	if c, ok := n.Cond.(*ssa.BinOp); ok {
		if ex, ok := c.X.(*ssa.Extract); ok {
			sel, _ = ex.Tuple.(*ssa.Select)
		}
	}
	for _, m := range path {
		if sel != nil && m.Ev != nil && m.Ev.Arm && m.Ev.Instr == sel {
			return m
		}
	}
	return n
}
