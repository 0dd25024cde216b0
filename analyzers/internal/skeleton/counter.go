package skeleton

import (
	"go/constant"
	"go/token"

	"golang.org/x/tools/go/ssa"
)

// cellCounter is counter for a variable that a literal captures. Since Go 1.22
// each round has its own: the load of a phi of cells, where the cell of the
// next round starts with a copy of this round's and is then stepped.
func cellCounter(h *ssa.BasicBlock, body map[*ssa.BasicBlock]bool, x ssa.Value, consts func(ssa.Value) (constant.Value, bool)) (start, step int64, ok bool) {
	load, ok := x.(*ssa.UnOp)
	if !ok || load.Op != token.MUL {
		return 0, 0, false
	}
	phi, ok := load.X.(*ssa.Phi)
	if !ok || phi.Block() != h || stores(phi) != 0 {
		return 0, 0, false
	}
	haveStart, haveStep := false, false
	for i, e := range phi.Edges {
		cell, ok := e.(*ssa.Alloc)
		if !ok {
			return 0, 0, false
		}
		if body[h.Preds[i]] {
			k, ok := stepOf(cell, phi, consts)
			if !ok || haveStep && k != step {
				return 0, 0, false
			}
			step, haveStep = k, true
			continue
		}
		k, ok := startOf(cell, consts)
		if !ok || haveStart && k != start {
			return 0, 0, false
		}
		start, haveStart = k, true
	}
	return start, step, haveStart && haveStep
}

// startOf returns the only, constant value stored to a cell.
func startOf(cell *ssa.Alloc, consts func(ssa.Value) (constant.Value, bool)) (int64, bool) {
	if stores(cell) > 1 {
		return 0, false
	}
	for _, r := range *cell.Referrers() {
		if st, ok := r.(*ssa.Store); ok {
			return intOf(consts, st.Val)
		}
	}
	return 0, stores(cell) == 0 // its zero value
}

// stepOf returns the constant by which the cell of the next round differs from
// the one of this round, prev.
func stepOf(cell *ssa.Alloc, prev *ssa.Phi, consts func(ssa.Value) (constant.Value, bool)) (int64, bool) {
	if stores(cell) != 2 {
		return 0, false
	}
	var step int64
	copied, stepped := false, false
	for _, r := range *cell.Referrers() {
		st, ok := r.(*ssa.Store)
		if !ok {
			continue
		}
		switch v := st.Val.(type) {
		case *ssa.UnOp:
			copied = v.Op == token.MUL && v.X == ssa.Value(prev)
		case *ssa.BinOp:
			old, isLoad := v.X.(*ssa.UnOp)
			k, isConst := intOf(consts, v.Y)
			if !isLoad || old.Op != token.MUL || old.X != ssa.Value(cell) || !isConst {
				return 0, false
			}
			switch v.Op {
			case token.ADD:
				step, stepped = k, true
			case token.SUB:
				step, stepped = -k, true
			}
		}
	}
	return step, copied && stepped
}

// stores counts the stores to a cell by the function itself; it is more than
// any loop needs if a literal stores to it or its address is used otherwise.
func stores(cell ssa.Value) int {
	n := 0
	for _, r := range *cell.Referrers() {
		switch r := r.(type) {
		case *ssa.Store:
			n++
			if r.Val == cell {
				return Many
			}
		case *ssa.UnOp, *ssa.Phi, *ssa.DebugRef:
		case *ssa.MakeClosure:
			fn := r.Fn.(*ssa.Function)
			for i, b := range r.Bindings {
				if b == cell && (i >= len(fn.FreeVars) || stores(fn.FreeVars[i]) != 0) {
					return Many
				}
			}
		default:
			return Many
		}
	}
	return n
}
