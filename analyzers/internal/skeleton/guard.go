package skeleton

import (
	"iter"

	"golang.org/x/tools/go/ssa"
)

// Guards returns the branches that every way to block b takes, the nearest first,
// and which way: whether the condition holds.
func Guards(b *ssa.BasicBlock) iter.Seq2[*ssa.If, bool] {
	return func(yield func(*ssa.If, bool) bool) {
		for ; b != nil; b = b.Idom() {
			if len(b.Preds) != 1 {
				continue
			}
			from := b.Preds[0]
			if br, ok := from.Instrs[len(from.Instrs)-1].(*ssa.If); ok && !yield(br, from.Succs[0] == b) {
				return
			}
		}
	}
}
