package summary

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// maxClosing bounds the calls that a receiver is followed through.
const maxClosing = 3

// closes returns the names of the fields of its receiver whose channels a method
// closes in every call that returns, so that a second call panics: nothing in it
// asks whether it has been called before, and no field is ever set anew.
func (p *Package) closes(fn *ssa.Function) (out []string) {
	if fn.Signature.Recv() == nil || len(fn.Params) == 0 {
		return nil
	}
	named, ok := types.Unalias(referent(fn.Params[0].Type())).(*types.Named)
	if !ok {
		return nil
	}
	st, ok := named.Underlying().(*types.Struct)
	if !ok {
		return nil
	}
	for f := range st.Fields() {
		if isChan(f.Type()) && p.surelyCloses(fn, f.Origin(), 0) && p.setOnce(named.Obj(), f) {
			out = append(out, f.Name())
		}
	}
	return out
}

// surelyCloses reports whether every return of fn comes after a close of the
// channel in field f of its first parameter, and no panic would be noticed by a
// deferred function.
func (p *Package) surelyCloses(fn *ssa.Function, f *types.Var, depth int) bool {
	sk := p.skeletons[fn]
	if sk == nil || p.mayRecover(fn) || depth > maxClosing || len(fn.Params) == 0 {
		return false
	}
	at := p.Places.Of(fn.Params[0])
	closes := func(n int) bool {
		ev := sk.Nodes[n].Ev
		switch {
		case ev == nil:
			return false
		case ev.Kind == models.Close:
			return ev.Obj != nil && ev.Obj == at.Field(f).Deref()
		case ev.Kind == skeleton.CallFn && ev.Callee.Fn != nil && len(ev.Callee.Args) > 0:
			return ev.Callee.Fn.Signature.Recv() != nil && p.Places.Of(ev.Callee.Args[0]) == at && p.surelyCloses(ev.Callee.Fn, f, depth+1)
		}
		return false
	}
	some := false
	for n := range sk.Nodes {
		some = some || closes(n)
	}
	return some && !sk.Reach(0, closes, nil)[sk.Exit]
}

// mayRecover reports whether a deferred function of fn may stop a panic.
func (p *Package) mayRecover(fn *ssa.Function) bool {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			d, ok := instr.(*ssa.Defer)
			if !ok {
				continue
			}
			if _, builtin := d.Call.Value.(*ssa.Builtin); builtin {
				continue
			}
			if obj := skeleton.Object(&d.Call); obj != nil && obj.Pkg() != nil && models.IsStd(obj.Pkg().Path()) {
				continue
			}
			if lit := skeleton.FuncOf(p.Places, d.Call.Value).Fn; lit == nil || lit.Blocks == nil || skeleton.CallsRecover(lit) {
				return true
			}
		}
	}
	return false
}

// setOnce reports whether field f of a type is set nowhere but where its struct
// is made.
func (p *Package) setOnce(of *types.TypeName, f *types.Var) bool {
	uses := p.fieldUses(of)
	if p.selected += len(uses); p.selected > maxSelected || f.Exported() {
		return false
	}
	for _, instr := range uses {
		fa, ok := instr.(*ssa.FieldAddr)
		if !ok || referent(fa.X.Type()).Underlying().(*types.Struct).Field(fa.Field).Origin() != f.Origin() {
			continue
		}
		for _, r := range *fa.Referrers() {
			switch r := r.(type) {
			case *ssa.UnOp, *ssa.DebugRef:
			case *ssa.Store:
				a, fresh := p.Places.Resolve(fa.X).(*ssa.Alloc)
				if r.Addr != fa || !fresh || a.Parent() != fa.Parent() {
					return false
				}
			default:
				return false
			}
		}
	}
	return true
}

// Closes returns the fields of its receiver whose channels a method of another
// package closes, whenever it returns.
func (p *Package) Closes(obj *types.Func) (out []*types.Var) {
	if obj == nil || obj.Pkg() == nil || obj.Pkg() == p.Pass.Pkg || models.IsStd(obj.Pkg().Path()) || obj.Signature().Recv() == nil {
		return nil
	}
	var fact Ops
	if !p.Pass.ImportObjectFact(obj.Origin(), &fact) || len(fact.Closes) == 0 {
		return nil
	}
	st, ok := referent(obj.Signature().Recv().Type()).Underlying().(*types.Struct)
	if !ok {
		return nil
	}
	for f := range st.Fields() {
		if slices.Contains(fact.Closes, f.Name()) {
			out = append(out, f.Origin())
		}
	}
	return out
}
