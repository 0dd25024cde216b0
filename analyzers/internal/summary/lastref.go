package summary

import (
	"go/constant"
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// lastRef reports whether node n runs only if the function has given up the last
// reference to the object that v points to: it has counted an atomic value in the
// object down to zero. Nobody else has the object then, or one of its locks.
func (f *flow) lastRef(n int, v ssa.Value) bool {
	b := f.sk.Nodes[n].Block
	if v == nil || b == nil {
		return false
	}
	object := f.holder(v)
	for br, holds := range skeleton.Guards(b) {
		if holds && f.countsDown(br.Cond, object) {
			return true
		}
	}
	return false
}

// countsDown reports whether cond asks whether a count in the object is zero now
// that it has been changed.
func (f *flow) countsDown(cond, object ssa.Value) bool {
	eq, ok := cond.(*ssa.BinOp)
	if !ok || eq.Op != token.EQL {
		return false
	}
	zero, ok := eq.Y.(*ssa.Const)
	if !ok || zero.Value == nil || zero.Value.Kind() != constant.Int || constant.Sign(zero.Value) != 0 {
		return false
	}
	call, ok := f.pkg.Places.Resolve(eq.X).(*ssa.Call)
	if !ok {
		return false
	}
	m, ok := lookup(call.Common())
	return ok && m.Kind == models.AtomicRMW && len(call.Call.Args) > 0 && f.holder(call.Call.Args[0]) == object
}

// calledLast is lastRef for the lock that a callee takes: one of the object that
// the call passes it.
func (b *binding) calledLast(n int, r Ref) bool {
	return r.Param >= 0 && r.Param < len(b.args) && len(r.Sels) <= 2 && b.f.lastRef(n, b.args[r.Param])
}
