package explore

import (
	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/scope"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// cancelled reports whether a context is cancelled by nothing but its cancel
// function, and all calls of that are in the scope: it is derived from
// Background, without a deadline.
func (o *owner) cancelled(ctx *ssa.Extract) bool {
	call, ok := ctx.Tuple.(*ssa.Call)
	if !ok || ctx.Index != 0 {
		return false
	}
	m, ok := modelOf(call)
	if !ok || m.Kind != models.CtxMake || m.Delta >= 0 || m.Obj < 0 || m.Obj >= len(call.Call.Args) || call.Call.Signature().Results().Len() != 2 {
		return false
	}
	parent, ok := o.s.Pkg.Places.Resolve(call.Call.Args[m.Obj]).(*ssa.Call)
	if !ok {
		return false
	}
	if pm, ok := modelOf(parent); !ok || pm.Kind != models.CtxMake || pm.Obj >= 0 {
		return false
	}
	cancel := part(call, 1)
	if cancel == nil {
		return true
	}
	e := &escape{owner: o, seen: map[string]bool{}, cancel: true}
	return !e.value(cancel, nil)
}

func modelOf(call *ssa.Call) (models.Model, bool) {
	f := skeleton.Object(call.Common())
	if f == nil {
		return models.Model{}, false
	}
	return models.Lookup(f)
}

// part returns result i of a call, nil if it is not used.
func part(call *ssa.Call, i int) *ssa.Extract {
	for _, r := range *call.Referrers() {
		if x, ok := r.(*ssa.Extract); ok && x.Index == i {
			return x
		}
	}
	return nil
}

// findCancels notes the calls of cancel functions of known contexts.
func (o *objects) findCancels(s *scope.Scope) {
	for _, n := range s.Nodes {
		if n.Ev == nil || n.Ev.Kind != skeleton.CallFn || n.Ev.Callee.Value == nil || n.Frame == nil || n.Inlined() != nil {
			continue
		}
		v, f := s.Resolve(n.Ev.Callee.Value, n.Frame)
		x, ok := v.(*ssa.Extract)
		if !ok || x.Index != 1 || f == nil {
			continue
		}
		call, ok := x.Tuple.(*ssa.Call)
		if !ok {
			continue
		}
		if m, ok := modelOf(call); !ok || m.Kind != models.CtxMake {
			continue
		}
		ctx := part(call, 0)
		if ctx == nil {
			continue
		}
		p := s.Place(s.Pkg.Places.Of(ctx), f).Select(place.Sel{Kind: place.Done})
		if i, known := o.number[o.own.object(p)]; known && i >= 0 {
			o.at[n] = i
		}
	}
}
