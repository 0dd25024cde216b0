package census

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
	"github.com/concvet/concvet/analyzers/internal/summary"
)

// call adds the flow of one call, also a deferred one or a go statement.
func (g *graph) call(ci ssa.CallInstruction) {
	c := ci.Common()
	if bi, ok := c.Value.(*ssa.Builtin); ok {
		g.builtin(ci, bi.Name())
		return
	}
	if fn, args := g.p.Resolve(c); fn != nil {
		g.bind(ci, fn, args)
		return
	}
	args := c.Args
	if c.IsInvoke() {
		args = append([]ssa.Value{c.Value}, args...)
	}
	obj := skeleton.Object(c)
	if obj != nil {
		if m, ok := models.Lookup(obj); ok {
			g.modelled(ci, m, args)
			return
		}
	}
	for i, a := range args {
		if n := g.of(a); n != nil && (c.IsInvoke() || !g.imported(ci, obj, a, i)) {
			g.give(n, a.Type())
		}
	}
	g.unknownResults(ci)
}

// bind is a call of a function of the package.
func (g *graph) bind(ci ssa.CallInstruction, fn *ssa.Function, args []ssa.Value) {
	for i, a := range args {
		n := g.of(a)
		switch {
		case n == nil:
		case i < len(fn.Params) && g.of(fn.Params[i]) != nil:
			g.copies(n, g.of(fn.Params[i]))
		default:
			g.give(n, a.Type()) // a type parameter
		}
	}
	call, ok := ci.(*ssa.Call)
	if !ok {
		return
	}
	for i := range fn.Signature.Results().Len() {
		if !g.flows(fn.Signature.Results().At(i).Type()) {
			if n := g.resultOf(call, i); n != nil {
				n.open = true
			}
			continue
		}
		g.copies(g.result(fn, i), g.resultOf(call, i))
	}
}

// resultOf returns the node of result i of a call, nil if objects do not flow
// through it.
func (g *graph) resultOf(call *ssa.Call, i int) *node {
	tup, ok := call.Type().(*types.Tuple)
	switch {
	case !ok && i == 0:
		return g.of(call)
	case ok && i < tup.Len() && g.flows(tup.At(i).Type()):
		return g.tuple(call, i)
	}
	return nil
}

func (g *graph) unknownResults(ci ssa.CallInstruction, but ...int) {
	call, ok := ci.(*ssa.Call)
	if !ok {
		return
	}
	for i := range call.Call.Signature().Results().Len() {
		if n := g.resultOf(call, i); n != nil && (len(but) == 0 || but[0] != i) {
			n.find().open = true
		}
	}
}

// modelled is a call into the standard library or x/sync.
func (g *graph) modelled(ci ssa.CallInstruction, m models.Model, args []ssa.Value) {
	for i, a := range args {
		n := g.of(a)
		if n == nil {
			continue
		}
		switch {
		case m.Kind == models.SigNotify && i == m.Obj:
			n.find().out |= MaySend
		case i == m.Obj && primitive(m.Kind), i == m.Func && runs(m.Kind):
		default:
			g.give(n, a.Type())
		}
	}
	call, ok := ci.(*ssa.Call)
	if !ok {
		return
	}
	switch m.Kind {
	case models.CtxMake:
		g.context(call, m, args)
	case models.CtxDone:
		if n := g.resultOf(call, 0); n != nil {
			g.doneOf(args[0], n)
		}
	case models.CondNew:
		if n := g.resultOf(call, 0); n != nil {
			g.object(n, &Object{Sort: Cond, Class: place.Class{Obj: call}, Fn: call.Parent(), Make: call, Cap: NotConst})
		}
	default:
		g.unknownResults(ci)
	}
}

// primitive reports whether a kind of operation is on a WaitGroup or Cond, and
// all that it does to it.
func primitive(k models.Kind) bool {
	switch k {
	case models.WGAdd, models.WGDone, models.WGWait, models.WGGo, models.CondWait, models.CondSignal, models.CondBroadcast:
		return true
	}
	return false
}

// runs reports whether a kind of operation runs its function and keeps it for
// nothing else.
func runs(k models.Kind) bool {
	switch k {
	case models.Spawn, models.WGGo, models.OnceDo, models.AfterFunc, models.Call, models.Cleanup, models.RunTest, models.Bubble:
		return true
	}
	return false
}

func (g *graph) builtin(ci ssa.CallInstruction, name string) {
	args := ci.Common().Args
	switch name {
	case "append":
		call, ok := ci.(*ssa.Call)
		if !ok {
			return
		}
		if n := g.of(call); n != nil {
			for _, a := range args {
				g.copies(g.of(a), n)
			}
		}
	case "copy":
		if a, b := g.of(args[0]), g.of(args[1]); a != nil && b != nil {
			g.share(a, b)
		}
	case "min", "max", "close", "len", "cap", "delete", "clear", "print", "println", "panic", "recover":
	default:
		for _, a := range args {
			g.give(g.of(a), a.Type())
		}
		g.unknownResults(ci)
	}
}

// imported notes what a function of another package does with an argument. It
// reports whether that is all known.
func (g *graph) imported(ci ssa.CallInstruction, obj *types.Func, a ssa.Value, i int) bool {
	po := g.p.ParamOps(obj, i)
	if po == nil || !po.Complete {
		return false
	}
	for _, op := range po.Ops {
		g.remote[ci] = append(g.remote[ci], remoteOp{a, op})
	}
	return true
}

// called reports whether fn may be called by code that is not seen, or with
// arguments that are not.
func (g *graph) called(fn *ssa.Function) bool {
	calls, all := g.p.Callers(fn)
	if !all || fn.Parent() == nil && g.unseen.function(fn.Name()) {
		return true
	}
	return slices.ContainsFunc(calls, func(c summary.Call) bool {
		return c.Ev.Kind != skeleton.CallFn && c.Ev.Kind != models.Spawn
	})
}

// unbound opens what code that is not seen can pass or get: parameters and
// results of functions that it can call, and variables captured by literals that
// are made nowhere.
func (g *graph) unbound(all []*ssa.Function) {
	for _, fn := range all {
		if g.called(fn) {
			for _, par := range fn.Params {
				if n := g.of(par); n != nil {
					n.find().open = true
				}
			}
			for i := range fn.Signature.Results().Len() {
				t := fn.Signature.Results().At(i).Type()
				if g.flows(t) {
					g.give(g.result(fn, i), t)
				}
			}
		}
		for _, fv := range fn.FreeVars {
			if n := g.of(fv); n != nil && place.Binding(fv) == nil {
				n.find().open = true
			}
		}
	}
}
