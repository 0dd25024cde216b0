package scope

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// Recovering reports whether the condition v in frame f asks whether recover has
// stopped a panic, in a deferred function that runs as the function around it
// returns: there is none then. It returns the answer.
func (s *Scope) Recovering(v ssa.Value, f *Frame) (answer, ok bool) {
	b, isOp := v.(*ssa.BinOp)
	if !isOp || b.Op != token.EQL && b.Op != token.NEQ || f == nil || f.At == nil || f.At.Ev.Defer == nil || f.At.Block == nil {
		return false, false
	}
	if _, returns := f.At.Block.Instrs[len(f.At.Block.Instrs)-1].(*ssa.Return); !returns {
		return false, false
	}
	x, y := s.Pkg.Places.Resolve(b.X), s.Pkg.Places.Resolve(b.Y)
	if _, first := x.(*ssa.Const); first {
		x, y = y, x
	}
	call, isCall := x.(*ssa.Call)
	c, isConst := y.(*ssa.Const)
	if !isCall || !isConst || !c.IsNil() || call.Parent() != f.Fn {
		return false, false
	}
	bi, builtin := call.Call.Value.(*ssa.Builtin)
	return b.Op == token.EQL, builtin && bi.Name() == "recover"
}

// panicking reports whether n runs only if a panic has been stopped that the
// scope does not show.
func (s *Scope) panicking(n *Node) bool {
	for g := range guards(n) {
		if nothing, ok := s.Recovering(g.Cond, g.f); ok && nothing != g.holds {
			return true
		}
	}
	return false
}

// recovers reports whether a deferred function of fn stops a panic.
func (s *Scope) recovers(fn *ssa.Function) bool {
	sk := s.Pkg.Skeleton(fn)
	return sk != nil && slices.ContainsFunc(sk.Nodes, func(n skeleton.Node) bool {
		return n.Ev != nil && n.Ev.Defer != nil && n.Ev.Callee.Fn != nil && skeleton.CallsRecover(n.Ev.Callee.Fn)
	})
}
