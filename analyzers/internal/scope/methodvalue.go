package scope

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// methodValues turns calls of func values that are methods of modelled types,
// such as the wg.Done that a worker is given, into the operations they are.
func (s *Scope) methodValues() {
	for _, n := range s.Nodes {
		if n.Ev == nil || n.Ev.Kind != skeleton.CallFn || n.inner != nil || n.Frame == nil || n.Ev.Callee.Value == nil {
			continue
		}
		v, f := s.Resolve(n.Ev.Callee.Value, n.Frame)
		mc, ok := v.(*ssa.MakeClosure)
		if !ok || f == nil {
			continue
		}
		if m, ok := modelOfBound(mc); ok && m.Obj == 0 && m.Func < 0 && m.Delta < 0 {
			e := *n.Ev
			e.Kind, e.Effect, e.Callee = m.Kind, m.Effect, skeleton.Callee{Call: n.Ev.Callee.Call}
			e.Val = mc.Bindings[0]
			n.Ev, n.Obj = &e, s.Place(s.Pkg.Places.Of(e.Val), f)
		}
	}
}

// modelOfBound returns the model of the method that mc binds to its receiver,
// if mc is a method value.
func modelOfBound(mc *ssa.MakeClosure) (models.Model, bool) {
	fn := mc.Fn.(*ssa.Function)
	obj, ok := fn.Object().(*types.Func)
	if fn.Synthetic == "" || !ok || len(mc.Bindings) != 1 || obj.Signature().Recv() == nil ||
		!types.Identical(obj.Signature().Recv().Type(), mc.Bindings[0].Type()) {
		return models.Model{}, false // a literal, or a method promoted from an embedded field
	}
	return models.Lookup(obj)
}

// A bound is a method value of a WaitGroup, whose calls are to be found.
type bound struct {
	cs   *Censuses
	c    *Census
	kind models.Kind
	recv ssa.Value
	at   *place.Place
	seen map[ssa.Value]bool
}

// methodValue adds the calls of a method value of v to the census of v. It
// reports whether these are all.
func (cs *Censuses) methodValue(c *Census, v ssa.Value, mc *ssa.MakeClosure) bool {
	m, ok := modelOfBound(mc)
	if !ok || m.Kind != models.WGDone && m.Kind != models.WGWait {
		return false
	}
	b := bound{cs, c, m.Kind, v, cs.p.Places.Of(v), map[ssa.Value]bool{}}
	return b.follow(mc)
}

// promoted notes a method value of a type that embeds a WaitGroup: the WaitGroup
// that it is about is not told apart from others that are embedded.
func (cs *Censuses) promoted(instr ssa.Instruction) {
	mc, ok := instr.(*ssa.MakeClosure)
	if !ok || mc.Fn.(*ssa.Function).Synthetic == "" || len(mc.Bindings) != 1 || isWaitGroup(mc.Bindings[0].Type()) {
		return
	}
	obj, ok := mc.Fn.(*ssa.Function).Object().(*types.Func)
	if !ok || obj.Signature().Recv() == nil || !isWaitGroup(obj.Signature().Recv().Type()) {
		return
	}
	for _, c := range cs.classes {
		if v, ok := c.Obj.(*types.Var); ok && v.Embedded() {
			cs.byClass[c].Open = true
		}
	}
}

// follow looks at the uses of a value that may be the method value.
func (b *bound) follow(v ssa.Value) bool {
	if b.seen[v] {
		return true
	}
	b.seen[v] = true
	for _, r := range *v.Referrers() {
		if !b.use(v, r) {
			return false
		}
	}
	return true
}

func (b *bound) use(v ssa.Value, r ssa.Instruction) bool {
	switch r := r.(type) {
	case *ssa.DebugRef, *ssa.BinOp:
		return true
	case *ssa.UnOp:
		return b.follow(r)
	case *ssa.Store:
		cell, ok := r.Addr.(*ssa.Alloc)
		return ok && b.cs.keeps(cell, v) && b.follow(cell)
	case *ssa.MakeClosure:
		for i, x := range r.Bindings {
			if x == v && !b.follow(r.Fn.(*ssa.Function).FreeVars[i]) {
				return false
			}
		}
		return true
	case ssa.CallInstruction:
		return b.call(v, r)
	}
	return false
}

// call notes that v is called, or follows it into a function of the package.
func (b *bound) call(v ssa.Value, ci ssa.CallInstruction) bool {
	common := ci.Common()
	if common.Value == v && !b.c.lists(ci) {
		b.c.Ops = append(b.c.Ops, Op{ci.Parent(), &skeleton.Event{Kind: b.kind, Instr: ci, Val: b.recv, Obj: b.at}})
	}
	t := skeleton.FuncOf(b.cs.p.Places, common.Value)
	for i, a := range common.Args {
		k := i + len(t.Args)
		if a == v && (t.Fn == nil || common.IsInvoke() || k >= len(t.Fn.Params) || t.Fn.Blocks == nil || !b.follow(t.Fn.Params[k])) {
			return false
		}
	}
	return true
}
