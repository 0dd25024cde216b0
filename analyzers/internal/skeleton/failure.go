package skeleton

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// IsError reports whether t is the type error.
func IsError(t types.Type) bool { return types.Identical(t, types.Universe.Lookup("error").Type()) }

// ErrorSucc returns which successor of a branch is the one for an error, if its
// condition asks whether there is one: 0 if that makes it true, else 1. It is -1
// for other conditions.
func ErrorSucc(cond ssa.Value) int {
	b, ok := cond.(*ssa.BinOp)
	if !ok || b.Op != token.EQL && b.Op != token.NEQ || !IsError(b.X.Type()) {
		return -1
	}
	x, first := b.X.(*ssa.Const)
	y, second := b.Y.(*ssa.Const)
	switch {
	case !(first && x.IsNil()) && !(second && y.IsNil()):
		return -1
	case b.Op == token.NEQ:
		return 0
	}
	return 1
}
