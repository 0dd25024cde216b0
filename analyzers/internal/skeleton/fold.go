package skeleton

import (
	"go/constant"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/place"
)

// A folder finds the blocks that can run and the values that are constant, by
// sparse conditional constant propagation (Wegman and Zadeck, TOPLAS 1991):
// values start undefined, blocks start dead, and both only grow. go/ssa does
// no folding of its own.
type folder struct {
	tab   *place.Table
	edges map[[2]*ssa.BasicBlock]bool
	live  map[*ssa.BasicBlock]bool
	vals  map[ssa.Value]constant.Value // absent: undefined; nil: not constant
}

// fold returns the live blocks of fn and its constant values.
func fold(tab *place.Table, fn *ssa.Function) (map[*ssa.BasicBlock]bool, func(ssa.Value) (constant.Value, bool)) {
	f := &folder{
		tab: tab, edges: map[[2]*ssa.BasicBlock]bool{},
		live: map[*ssa.BasicBlock]bool{}, vals: map[ssa.Value]constant.Value{},
	}
	for changed := true; changed; {
		changed = f.pass(fn)
	}
	return f.live, f.final
}

// pass visits the live blocks once and reports whether anything changed.
func (f *folder) pass(fn *ssa.Function) bool {
	changed := f.reach(nil, fn.Blocks[0])
	for _, b := range fn.Blocks {
		if !f.live[b] {
			continue
		}
		for _, instr := range b.Instrs {
			v, ok := instr.(ssa.Value)
			if ok && f.update(b, v) {
				changed = true
			}
		}
		if f.leave(b) {
			changed = true
		}
	}
	return changed
}

func (f *folder) reach(from, to *ssa.BasicBlock) bool {
	e := [2]*ssa.BasicBlock{from, to}
	if f.edges[e] {
		return false
	}
	f.edges[e], f.live[to] = true, true
	return true
}

// leave marks the edges out of b that can be taken.
func (f *folder) leave(b *ssa.BasicBlock) bool {
	if len(b.Instrs) > 0 {
		if br, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If); ok {
			c, known := f.value(br.Cond)
			switch {
			case !known: // undefined so far: neither edge
				return false
			case c != nil && c.Kind() == constant.Bool && constant.BoolVal(c):
				return f.reach(b, b.Succs[0])
			case c != nil && c.Kind() == constant.Bool:
				return f.reach(b, b.Succs[1])
			}
		}
	}
	changed := false
	for _, s := range b.Succs {
		if f.reach(b, s) {
			changed = true
		}
	}
	return changed
}

// value returns the constant that v is, nil if it is none; known is false
// while v is undefined.
func (f *folder) value(v ssa.Value) (c constant.Value, known bool) {
	if k, ok := v.(*ssa.Const); ok {
		return k.Value, true
	}
	if c, ok := f.vals[v]; ok {
		return c, true
	}
	switch v.(type) {
	case *ssa.BinOp, *ssa.UnOp, *ssa.Phi, *ssa.Call, *ssa.Convert, *ssa.ChangeType:
		return nil, false
	}
	return nil, true
}

// final is value after the fixpoint.
func (f *folder) final(v ssa.Value) (constant.Value, bool) {
	c, _ := f.value(v)
	return c, c != nil
}

// update recomputes v and reports whether it moved down the lattice.
func (f *folder) update(b *ssa.BasicBlock, v ssa.Value) bool {
	old, had := f.vals[v]
	if had && old == nil {
		return false
	}
	c, known := f.eval(b, v)
	if !known {
		return false
	}
	if had && c != nil && constant.Compare(old, token.EQL, c) {
		return false
	}
	if had {
		c = nil
	}
	f.vals[v] = c
	return true
}

func (f *folder) eval(b *ssa.BasicBlock, v ssa.Value) (constant.Value, bool) {
	switch v := v.(type) {
	case *ssa.BinOp:
		x, ok1 := f.value(v.X)
		y, ok2 := f.value(v.Y)
		if !ok1 || !ok2 {
			return nil, false
		}
		return binop(v.Op, x, y, v.X.Type()), true
	case *ssa.UnOp:
		switch v.Op {
		case token.MUL:
			return f.load(v)
		case token.NOT:
			x, ok := f.value(v.X)
			if !ok || x == nil || x.Kind() != constant.Bool {
				return nil, ok
			}
			return constant.MakeBool(!constant.BoolVal(x)), true
		case token.SUB:
			x, ok := f.value(v.X)
			if !ok || x == nil || x.Kind() != constant.Int {
				return nil, ok
			}
			return constant.UnaryOp(token.SUB, x, 0), true
		}
	case *ssa.Convert:
		x, ok := f.value(v.X)
		if ok && x != nil && x.Kind() == constant.Int && isInt(v.Type()) {
			return x, true
		}
		return nil, ok
	case *ssa.ChangeType:
		return f.value(v.X)
	case *ssa.Phi:
		return f.phi(b, v)
	case *ssa.Call:
		return lenOf(f.tab, v), true
	}
	return nil, true
}

