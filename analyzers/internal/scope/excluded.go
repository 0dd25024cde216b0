package scope

import (
	"go/constant"
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// excluded reports whether a flag says that n, an access by one of two
// goroutines of which the go statement at spawn starts one, cannot run when
// both do: if !started { … } where started is set with the go statement.
func (s *Scope) excluded(n, spawn *Node) bool {
	if s.unstarted(spawn) {
		return true
	}
	for g := range guards(n) {
		flag, want := s.flag(g.Cond, g.f, g.holds)
		if flag == nil {
			continue
		}
		if v := s.flagAt(flag, spawn, g.f.First(g.Block())); v != nil && v.Kind() == constant.Bool && constant.BoolVal(v) != want {
			return true
		}
	}
	return false
}

// unstarted reports whether a go statement is the case of a switch on a variable
// that has another constant value by then.
func (s *Scope) unstarted(spawn *Node) bool {
	for g := range guards(spawn) {
		eq, ok := g.Cond.(*ssa.BinOp)
		if !ok || eq.Op != token.EQL || !g.holds {
			continue
		}
		load, isLoad := eq.X.(*ssa.UnOp)
		want, isConst := eq.Y.(*ssa.Const)
		if !isLoad || !isConst || want.Value == nil || load.Op != token.MUL {
			continue
		}
		at, q := g.f.First(load.Block()), s.Place(s.Pkg.Places.Of(load.X), g.f)
		if q == nil || at == nil {
			continue
		}
		if v, _ := s.flow(q, []*Node{spawn.Thread.Entry}, nil, at); v != nil && v.Kind() == want.Value.Kind() && !constant.Compare(v, token.EQL, want.Value) {
			return true
		}
	}
	return false
}

// flag returns the boolean variable, plain or atomic, that cond reads, and
// which value of it makes cond taken.
func (s *Scope) flag(cond ssa.Value, f *Frame, taken bool) (*place.Place, bool) {
	for {
		u, ok := cond.(*ssa.UnOp)
		switch {
		case ok && u.Op == token.NOT:
			cond, taken = u.X, !taken
			continue
		case ok && u.Op == token.MUL:
			return s.Place(s.Pkg.Places.Of(u.X), f), taken
		}
		call, ok := cond.(*ssa.Call)
		if !ok {
			return nil, false
		}
		obj := skeleton.Object(&call.Call)
		if obj == nil {
			return nil, false
		}
		m, ok := models.Lookup(obj)
		if !ok || m.Kind != models.AtomicLoad {
			return nil, false
		}
		return s.Place(s.Pkg.Places.Of(argument(&call.Call, m.Obj)), f), taken
	}
}

// flagAt returns the value that p has at node at whenever the go statement at
// spawn has run, nil if that is not one.
func (s *Scope) flagAt(p *place.Place, spawn, at *Node) constant.Value {
	first := spawn.Thread
	if at == nil || first.Parent != nil {
		return nil
	}
	var start constant.Value
	if _, ok := p.Root.V.(*ssa.Alloc); ok {
		start = constant.MakeBool(false)
	}
	start, ok := s.flow(p, []*Node{first.Entry}, start, spawn)
	if !ok {
		return nil
	}
	if at.Thread == first {
		v, _ := s.flow(p, spawn.Succs, start, at)
		return v
	}
	for _, n := range s.Nodes { // does somebody change it while at's goroutine runs?
		if _, w := assigned(n, p); w && (n.Thread != first || s.backward(n).has(spawn.ID)) {
			return nil
		}
	}
	return start
}

// flow returns the value of p at node at of one thread, on all paths from the
// given nodes, where it is start; nil if it is not one value. It is false if no
// path leads there.
func (s *Scope) flow(p *place.Place, from []*Node, start constant.Value, at *Node) (constant.Value, bool) {
	vals := map[*Node]constant.Value{}
	var work []*Node
	visit := func(n *Node, v constant.Value) {
		old, seen := vals[n]
		if seen && (old == nil || v != nil && constant.Compare(old, token.EQL, v)) {
			return
		}
		if seen {
			v = nil
		}
		vals[n] = v
		work = append(work, n)
	}
	for _, n := range from {
		visit(n, start)
	}
	for len(work) > 0 {
		n := work[len(work)-1]
		work = work[:len(work)-1]
		v := vals[n]
		if w, ok := assigned(n, p); ok {
			v = w
		}
		for _, m := range n.Succs {
			visit(m, v)
		}
	}
	v, ok := vals[at]
	return v, ok
}

// assigned reports whether n sets p, and to which boolean constant, nil if it
// is none.
func assigned(n *Node, p *place.Place) (constant.Value, bool) {
	if n.Ev == nil || n.Obj != p || !writes(n) {
		return nil, false
	}
	var v ssa.Value
	switch instr := n.Ev.Instr.(type) {
	case *ssa.Store:
		v = instr.Val
	case *ssa.Call:
		if n.Ev.Kind == models.AtomicStore && len(instr.Call.Args) > 0 {
			v = instr.Call.Args[len(instr.Call.Args)-1]
		}
	}
	c, ok := v.(*ssa.Const)
	if !ok {
		return nil, true
	}
	return c.Value, true
}

// apart reports whether flags keep a and b from running in one execution.
func (s *Scope) apart(a, b *Node) bool {
	for _, t := range []*Thread{a.Thread, b.Thread} {
		if t.Spawn != nil && (s.excluded(a, t.Spawn) || s.excluded(b, t.Spawn)) {
			return true
		}
	}
	return false
}
