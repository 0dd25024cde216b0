package scope

import (
	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// sets returns the stores to the variable of which condition id asks whether it
// is nil, such as a named result that a deferred call looks at.
func (w *walk) sets(id int) []*Node {
	p := w.terms.nils[id]
	if p == nil {
		return nil
	}
	var out []*Node
	for _, n := range w.s.Nodes {
		if n.Thread != w.from.Thread || n.Ev == nil || n.Ev.Kind != skeleton.Write || n.Obj != p {
			continue
		}
		if _, ok := n.Ev.Instr.(*ssa.Store); ok {
			out = append(out, n)
		}
	}
	return out
}

// written returns what the store at n says about whether its variable is nil.
func (w *walk) written(n *Node, index int) told {
	v := n.Ev.Instr.(*ssa.Store).Val
	if isNil, known := w.s.says(v, n.Frame, true); known {
		return told{index: index, val: truth(isNil), same: -1}
	}
	return told{index: index, same: w.terms.isNil(v, n.Frame)}
}

// noteOnce notes that n calls the Do of a Once that only this goroutine uses, and
// not before the walk: it runs its function the first time, and not again.
func (w *walk) noteOnce(n *Node) {
	if n.Ev == nil || n.Ev.Kind != models.OnceDo || n.Obj == nil || len(n.Succs) != 2 {
		return
	}
	if _, ok := w.onces[n.Obj]; ok || !n.Obj.Exact() || w.s.made(n.Obj) == nil {
		return
	}
	back := w.s.backward(w.from)
	for _, m := range w.s.Nodes {
		if m.Ev != nil && m.Ev.Kind == models.OnceDo && m.Obj == n.Obj && (m.Thread != n.Thread || back.has(m.ID)) {
			return
		}
	}
	w.onces[n.Obj] = len(w.number)
	w.number = append(w.number, -1)
}

// once returns the fact about the Once whose Do n calls.
func (w *walk) once(n *Node) (fact int, ok bool) {
	if n.Ev == nil || n.Ev.Kind != models.OnceDo || n.Obj == nil {
		return 0, false
	}
	fact, ok = w.onces[n.Obj]
	return fact, ok
}
