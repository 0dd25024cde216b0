package summary

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// Terms is the fact that says what a function expects of its callers.
type Terms struct {
	Obeys  []uint8 // the parameters that are contexts whose end cuts its work short
	Duties []Duty
	Open   []uint8 // the results that are channels which nobody closes
}

// AFact marks Terms as a fact.
func (*Terms) AFact() {}

// empty reports whether there is nothing to say.
func (t *Terms) empty() bool { return len(t.Obeys) == 0 && len(t.Duties) == 0 && len(t.Open) == 0 }

// exportTerms exports the Terms of the functions that other packages can call.
func (p *Package) exportTerms() {
	for _, fn := range p.Funcs {
		obj, ok := fn.Object().(*types.Func)
		if !ok || !obj.Exported() || p.skeletons[fn] == nil {
			continue
		}
		t := Terms{Duties: p.passedOn(fn, 0), Open: p.openResults(fn)}
		for i, par := range fn.Params {
			if i < 256 && isContext(par.Type()) && p.obeys(fn, i, 0) {
				t.Obeys = append(t.Obeys, uint8(i))
			}
		}
		if !t.empty() {
			p.Pass.ExportObjectFact(obj, &t)
		}
	}
}

// terms returns the Terms of a function of another package.
func (p *Package) terms(obj *types.Func) *Terms {
	var t Terms
	if obj == nil || obj.Pkg() == nil || obj.Pkg() == p.Pass.Pkg || ofStd(obj.Pkg().Path()) || !p.Pass.ImportObjectFact(obj.Origin(), &t) {
		return nil
	}
	return &t
}

// isContext reports whether t is context.Context.
func isContext(t types.Type) bool {
	n, ok := types.Unalias(t).(*types.Named)
	return ok && n.Obj().Name() == "Context" && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() == "context"
}

// Obeys reports whether the operation ev ends early, or not at all begins, if
// the context ctx is cancelled: it waits for that, derives another context to
// work with, or hands it to a function that does, or that does I/O or may wait.
// Of a method of an interface that is taken for granted if it returns an error.
func (p *Package) Obeys(ev *skeleton.Event, ctx ssa.Value) bool { return p.obeysAt(ev, ctx, 0) }

func (p *Package) obeysAt(ev *skeleton.Event, ctx ssa.Value, depth int) bool {
	if sel, ok := ev.Instr.(*ssa.Select); ok && !sel.Blocking {
		return false // it asks, and does not wait
	}
	switch ev.Kind {
	case models.Recv, models.GroupMake:
		return p.same(ev.Val, ctx)
	case models.CtxMake: // with a value: nothing to cut short
		return ev.Val != nil && cancellable(ev) && p.same(ev.Val, ctx)
	case models.CtxErr:
		obj := skeleton.Object(ev.Callee.Call)
		return obj != nil && obj.Name() == "Err" && p.same(ev.Val, ctx)
	case models.SemAcquire:
		return p.passes(ev, ctx) >= 0
	case models.Select:
		return slices.ContainsFunc(ev.Instr.(*ssa.Select).States, func(st *ssa.SelectState) bool { return p.same(st.Chan, ctx) })
	}
	i := p.passes(ev, ctx)
	if i < 0 || ev.Kind != skeleton.CallFn {
		return false
	}
	if fn := ev.Callee.Fn; fn != nil && p.skeletons[fn] != nil {
		return p.obeys(fn, i, depth+1)
	}
	call := ev.Callee.Call
	obj := skeleton.Object(call)
	switch {
	case obj == nil:
		return false
	case obj.Pkg() != nil && ofStd(obj.Pkg().Path()):
		_, known := models.Lookup(obj)
		return known && ev.Effect&models.MayBlock != 0 || keepsContext(obj)
	case call.IsInvoke():
		return returnsError(obj.Signature())
	}
	t := p.terms(obj)
	return t != nil && slices.Contains(t.Obeys, uint8(i))
}

// cancellable reports whether what a call makes of a context has a cancel
// function of its own.
func cancellable(ev *skeleton.Event) bool {
	call, ok := ev.Instr.(*ssa.Call)
	if !ok {
		return false
	}
	_, ok = call.Type().(*types.Tuple)
	return ok
}

// same reports whether v is the context ctx or its Done channel.
func (p *Package) same(v, ctx ssa.Value) bool {
	v = p.Places.Current(v)
	if c, ok := v.(*ssa.Call); ok && c.Call.IsInvoke() && c.Call.Method.Name() == "Done" && isContext(c.Call.Value.Type()) {
		v = p.Places.Current(c.Call.Value)
	}
	return v == ctx
}

// passes returns the index of the argument that is ctx, -1 if none is.
func (p *Package) passes(ev *skeleton.Event, ctx ssa.Value) int {
	return slices.IndexFunc(ev.Callee.Args, func(a ssa.Value) bool {
		return isContext(a.Type()) && p.Places.Current(a) == ctx
	})
}

// maxObeyed bounds the calls that a context is followed through.
const maxObeyed = 4

// obeys reports whether fn obeys its parameter i.
func (p *Package) obeys(fn *ssa.Function, i, depth int) bool {
	sk := p.skeletons[fn]
	if sk == nil || depth > maxObeyed || i >= len(fn.Params) {
		return false
	}
	for n := range sk.Nodes {
		if ev := sk.Nodes[n].Ev; ev != nil && p.obeysAt(ev, fn.Params[i], depth) {
			return true
		}
	}
	return false
}

// keepsContext reports whether a function of the standard library makes a
// request that its context cuts short.
func keepsContext(obj *types.Func) bool {
	switch obj.Pkg().Path() {
	case "net/http":
		return obj.Name() == "NewRequestWithContext" || obj.Name() == "WithContext" || obj.Name() == "Clone"
	case "os/exec":
		return obj.Name() == "CommandContext"
	}
	return false
}

// returnsError reports whether the last result is an error.
func returnsError(sig *types.Signature) bool {
	n := sig.Results().Len()
	return n > 0 && skeleton.IsError(sig.Results().At(n-1).Type())
}
