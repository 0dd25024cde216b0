package scope

import (
	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
)

// maxUpdates bounds the stores of one scope whose order is asked for.
const maxUpdates = 40

// LostUpdates returns, as conflicts, the atomic stores of a value that is
// computed from an earlier load of the same variable, or of the same entry of a
// sync.Map, between which another goroutine can store: At is the store, Load the
// load, Other what is lost or loses. Operations on the variable itself order
// nothing here: that they are atomic is why it looks right.
func (p *Package) LostUpdates() []*Conflict {
	var out []*Conflict
	for _, s := range p.all() {
		asked := 0
		for _, st := range s.Nodes {
			if asked >= maxUpdates || st.Ev == nil || !isStore(st.Ev.Kind) || st.Obj == nil || !s.stable(st.Obj) {
				continue
			}
			load := s.source(st)
			if load == nil {
				continue
			}
			asked++
			if w := s.intruder(load, st); w != nil {
				c := &Conflict{Scope: s, At: st, Other: w, Write: st, Load: load}
				if !p.refuted(c) {
					out = append(out, c)
				}
			}
		}
	}
	return out
}

func isStore(k models.Kind) bool { return k == models.AtomicStore || k == models.MapStore }

// changes reports whether operations of kind k change an atomic variable or an
// entry of a sync.Map.
func changes(k models.Kind) bool {
	switch k {
	case models.AtomicStore, models.AtomicRMW, models.AtomicCAS, models.MapStore, models.MapRMW:
		return true
	}
	return false
}

// source returns the load, in the function of the store at st, that the stored
// value is computed from: of the same variable or entry.
func (s *Scope) source(st *Node) *Node {
	call, ok := st.Ev.Instr.(*ssa.Call)
	if !ok || len(call.Call.Args) < 2 || st.Frame == nil {
		return nil
	}
	if st.Ev.Kind == models.MapStore && entry(st) == nil {
		return nil
	}
	g := origins{seen: map[ssa.Value]bool{}}
	g.value(call.Call.Args[len(call.Call.Args)-1], 0)
	for _, from := range g.calls {
		for _, n := range s.Nodes {
			if n.Frame == st.Frame && n.Ev != nil && n.Ev.Instr == ssa.Instruction(from) && n.Obj == st.Obj &&
				(n.Ev.Kind == models.AtomicLoad || n.Ev.Kind == models.MapLoad) && sameEntry(n, st) {
				return n
			}
		}
	}
	return nil
}

// entry returns the constant key of an operation on a sync.Map, nil if it has
// none.
func entry(n *Node) *ssa.Const {
	call, ok := n.Ev.Instr.(*ssa.Call)
	if !ok || len(call.Call.Args) < 2 {
		return nil
	}
	v := call.Call.Args[1]
	if m, ok := v.(*ssa.MakeInterface); ok {
		v = m.X
	}
	c, _ := v.(*ssa.Const)
	return c
}

// sameEntry reports whether two operations on one object are about one
// variable: an atomic, or the same entry of a sync.Map.
func sameEntry(a, b *Node) bool {
	if family(a.Ev.Kind) != famMap {
		return family(b.Ev.Kind) != famMap
	}
	x, y := entry(a), entry(b)
	return x != nil && y != nil && x.Value != nil && y.Value != nil && x.Value.ExactString() == y.Value.ExactString()
}

// intruder returns an operation of another goroutine that can change the
// variable between the load and the store: nothing but operations on the
// variable itself orders them, and no lock keeps them apart. The store of
// another goroutine of its own kind is preferred.
func (s *Scope) intruder(load, st *Node) *Node {
	free := func(w *Node) bool {
		return !s.Protected(s.Held(load), s.Held(w)) && !s.Protected(s.Held(st), s.Held(w)) &&
			!s.elected(w, st) && !s.apart(w, st) && !s.orderedBut(w, st)
	}
	if !s.single(st.Thread) && free(st) {
		return st
	}
	for _, w := range s.Nodes {
		if w.Ev != nil && w.Thread != st.Thread && w.Obj == st.Obj && changes(w.Ev.Kind) && sameEntry(w, st) &&
			free(w) && !s.orderedBut(w, load) {
			return w
		}
	}
	return nil
}

// orderedBut is [Scope.Ordered] for two operations on one variable, as if such
// operations ordered nothing.
func (s *Scope) orderedBut(a, b *Node) bool {
	if s.never(a, b) {
		return true
	}
	made := s.made(a.Obj)
	x, y := s.orderWithout(a, a.Obj), s.orderWithout(b, a.Obj)
	return x.before(a, b, made) || y.before(b, a, made) || x.conceivably(b) || y.conceivably(a)
}

// origins gathers the calls that a value is computed from.
type origins struct {
	seen  map[ssa.Value]bool
	calls []*ssa.Call
}

func (g *origins) value(v ssa.Value, depth int) {
	if v == nil || depth > 12 || len(g.seen) > 200 || g.seen[v] {
		return
	}
	g.seen[v] = true
	switch v := v.(type) {
	case *ssa.Call:
		g.calls = append(g.calls, v)
	case *ssa.MakeMap, *ssa.MakeSlice, *ssa.Alloc: // a changed copy
		g.filled(v, depth)
		return
	case *ssa.Function, *ssa.Global, *ssa.Parameter, *ssa.FreeVar, *ssa.Const, *ssa.MakeClosure:
		return
	}
	if instr, ok := v.(ssa.Instruction); ok {
		for _, op := range instr.Operands(nil) {
			g.value(*op, depth+1)
		}
	}
}

// filled follows what is put into a new object.
func (g *origins) filled(v ssa.Value, depth int) {
	for _, r := range *v.Referrers() {
		switch r := r.(type) {
		case *ssa.MapUpdate:
			g.value(r.Key, depth+1)
			g.value(r.Value, depth+1)
		case *ssa.Store:
			if r.Addr == v {
				g.value(r.Val, depth+1)
			}
		case *ssa.FieldAddr, *ssa.IndexAddr, *ssa.UnOp:
			g.filled(r.(ssa.Value), depth+1)
		case *ssa.Call:
			if bi, ok := r.Call.Value.(*ssa.Builtin); ok && bi.Name() == "copy" && len(r.Call.Args) == 2 {
				g.value(r.Call.Args[1], depth+1)
			}
		}
	}
}

// ordered reports whether something keeps a and b, the nodes of s that are the
// two sides of c, from running at once.
func (c *Conflict) ordered(s *Scope, a, b *Node) bool {
	if c.Load != nil {
		return s.orderedBut(a, b)
	}
	return s.Ordered(a, b, s.made(a.Obj))
}
