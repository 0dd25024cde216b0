package summary

import (
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// failed returns the edge out of a branch on cond, 0 if it holds and 1 if not,
// on which the call has not given its result v: another result is an error, or
// false, or v itself is nil. It is -1 if the branch does not tell.
func (p *Package) failed(cond ssa.Value, call *ssa.Call, v ssa.Value) int {
	switch c := cond.(type) {
	case *ssa.UnOp:
		if c.Op == token.NOT {
			if e := p.failed(c.X, call, v); e >= 0 {
				return 1 - e
			}
		}
	case *ssa.BinOp:
		x, y := c.X, c.Y
		if k, ok := x.(*ssa.Const); ok && k.IsNil() {
			x, y = y, x
		}
		if k, ok := y.(*ssa.Const); !ok || !k.IsNil() || c.Op != token.EQL && c.Op != token.NEQ {
			return -1
		}
		if !p.resultOf(x, call) {
			return -1
		}
		bad := c.Op == token.EQL // nil is bad
		if skeleton.IsError(x.Type()) {
			bad = !bad
		}
		if bad {
			return 0
		}
		return 1
	case *ssa.Call: // errors.Is(err, …)
		for _, a := range c.Call.Args {
			if skeleton.IsError(a.Type()) && p.resultOf(a, call) {
				return 0
			}
		}
	default:
		if cond != nil && p.resultOf(cond, call) {
			return 1
		}
	}
	return -1
}

// resultOf reports whether v is a result of the call.
func (p *Package) resultOf(v ssa.Value, call *ssa.Call) bool {
	v = p.Places.Current(v)
	if x, ok := v.(*ssa.Extract); ok {
		return call != nil && x.Tuple == ssa.Value(call)
	}
	return call != nil && v == ssa.Value(call)
}
