package summary

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// equations returns what all stores in a field agree on.
func (f *aliasFinder) equations(v *types.Var) []place.Equation {
	if f.open[v] || !f.own(v) && !isCondLock(v) || slices.ContainsFunc(f.opened, func(t types.Type) bool { return types.Identical(t, v.Type()) }) {
		return nil
	}
	var out []place.Equation
	for i, s := range f.stores[v] {
		here := f.ofStore(v, s, 0)
		if i == 0 {
			out = here
			continue
		}
		out = intersect(out, here, func(a, b place.Equation) bool {
			return slices.Equal(a.Path, b.Path) && slices.Equal(a.Same, b.Same)
		})
	}
	return out
}

// ofStore returns the equations that hold after one store. If a function
// stores what it is given in what it is given, those that hold at all calls.
func (f *aliasFinder) ofStore(v *types.Var, s fieldStore, depth int) []place.Equation {
	if par, ok := s.owner.Root.V.(*ssa.Parameter); ok {
		if w, ok := f.tab.Resolve(s.val).(*ssa.Parameter); ok && w.Parent() == par.Parent() && depth < 2 {
			return f.atCalls(v, s, par, w, depth)
		}
	}
	base := s.owner
	for base.Parent != nil && base.Sel.Kind == place.Field {
		base = base.Parent
	}
	n := len(base.Sels())
	path := append(slices.Clone(s.owner.Sels()[n:]), place.Sel{Kind: place.Field, Var: v})
	if !s.owner.Exact() || slices.ContainsFunc(path, func(s place.Sel) bool { return f.copied[s.Var] }) {
		return nil
	}
	path = append(path, place.Sel{Kind: place.Deref})
	if s.elem {
		path = append(path, place.Sel{Kind: place.Any}, place.Sel{Kind: place.Deref})
	}
	var out []place.Equation
	steady := place.Aliases{Fixed: f.fixed}
	relate := func(path []place.Sel, q *place.Place) {
		if q != nil && q.Under(base) && len(q.Sels())-n < len(path) && steady.Steady(q, n) {
			out = append(out, place.Equation{Path: path, Same: q.Sels()[n:]})
		}
	}
	if !s.elem {
		relate(path, f.tab.Of(s.val))
	}
	for field, q := range f.parts(s.val) {
		relate(append(slices.Clone(path), place.Sel{Kind: place.Field, Var: field}, place.Sel{Kind: place.Deref}), q)
	}
	return out
}

// atCalls returns the equations that a store of one parameter in another means
// at all calls of the function.
func (f *aliasFinder) atCalls(v *types.Var, s fieldStore, owner, val *ssa.Parameter, depth int) []place.Equation {
	fn := owner.Parent()
	obj := fn.Object()
	if obj == nil || f.asked[fn] || f.dyn[obj.Name()] && fn.Signature.Recv() != nil || obj.Exported() && obj.Pkg().Name() != "main" || len(f.calls[fn]) == 0 {
		return nil
	}
	i, j := slices.Index(fn.Params, owner), slices.Index(fn.Params, val)
	var out []place.Equation
	for k, call := range f.calls[fn] {
		at := fieldStore{s.owner.Rebase(f.tab.Of(call.Call.Args[i])), call.Call.Args[j], s.elem}
		var here []place.Equation
		if at.owner != nil {
			here = f.ofStore(v, at, depth+1)
		}
		if k == 0 {
			out = here
			continue
		}
		out = intersect(out, here, func(a, b place.Equation) bool {
			return slices.Equal(a.Path, b.Path) && slices.Equal(a.Same, b.Same)
		})
	}
	return out
}

// parts returns where the fixed fields of an object lead that is just made.
func (f *aliasFinder) parts(v ssa.Value) map[*types.Var]*place.Place {
	v = f.tab.Resolve(v)
	call, isCall := v.(*ssa.Call)
	if isCall {
		if obj := skeleton.Object(&call.Call); obj != nil {
			if m, ok := models.Lookup(obj); ok && m.Kind == models.CondNew {
				return f.condLock(call, m.Locker)
			}
		}
	}
	made, ok := v.(*ssa.Alloc)
	if isCall {
		made = f.tab.Made(call)
		ok = made != nil
	}
	if !ok {
		return nil
	}
	st, ok := structOf(referent(made.Type()))
	if !ok {
		return nil
	}
	out := map[*types.Var]*place.Place{}
	for field := range st.Fields() {
		field = field.Origin()
		if !canRefer(field.Type()) || !f.fixed(field) {
			continue
		}
		w := place.InitialValue(made, field)
		switch {
		case w == nil:
		case isCall:
			out[field] = f.tab.InCall(call, f.tab.Of(w))
		default:
			out[field] = f.tab.Of(w)
		}
	}
	return out
}

// condLock is parts for sync.NewCond.
func (f *aliasFinder) condLock(call *ssa.Call, locker int) map[*types.Var]*place.Place {
	st, ok := structOf(referent(call.Type()))
	l := fieldNamed(st, "L")
	if !ok || l == nil || !f.fixed(l) || locker >= len(call.Call.Args) {
		return nil
	}
	return map[*types.Var]*place.Place{l: f.tab.Of(call.Call.Args[locker])}
}
