package place

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// copied returns what the reference at p refers to, if p is a field of a variable
// that is a copy of a struct: what the field of the original does. It is nil if
// the copy may change, or if the original is not one object.
func (t *Table) copied(p *Place) *Place {
	cell, ok := p.Base().Root.V.(*ssa.Alloc)
	if !ok || p.Root.Ctx != 0 {
		return nil
	}
	var fields []*types.Var
	for _, s := range p.Sels() {
		if s.Kind != Field {
			return nil
		}
		fields = append(fields, s.Var)
	}
	q := t.Of(original(cell))
	if q == nil || !q.Exact() || q.Under(p.Base()) || !keeps(cell, fields, 0) {
		return nil
	}
	for _, f := range fields {
		q = q.Field(f)
	}
	return q.Deref()
}

// original returns the struct that a variable is made a copy of, nil if it gets
// its value in another way.
func original(cell *ssa.Alloc) ssa.Value {
	var st *ssa.Store
	for _, r := range *cell.Referrers() {
		if s, ok := r.(*ssa.Store); ok {
			if s.Addr != cell || st != nil {
				return nil
			}
			st = s
		}
	}
	if st == nil || !initialised(cell) {
		return nil
	}
	if _, ok := st.Val.Type().Underlying().(*types.Struct); !ok {
		return nil
	}
	return st.Val
}

// keeps reports whether the field that the given ones lead to from the struct at
// addr, or a variable captured as addr, keeps the value that it is made with.
func keeps(addr ssa.Value, fields []*types.Var, depth int) bool {
	if depth > 8 {
		return false
	}
	_, whole := addr.(*ssa.Alloc)
	for _, r := range *addr.Referrers() {
		switch r := r.(type) {
		case *ssa.DebugRef, *ssa.UnOp:
		case *ssa.Store:
			if !whole || r.Addr != addr {
				return false
			}
		case *ssa.FieldAddr:
			if len(fields) == 0 {
				return false
			}
			if fieldOf(addr.Type(), r.Field).Origin() == fields[0] && !keeps(r, fields[1:], depth+1) {
				return false
			}
		case *ssa.MakeClosure:
			for i, b := range r.Bindings {
				if b == addr && !keeps(r.Fn.(*ssa.Function).FreeVars[i], fields, depth+1) {
					return false
				}
			}
		default:
			return false
		}
	}
	return true
}
