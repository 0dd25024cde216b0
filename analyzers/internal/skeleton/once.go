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
	return ok && l.Counts(phi)
}

// Counts reports whether each round of the loop steps phi by a constant: the
// counter, or where the variable of this round is, of which each round has its own
// (Go 1.22).
func (l *Loop) Counts(phi *ssa.Phi) bool {
	if phi.Block() != l.Head {
		return false
	}
	var step ssa.Value
	for i, e := range phi.Edges {
		if !l.Body[phi.Block().Preds[i]] {
			continue
		}
		if !next(e, phi) || step != nil && e != step {
			return false
		}
		step = e
	}
	return step != nil
}

// next reports whether e is phi of the round after.
func next(e ssa.Value, phi *ssa.Phi) bool {
	switch e := e.(type) {
	case *ssa.BinOp:
		return stepped(e) && e.X == ssa.Value(phi)
	case *ssa.Alloc:
		steps := 0
		for _, r := range *e.Referrers() {
			st, ok := r.(*ssa.Store)
			if !ok || st.Addr != ssa.Value(e) {
				continue
			}
			if op, ok := st.Val.(*ssa.BinOp); ok && stepped(op) && loads(op.X, e) {
				steps++
			} else if !loads(st.Val, phi) {
				return false
			}
		}
		return steps == 1
	}
	return false
}

// loads reports whether v is what is at addr.
func loads(v, addr ssa.Value) bool {
	load, ok := v.(*ssa.UnOp)
	return ok && load.Op == token.MUL && load.X == addr
}

// stepped reports whether op adds a constant that is not zero.
func stepped(op *ssa.BinOp) bool {
	c, ok := op.Y.(*ssa.Const)
	return ok && (op.Op == token.ADD || op.Op == token.SUB) && c.Value != nil && c.Value.ExactString() != "0"
}
