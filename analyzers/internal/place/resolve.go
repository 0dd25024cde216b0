package place

import (
	"go/token"

	"golang.org/x/tools/go/ssa"
)

// Resolve returns the value that v is a copy of: it looks through conversions
// that keep the object, captured variables, cells that are stored exactly
// once, and phis whose edges agree.
func (t *Table) Resolve(v ssa.Value) ssa.Value {
	for i := 0; i < 32; i++ {
		var next ssa.Value
		switch v := v.(type) {
		case *ssa.ChangeType:
			next = v.X
		case *ssa.ChangeInterface:
			next = v.X
		case *ssa.MakeInterface:
			if isReference(v.X.Type()) {
				next = v.X
			}
		case *ssa.TypeAssert:
			if !v.CommaOk {
				next = v.X
			}
		case *ssa.FreeVar:
			next = Binding(v)
		case *ssa.Phi:
			next = t.agreed(v)
		case *ssa.UnOp:
			if v.Op == token.MUL {
				next = t.stored(v.X)
			}
		}
		if next == nil {
			return v
		}
		v = next
	}
	return v
}

func (t *Table) agreed(phi *ssa.Phi) ssa.Value {
	var one ssa.Value
	for _, e := range phi.Edges {
		if e == phi {
			continue
		}
		if _, ok := e.(*ssa.Phi); ok {
			return nil
		}
		e = t.Resolve(e)
		if one != nil && one != e {
			return nil
		}
		one = e
	}
	if c, ok := one.(*ssa.Const); ok && c.IsNil() {
		return nil
	}
	return one
}

// Binding returns what a captured variable is bound to in the enclosing
// function, nil if that is not one value (the receiver of a bound method).
func Binding(v *ssa.FreeVar) ssa.Value {
	mc := Closure(v.Parent())
	if mc == nil {
		return nil
	}
	for i, fv := range v.Parent().FreeVars {
		if fv == v {
			return mc.Bindings[i]
		}
	}
	return nil
}

// Closure returns the one place where the literal fn is made, nil if there is
// none or fn is no literal that captures.
func Closure(fn *ssa.Function) *ssa.MakeClosure {
	refs := fn.Referrers()
	if refs == nil {
		return nil
	}
	var one *ssa.MakeClosure
	for _, r := range *refs {
		if mc, ok := r.(*ssa.MakeClosure); ok && mc.Fn == fn {
			if one != nil {
				return nil
			}
			one = mc
		}
	}
	return one
}

// stored returns the only value ever stored to the cell at addr, nil if addr
// is no local cell, is stored to more than once, or its address gets away.
func (t *Table) stored(addr ssa.Value) ssa.Value {
	for {
		fv, ok := addr.(*ssa.FreeVar)
		if !ok {
			break
		}
		if addr = Binding(fv); addr == nil {
			return nil
		}
	}
	if g, ok := addr.(*ssa.Global); ok {
		if c := t.consts[g]; c != nil {
			return c
		}
		return nil
	}
	cell, ok := addr.(*ssa.Alloc)
	if !ok {
		return nil
	}
	if v, ok := t.stores[cell]; ok {
		return v
	}
	n, val, ok := cellStores(cell, 0)
	if n != 1 || !ok || val != nil && !isReference(val.Type()) && !initialised(cell) {
		val = nil
	}
	t.stores[cell] = val
	return val
}

// initialised reports whether the only store to a cell comes before all other
// uses of it. References need not be: nobody gets anywhere with their zero
// value.
func initialised(cell *ssa.Alloc) bool {
	var st *ssa.Store
	for _, r := range *cell.Referrers() {
		if s, ok := r.(*ssa.Store); ok {
			st = s
		}
	}
	for _, r := range *cell.Referrers() {
		if r != ssa.Instruction(st) && !precedes(st, r) {
			return false
		}
	}
	return true
}

// precedes reports whether every path to b passes a first.
func precedes(a, b ssa.Instruction) bool {
	if a.Block() != b.Block() {
		return a.Block().Dominates(b.Block())
	}
	for _, i := range a.Block().Instrs {
		if i == a || i == b {
			return i == a
		}
	}
	return false
}

// cellStores counts the stores to a cell through one of its names; ok is false
// if its address gets away or a literal stores to it.
func cellStores(name ssa.Value, depth int) (n int, val ssa.Value, ok bool) {
	if name.Referrers() == nil || depth > 8 {
		return 0, nil, false
	}
	for _, r := range *name.Referrers() {
		switch r := r.(type) {
		case *ssa.Store:
			if r.Addr != name || depth > 0 {
				return 0, nil, false
			}
			n, val = n+1, r.Val
		case *ssa.UnOp, *ssa.DebugRef:
		case *ssa.MakeClosure:
			fn := r.Fn.(*ssa.Function)
			for i, b := range r.Bindings {
				if b != name {
					continue
				}
				if _, _, ok := cellStores(fn.FreeVars[i], depth+1); !ok {
					return 0, nil, false
				}
			}
		default:
			return 0, nil, false
		}
	}
	return n, val, true
}
