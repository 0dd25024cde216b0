package summary

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// A Reuse is a use of a value that its function has given back to a Pool.
type Reuse struct {
	Fn   *ssa.Function
	Put  int // node of the Put
	Use  int // node of the use: an access, a call that gets it, another Put, or its return
	Part bool
}

// Reuses returns the uses of values of fn that follow a Put of the same value,
// one for each Put.
func (p *Package) Reuses(fn *ssa.Function) []Reuse {
	sk := p.skeletons[fn]
	if sk == nil {
		return nil
	}
	var out []Reuse
	done := map[ssa.Instruction]bool{}
	for n := range sk.Nodes {
		ev := sk.Nodes[n].Ev
		if ev == nil || ev.Kind != models.PoolPut || done[ev.Instr] || len(ev.Callee.Args) < 2 {
			continue
		}
		u := p.pooled(sk, ev.Callee.Args[1])
		if u == nil {
			continue
		}
		reached := sk.Reach(n, u.renews, nil)
		for m := range sk.Nodes {
			if !reached[m] || u.renews(m) {
				continue
			}
			if used, part := u.uses(m, ev); used {
				done[ev.Instr] = true
				out = append(out, Reuse{fn, n, m, part})
				break
			}
		}
	}
	return out
}

// A pooled is a value that is put into a Pool.
type pooled struct {
	p     *Package
	sk    *skeleton.Func
	v     ssa.Value
	at    *place.Place
	parts []ssa.Value // slices of the bytes of a Buffer
}

// pooled returns what is known of the argument arg of a Put, nil if it is not
// one object that stays the same between two places of the function.
func (p *Package) pooled(sk *skeleton.Func, arg ssa.Value) *pooled {
	if mi, ok := arg.(*ssa.MakeInterface); ok {
		arg = mi.X
	}
	switch arg.Type().Underlying().(type) {
	case *types.Pointer, *types.Slice, *types.Map:
	default:
		return nil
	}
	v := p.Places.Resolve(arg)
	switch v.(type) {
	case *ssa.Const, *ssa.Phi, *ssa.Global:
		return nil
	}
	at := p.Places.Of(v)
	if at == nil || !at.Exact() {
		return nil
	}
	u := &pooled{p: p, sk: sk, v: v, at: at}
	for n := range sk.Nodes {
		ev := sk.Nodes[n].Ev
		if ev == nil {
			continue
		}
		if c, ok := ev.Instr.(*ssa.Call); ok && bytesOf(&c.Call) && p.Places.Resolve(c.Call.Args[0]) == v {
			u.parts = append(u.parts, c)
		}
	}
	return u
}

// bytesOf reports whether a call returns the memory of its receiver.
func bytesOf(c *ssa.CallCommon) bool {
	obj := skeleton.Object(c)
	if obj == nil || obj.Pkg() == nil || obj.Pkg().Path() != "bytes" || obj.Signature().Recv() == nil || c.IsInvoke() {
		return false
	}
	return obj.Name() == "Bytes" || obj.Name() == "AvailableBuffer"
}

// renews reports whether what the value's name stands for may be another object
// behind node n: it is made there, or a variable on the way to it is set.
func (u *pooled) renews(n int) bool {
	ev := u.sk.Nodes[n].Ev
	if b := u.sk.Nodes[n].Block; ev == nil {
		return b != nil && b == makerBlock(u.v) && u.sk.First[b] == n
	}
	if v, ok := ev.Instr.(ssa.Value); ok && (v == u.v || definedFrom(u.v, v)) {
		return true
	}
	if _, loaded := u.v.(*ssa.UnOp); loaded && ev.Kind == skeleton.CallFn && ev.Callee.Fn != nil {
		return true // it may set the field
	}
	return ev.Kind == skeleton.Write && ev.Obj != nil && u.at != ev.Obj && u.at.Under(ev.Obj)
}

// makerBlock returns the block that makes v, nil for a parameter.
func makerBlock(v ssa.Value) *ssa.BasicBlock {
	if i, ok := v.(ssa.Instruction); ok {
		return i.Block()
	}
	return nil
}

// definedFrom reports whether v is taken out of the result from: asserted.
func definedFrom(v, from ssa.Value) bool {
	for range 4 {
		switch x := v.(type) {
		case *ssa.TypeAssert:
			v = x.X
		case *ssa.Extract:
			v = x.Tuple
		default:
			return v == from
		}
		if v == from {
			return true
		}
	}
	return false
}

// uses reports whether node n uses the value behind the Put, or part of its
// memory.
func (u *pooled) uses(n int, put *skeleton.Event) (used, part bool) {
	ev := u.sk.Nodes[n].Ev
	if ev == nil || ev.Instr == put.Instr {
		return false, false
	}
	switch ev.Kind {
	case skeleton.Return:
		if ret, ok := ev.Instr.(*ssa.Return); ok {
			return u.among(ret.Results)
		}
		return false, false
	case skeleton.Read, skeleton.Write:
		return ev.Obj != nil && ev.Obj.Under(u.at) && !u.constant(ev.Obj), false
	case models.PoolPut:
		return ev.Obj == put.Obj && u.p.Places.Resolve(ev.Callee.Args[1]) == u.v && !ev.Maybe, false
	}
	if ev.Defer != nil {
		return false, false // its arguments were computed before
	}
	return u.among(ev.Callee.Args)
}

// constant reports whether q is in, or behind, a field of the value that is set
// nowhere but where the object is made: it does not matter who has the object.
func (u *pooled) constant(q *place.Place) bool {
	named, ok := types.Unalias(referent(u.v.Type())).(*types.Named)
	for q.Parent != nil && q.Parent != u.at {
		q = q.Parent
	}
	return ok && q.Parent == u.at && q.Sel.Kind == place.Field && u.p.setOnce(named.Obj(), q.Sel.Var)
}

// among reports whether one of vals is the value, or part of its memory.
func (u *pooled) among(vals []ssa.Value) (used, part bool) {
	for _, a := range vals {
		a = u.p.Places.Resolve(a)
		if a == u.v || u.p.Places.Of(a) == u.at && isPointer(a.Type()) {
			return true, false
		}
		for {
			s, ok := a.(*ssa.Slice)
			if !ok {
				break
			}
			a = u.p.Places.Resolve(s.X)
		}
		if slices.Contains(u.parts, a) || a == u.v || u.inner(a) {
			return true, true
		}
	}
	return false, false
}

// inner reports whether v is loaded from the object itself: the slice behind a
// pooled pointer.
func (u *pooled) inner(v ssa.Value) bool {
	load, ok := v.(*ssa.UnOp)
	if !ok || load.Op != token.MUL || u.p.Places.Resolve(load.X) != u.v {
		return false
	}
	_, ok = load.Type().Underlying().(*types.Slice)
	return ok
}

func isPointer(t types.Type) bool {
	_, ok := t.Underlying().(*types.Pointer)
	return ok
}
