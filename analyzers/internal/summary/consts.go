package summary

import (
	"go/constant"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// constGlobals returns the unexported package-level variables that hold one
// constant as long as the program runs: switches such as `var debug = false`.
func constGlobals(pkg *ssa.Package, funcs []*ssa.Function) map[*ssa.Global]*ssa.Const {
	out := map[*ssa.Global]*ssa.Const{}
	for _, m := range pkg.Members {
		if g, ok := m.(*ssa.Global); ok && !token.IsExported(g.Name()) {
			if z := zeroOf(g.Type().(*types.Pointer).Elem()); z != nil {
				out[g] = z
			}
		}
	}
	set := map[*ssa.Global]bool{}
	init := pkg.Func("init")
	all := funcs
	if init != nil {
		all = append([]*ssa.Function{init}, funcs...)
	}
	for _, fn := range all {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				useGlobals(instr, fn == init, set, out)
			}
		}
	}
	return out
}

// useGlobals drops the variables that instr changes or takes the address of,
// but for one store of a constant by the package's initialisation.
func useGlobals(instr ssa.Instruction, init bool, set map[*ssa.Global]bool, out map[*ssa.Global]*ssa.Const) {
	if u, ok := instr.(*ssa.UnOp); ok && u.Op == token.MUL {
		return
	}
	if st, ok := instr.(*ssa.Store); ok && init {
		g, isGlobal := st.Addr.(*ssa.Global)
		c, isConst := st.Val.(*ssa.Const)
		if isGlobal && isConst && !set[g] && out[g] != nil {
			out[g], set[g] = c, true
			return
		}
	}
	var ops [8]*ssa.Value
	for _, op := range instr.Operands(ops[:0]) {
		if g, ok := (*op).(*ssa.Global); ok {
			delete(out, g)
		}
	}
}

// zeroOf returns the zero value of booleans and integers, nil for other types.
func zeroOf(t types.Type) *ssa.Const {
	b, ok := t.Underlying().(*types.Basic)
	switch {
	case !ok:
		return nil
	case b.Info()&types.IsBoolean != 0:
		return ssa.NewConst(constant.MakeBool(false), t)
	case b.Info()&types.IsInteger != 0:
		return ssa.NewConst(constant.MakeInt64(0), t)
	}
	return nil
}
