package skeleton

import (
	"go/constant"
	"go/token"

	"golang.org/x/tools/go/ssa"
)

// maxThreaded bounds the blocks that an edge is led through.
const maxThreaded = 4

// target returns the node where control goes on that leaves block from for
// block to. A block that does nothing but branch on a variable is passed, if
// the variable is constant on this edge: `if !started` behind the branch that
// has just set it goes one way.
func (b *builder) target(from, to *ssa.BasicBlock) int {
	for range maxThreaded {
		next := b.through(from, to)
		if next == nil {
			break
		}
		from, to = to, next
	}
	return b.f.First[to]
}

// through returns the successor of block to that control coming from block
// from takes, nil if that is not known or to does something else.
func (b *builder) through(from, to *ssa.BasicBlock) *ssa.BasicBlock {
	cond, negated, ok := onlyBranch(to)
	if !ok {
		return nil
	}
	for i, p := range to.Preds {
		if p != from {
			continue
		}
		c, ok := b.consts(cond.Edges[i])
		if !ok || c.Kind() != constant.Bool {
			return nil
		}
		next := to.Succs[1]
		if constant.BoolVal(c) != negated {
			next = to.Succs[0]
		}
		if !b.live[next] {
			return nil
		}
		return next
	}
	return nil
}

// onlyBranch reports whether blk is nothing but a branch on a phi of its own,
// or on its negation.
func onlyBranch(blk *ssa.BasicBlock) (cond *ssa.Phi, negated, ok bool) {
	for _, instr := range blk.Instrs {
		switch instr := instr.(type) {
		case *ssa.Phi, *ssa.DebugRef:
		case *ssa.UnOp:
			if instr.Op != token.NOT {
				return nil, false, false
			}
		case *ssa.If:
			v := instr.Cond
			for {
				u, isNot := v.(*ssa.UnOp)
				if !isNot || u.Op != token.NOT || u.Block() != blk {
					break
				}
				v, negated = u.X, !negated
			}
			cond, ok = v.(*ssa.Phi)
			return cond, negated, ok && cond.Block() == blk
		default:
			return nil, false, false
		}
	}
	return nil, false, false
}
