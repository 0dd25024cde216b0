package skeleton

import (
	"golang.org/x/tools/go/ssa"
)

// idleArms emits the arms of a select after which control goes on as it does
// without them, since their bodies are empty: go/ssa has no branch for those.
// They are only left with a default, as in
//
//	select {
//	case wake <- struct{}{}:
//	default:
//	}
func (b *builder) idleArms(blk *ssa.BasicBlock, sel *ssa.Select) {
	if sel.Blocking || b.last < 0 {
		return
	}
	asked := map[int64]bool{}
	for _, r := range *sel.Referrers() {
		x, ok := r.(*ssa.Extract)
		if !ok || x.Index != 0 {
			continue
		}
		for _, c := range *x.Referrers() {
			if cmp, ok := c.(*ssa.BinOp); ok && decides(cmp) {
				if k, ok := intOf(b.consts, cmp.Y); ok {
					asked[k] = true
				}
			}
		}
	}
	from := b.last
	var arms []int
	for k := range sel.States {
		if !asked[int64(k)] {
			arms = append(arms, b.node(blk))
			b.f.Nodes[arms[len(arms)-1]].Ev = b.arm(sel, k)
		}
	}
	if len(arms) == 0 {
		return
	}
	join := b.node(blk)
	for _, m := range arms {
		b.edge(from, m)
		b.edge(m, join)
	}
	b.edge(from, join)
	b.last = join
}

// decides reports whether control branches on c.
func decides(c *ssa.BinOp) bool {
	for _, r := range *c.Referrers() {
		if _, ok := r.(*ssa.If); ok {
			return true
		}
	}
	return false
}
