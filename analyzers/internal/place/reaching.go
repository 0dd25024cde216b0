package place

import (
	"go/token"

	"golang.org/x/tools/go/ssa"
)

// Current returns the value that v is a copy of, as [Table.Resolve] does, and
// looks through loads of local variables that are assigned several times where
// one assignment is sure to be the last before the load.
func (t *Table) Current(v ssa.Value) ssa.Value {
	for range 8 {
		v = t.Resolve(v)
		u, ok := v.(*ssa.UnOp)
		if !ok || u.Op != token.MUL {
			return v
		}
		last := loaded(u)
		if last == nil {
			return v
		}
		v = last
	}
	return v
}

// loaded returns what the load u of a local variable gives, in the function
// that declares it or in a literal: what the one store that reaches it, or
// reaches the literal and is the last, has stored.
func loaded(u *ssa.UnOp) ssa.Value {
	if cell, ok := u.X.(*ssa.Alloc); ok && storedHere(cell) {
		return lastStore(cell, u)
	}
	fv, ok := u.X.(*ssa.FreeVar)
	if !ok {
		return nil
	}
	cell, ok := Binding(fv).(*ssa.Alloc)
	if !ok || !storedHere(cell) || cell.Parent() != fv.Parent().Parent() {
		return nil
	}
	mc := Closure(fv.Parent())
	for _, r := range *cell.Referrers() {
		if st, ok := r.(*ssa.Store); ok && !precedes(st, mc) {
			return nil
		}
	}
	return lastStore(cell, mc)
}

// lastStore returns what the last store to cell before instr has stored, nil
// if that can be one of several.
func lastStore(cell *ssa.Alloc, instr ssa.Instruction) ssa.Value {
	var found *ssa.Store
	seen := map[*ssa.BasicBlock]bool{}
	// back looks for the last store in the first n instructions of b, and in
	// what comes before if there is none.
	var back func(b *ssa.BasicBlock, n int) bool
	back = func(b *ssa.BasicBlock, n int) bool {
		for i := n - 1; i >= 0; i-- {
			if b.Instrs[i] == ssa.Instruction(cell) {
				return false // the zero value
			}
			if st, ok := b.Instrs[i].(*ssa.Store); ok && st.Addr == cell {
				one := found == nil || found == st
				found = st
				return one
			}
		}
		if len(b.Preds) == 0 {
			return false
		}
		for _, p := range b.Preds {
			if !seen[p] {
				seen[p] = true
				if !back(p, len(p.Instrs)) {
					return false
				}
			}
		}
		return true
	}
	for i, x := range instr.Block().Instrs {
		if x == instr && back(instr.Block(), i) && found != nil {
			return found.Val
		}
	}
	return nil
}

// storedHere reports whether only the function that declares the variable
// stores to it.
func storedHere(cell *ssa.Alloc) bool {
	for _, r := range *cell.Referrers() {
		switch r := r.(type) {
		case *ssa.UnOp, *ssa.DebugRef:
		case *ssa.Store:
			if r.Addr != cell {
				return false
			}
		case *ssa.MakeClosure:
			if !loadsOnly(r, cell, 0) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// loadsOnly reports whether a literal, and those in it, only load the variable
// at addr that it captures.
func loadsOnly(mc *ssa.MakeClosure, addr ssa.Value, depth int) bool {
	fn := mc.Fn.(*ssa.Function)
	if depth > 4 {
		return false
	}
	for i, b := range mc.Bindings {
		if b != addr {
			continue
		}
		for _, r := range *fn.FreeVars[i].Referrers() {
			switch r := r.(type) {
			case *ssa.UnOp, *ssa.DebugRef:
			case *ssa.MakeClosure:
				if !loadsOnly(r, fn.FreeVars[i], depth+1) {
					return false
				}
			default:
				return false
			}
		}
	}
	return true
}
