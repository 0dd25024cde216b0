package census

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// Respins reports whether o, a receive by a case of a select without default, is
// ready for ever once it is ready, and control then comes back to the select
// without a wait or a change of anything: the loop around the select spins.
func (r *Result) Respins(o *Op) bool {
	sel, ok := o.Ev.Instr.(*ssa.Select)
	if !ok || !sel.Blocking || o.Kind != models.Recv || o.Dead() || !r.staysReady(o) {
		return false
	}
	sk := r.p.Skeleton(o.Fn)
	from := slices.IndexFunc(sk.Nodes, func(n skeleton.Node) bool {
		return n.Ev != nil && n.Ev.Arm && n.Ev.Instr == o.Ev.Instr && n.Ev.Val == o.Ev.Val && n.Ev.Kind == o.Kind
	})
	if from < 0 {
		return false
	}
	again := func(n int) bool {
		ev := sk.Nodes[n].Ev
		return ev != nil && ev.Kind == models.Select && ev.Instr == o.Ev.Instr
	}
	back, way := false, map[*ssa.BasicBlock]bool{sk.Nodes[from].Block: true}
	for n, seen := range sk.Reach(from, again, nil) {
		if seen {
			way[sk.Nodes[n].Block] = true
		}
		switch {
		case !seen:
		case n == sk.Exit || n == sk.Abort:
			return false
		case again(n):
			back = true
		case !passive(&sk.Nodes[n]):
			return false
		}
	}
	return back && !changes(way)
}

// changes reports whether a variable gets another value on a way through blocks,
// a loop's flag, say. The header of the loop may come first and last.
func changes(way map[*ssa.BasicBlock]bool) bool {
	for blk := range way {
		for _, instr := range blk.Instrs {
			phi, ok := instr.(*ssa.Phi)
			if !ok {
				break
			}
			for i, pred := range blk.Preds {
				if way[pred] && !chosen(phi.Edges[i]) {
					return true
				}
			}
		}
	}
	return false
}

// staysReady reports whether what o receives from is the Done channel of a
// context, or a channel that nothing is ever sent on, but somebody closes.
func (r *Result) staysReady(o *Op) bool {
	if p := o.Ev.Obj; p != nil && p.Parent != nil && p.Sel.Kind == place.Done {
		return !chosen(p.Root.V)
	}
	if chosen(o.Ev.Val) {
		return false
	}
	c := r.At(o.Ev)
	return c != nil && !c.Open && !c.Global && c.Outside&(MaySend|MayElse) == 0 && c.Has(models.Close) && !c.Has(models.Send)
}

// chosen reports whether a value depends on which way control has come.
func chosen(v ssa.Value) bool {
	_, ok := v.(*ssa.Phi)
	return ok
}

// passive reports whether a node neither waits nor changes anything that outlives
// its block.
func passive(n *skeleton.Node) bool {
	if n.Ev == nil {
		return true
	}
	switch n.Ev.Kind {
	case skeleton.Read, models.CtxDone, models.CtxErr, models.AtomicLoad:
		return true
	case skeleton.Write:
		if n.Ev.Obj == nil {
			return false
		}
		cell, ok := n.Ev.Obj.Root.V.(*ssa.Alloc) // the arguments of log.Println
		return ok && cell.Block() == n.Block
	case skeleton.CallFn:
		return n.Ev.Callee.Fn == nil && n.Ev.Effect&(models.MayBlock|models.CallsBack|models.Unknown) == 0
	}
	return false
}
