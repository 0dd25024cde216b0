package scope

import (
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// gated reports whether n runs only in a case of a select whose channel is nil at
// times: a program turns a case off by that, and how often n runs is for it to know.
func gated(n *Node) bool {
	if n.Block == nil {
		return false
	}
	for br, holds := range skeleton.Guards(n.Block) {
		eq, ok := br.Cond.(*ssa.BinOp)
		if !ok || eq.Op != token.EQL || !holds {
			continue
		}
		index, isIndex := eq.X.(*ssa.Extract)
		which, isConst := eq.Y.(*ssa.Const)
		if !isIndex || !isConst || index.Index != 0 {
			continue
		}
		sel, ok := index.Tuple.(*ssa.Select)
		if k := which.Int64(); ok && k >= 0 && k < int64(len(sel.States)) && mayBeNil(sel.States[k].Chan) {
			return true
		}
	}
	return false
}

// mayBeNil reports whether nil is one of the values that meet in a channel variable.
func mayBeNil(ch ssa.Value) bool {
	seen := map[ssa.Value]bool{}
	var visit func(v ssa.Value) bool
	visit = func(v ssa.Value) bool {
		if seen[v] {
			return false
		}
		seen[v] = true
		switch v := v.(type) {
		case *ssa.Const:
			return v.IsNil()
		case *ssa.ChangeType:
			return visit(v.X)
		case *ssa.Phi:
			for _, e := range v.Edges {
				if visit(e) {
					return true
				}
			}
		}
		return false
	}
	return visit(ch)
}
