package skeleton

import (
	"go/token"

	"golang.org/x/tools/go/ssa"
)

// once reports whether block b of the loop runs in one of its rounds at most: it is
// behind a test that a variable which each round steps by a constant equals another.
func (l *Loop) once(b *ssa.BasicBlock) bool {
	for br, holds := range Guards(b) {
		if !l.Body[br.Block()] {
			break
		}
		cmp, ok := br.Cond.(*ssa.BinOp)
		if !ok || cmp.Op != token.EQL && cmp.Op != token.NEQ || (cmp.Op == token.EQL) != holds {
			continue
		}
		if _, isConst := cmp.Y.(*ssa.Const); isConst && l.steps(cmp.X) {
			return true
		}
	}
	return false
}

// steps reports whether v is a counter of the loop, before or after its step.
func (l *Loop) steps(v ssa.Value) bool {
	if op, ok := v.(*ssa.BinOp); ok && stepped(op) {
		v = op.X
	}
	phi, ok := v.(*ssa.Phi)
	if !ok || phi.Block() != l.Head {
		return false
	}
	var step *ssa.BinOp
	for i, e := range phi.Edges {
		if !l.Body[phi.Block().Preds[i]] {
			continue
		}
		op, ok := e.(*ssa.BinOp)
		if !ok || !stepped(op) || op.X != ssa.Value(phi) || step != nil && op != step {
			return false
		}
		step = op
	}
	return step != nil
}

// stepped reports whether op adds a constant that is not zero.
func stepped(op *ssa.BinOp) bool {
	c, ok := op.Y.(*ssa.Const)
	return ok && (op.Op == token.ADD || op.Op == token.SUB) && c.Value != nil && c.Value.ExactString() != "0"
}
