package summary

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// A Call is a place where a function of the package is called, or started, by
// name.
type Call struct {
	In   *ssa.Function
	Node int // of the skeleton of In
	Ev   *skeleton.Event
}

// Starts reports whether the call runs the function in a goroutine of its own.
func (c *Call) Starts() bool { return startsGoroutine(c.Ev) }

// Callers returns the calls that name fn; all reports whether nothing else calls
// it: no other package, no interface and no func value. Of package main nothing
// is called by its importers, but what a type passed on as an interface has for
// methods may be.
func (p *Package) Callers(fn *ssa.Function) (calls []Call, all bool) {
	for _, s := range p.dispatch.sites[fn] {
		calls = append(calls, Call{s.in, s.node, s.ev})
	}
	if _, only := p.sites[fn]; only {
		return calls, true
	}
	if p.Pass.Pkg.Name() != "main" || p.uses == nil || p.uses.values[fn] || len(calls) == 0 {
		return calls, false
	}
	obj := fn.Object()
	if obj == nil || !obj.Exported() {
		return calls, false
	}
	recv := fn.Signature.Recv()
	return calls, recv == nil || !p.uses.invoked[obj.Name()] && !p.uses.boxed[baseType(recv.Type())]
}

// baseType returns the name of the type that t is or points to, nil if it has
// none.
func baseType(t types.Type) *types.TypeName {
	if n, ok := types.Unalias(referent(t)).(*types.Named); ok {
		return n.Origin().Obj()
	}
	return nil
}

// Resolve returns the function of the package that a call runs, with its
// arguments, the receiver first; fn is nil if it is not known, or has no body
// here.
func (p *Package) Resolve(c *ssa.CallCommon) (fn *ssa.Function, args []ssa.Value) {
	fn, args = p.resolve(&skeleton.Event{Kind: skeleton.CallFn, Callee: skeleton.CalleeOf(p.Places, c)})
	if fn == nil || p.skeletons[fn] == nil {
		return nil, nil
	}
	return fn, args
}

// InCallee returns how the function called at c names what its caller calls q,
// nil if it cannot.
func (p *Package) InCallee(c Call, q *place.Place) *place.Place {
	fn := c.Ev.Callee.Fn
	if fn == nil {
		return nil
	}
	return p.inCallee(fn, callSite{c.In, c.Node, c.Ev}, q)
}
