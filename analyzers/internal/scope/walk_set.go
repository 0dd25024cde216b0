package scope

import (
	"go/types"
	"slices"

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
	for _, n := range w.from.Thread.nodes {
		if n.Ev == nil || n.Ev.Kind != skeleton.Write || n.Obj != p {
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

// tell notes where the answer to condition id, the fact that comes next, is
// decided: at the returns of a callee, where the variable is set, and where its
// value is merged.
func (w *walk) tell(id int, replies []answer, sets []*Node) {
	index := len(w.number)
	for _, a := range replies {
		t := told{index: index, same: -1}
		switch {
		case a.known:
			t.val = truth(a.val)
		case a.isNil != nil:
			t.same, t.negated = w.terms.isNil(a.isNil, a.at.Frame), a.not
		}
		w.told[a.at] = append(w.told[a.at], t)
	}
	for _, n := range sets {
		t := w.written(n, index)
		w.told[n] = append(w.told[n], t)
		if st := n.Ev.Instr.(*ssa.Store); t.val > 0 && isNil(st.Val) && isChan(st.Val.Type()) {
			w.some[index] = true // it is switched off: nobody would ask else
		}
	}
	if w.merges(id) {
		m := w.terms.phis[id]
		m.index = index
		if at := m.f.First(m.phi.Block()); at != nil {
			w.merged[at] = append(w.merged[at], m)
		}
	}
}

// A merge is a phi of an activation, and the fact that it is nil.
type merge struct {
	phi   *ssa.Phi
	f     *Frame
	index int
}

// merges reports whether condition id asks of a phi whether it is nil, which one
// of its edges makes it.
func (w *walk) merges(id int) bool {
	m, ok := w.terms.phis[id]
	return ok && isChan(m.phi.Type()) && slices.ContainsFunc(m.phi.Edges, isNil)
}

func isChan(t types.Type) bool {
	_, ok := t.Underlying().(*types.Chan)
	return ok
}

func isNil(v ssa.Value) bool {
	c, ok := v.(*ssa.Const)
	return ok && c.IsNil()
}

// from returns what is known of the phi when control comes from n. What is not
// set to nil is taken to be something, or else nobody would ask.
func (m *merge) from(n *Node, old int8) int8 {
	if n.Frame != m.f {
		return old
	}
	for i, pred := range m.phi.Block().Preds {
		if pred != n.Block {
			continue
		}
		if x, ok := m.phi.Edges[i].(*ssa.Phi); ok {
			if x == m.phi {
				return old
			}
			return 0
		}
		return truth(isNil(m.phi.Edges[i]))
	}
	return old
}