func (f *folder) phi(b *ssa.BasicBlock, v *ssa.Phi) (constant.Value, bool) {
	var one constant.Value
	for i, p := range b.Preds {
		if !f.edges[[2]*ssa.BasicBlock{p, b}] {
			continue
		}
		c, known := f.value(v.Edges[i])
		if !known {
			continue
		}
		if c == nil || one != nil && !constant.Compare(one, token.EQL, c) {
			return nil, true
		}
		one = c
	}
	return one, one != nil
}

// load folds the load of a cell that is stored once, with a constant, by a
// function that is not this one's own loop: a captured constant.
func (f *folder) load(v *ssa.UnOp) (constant.Value, bool) {
	if c, ok := f.tab.Resolve(v).(*ssa.Const); ok {
		return c.Value, true
	}
	if cell, ok := v.X.(*ssa.Alloc); ok {
		return f.lastStore(cell, v)
	}
	return nil, true
}

// lastStore folds a load of a cell whose content is set earlier in the same
// block, with nothing between that another goroutine or function could use.
func (f *folder) lastStore(cell *ssa.Alloc, v *ssa.UnOp) (constant.Value, bool) {
	instrs := v.Block().Instrs
	i := 0
	for instrs[i] != ssa.Instruction(v) {
		i++
	}
	for i--; i >= 0; i-- {
		switch x := instrs[i].(type) {
		case *ssa.Store:
			if x.Addr == cell {
				return f.value(x.Val)
			}
			if _, ok := x.Addr.(*ssa.Alloc); !ok {
				return nil, true
			}
		case *ssa.Alloc:
			if x == cell {
				return zero(v.Type()), true
			}
		case *ssa.Call, *ssa.Go, *ssa.Defer, *ssa.RunDefers, *ssa.Send, *ssa.Select, *ssa.MakeClosure:
			return nil, true
		case *ssa.UnOp:
			if x.Op == token.ARROW {
				return nil, true
			}
		}
	}
	return nil, true
}

// lenOf returns len or cap of an array, or of a whole array that was sliced
// (a slice literal), nil otherwise.
func lenOf(tab *place.Table, call *ssa.Call) constant.Value {
	bi, ok := call.Call.Value.(*ssa.Builtin)
	if !ok || (bi.Name() != "len" && bi.Name() != "cap") {
		return nil
	}
	arg := tab.Resolve(call.Call.Args[0])
	t := arg.Type()
	switch a := arg.(type) {
	case *ssa.Slice:
		if a.Low != nil || a.High != nil || a.Max != nil {
			return nil
		}
		t = a.X.Type()
	case *ssa.MakeSlice:
		if c, ok := a.Len.(*ssa.Const); ok && bi.Name() == "len" {
			return c.Value
		}
	}
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	if arr, ok := t.Underlying().(*types.Array); ok {
		return constant.MakeInt64(arr.Len())
	}
	return nil
}

func isInt(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsInteger != 0
}

func binop(op token.Token, x, y constant.Value, t types.Type) constant.Value {
	if x == nil || y == nil || x.Kind() != y.Kind() {
		return nil
	}
	switch op {
	case token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ:
		if x.Kind() == constant.Bool && op != token.EQL && op != token.NEQ {
			return nil
		}
		return constant.MakeBool(constant.Compare(x, op, y))
	case token.ADD, token.SUB, token.MUL, token.AND, token.OR, token.XOR:
		if x.Kind() != constant.Int || !isInt(t) {
			return nil
		}
		r := constant.BinaryOp(x, op, y)
		if v, ok := constant.Int64Val(r); !ok || v > 1<<31 || v < -1<<31 {
			return nil // may wrap around in the variable's type
		}
		return r
	}
	return nil
}

// zero returns the zero value of a basic type, nil for others.
func zero(t types.Type) constant.Value {
	b, ok := t.Underlying().(*types.Basic)
	switch {
	case !ok:
		return nil
	case b.Info()&types.IsInteger != 0:
		return constant.MakeInt64(0)
	case b.Info()&types.IsBoolean != 0:
		return constant.MakeBool(false)
	case b.Info()&types.IsString != 0:
		return constant.MakeString("")
	}
	return nil
}
