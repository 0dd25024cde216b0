package summary

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// singles returns the fields that only ever hold pointers to objects which are
// made for them: no two of these fields hold one object, but two structs may hold
// it in the same field.
func (f *aliasFinder) singles() map[*types.Var]bool {
	out := map[*types.Var]bool{}
	for v, stores := range f.stores {
		if f.open[v] || !f.own(v) {
			continue
		}
		out[v] = true
		for _, s := range stores {
			out[v] = out[v] && !s.elem && f.madeFor(s.val)
		}
	}
	return out
}

// madeFor reports whether v is a new object, which is stored nowhere else by that
// name.
func (f *aliasFinder) madeFor(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.Alloc:
	case *ssa.Call:
		if made := f.tab.Made(v); made == nil || storesOf(made) > 0 {
			return false
		}
	default:
		return false
	}
	return storesOf(v) == 1
}

// storesOf counts the stores of v somewhere.
func storesOf(v ssa.Value) (n int) {
	for _, r := range *v.Referrers() {
		switch r := r.(type) {
		case *ssa.Store:
			if r.Val == v {
				n++
			}
		case *ssa.MapUpdate, *ssa.Send, *ssa.MakeInterface, *ssa.Phi:
			n++
		}
	}
	return n
}
