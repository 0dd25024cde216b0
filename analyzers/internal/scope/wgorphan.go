package scope

import (
	"slices"

	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// Orphan returns an Add of one from which a path leads to a Wait of the same
// goroutine that neither starts who would call Done nor calls it, and the branch
// that the path takes around that. All are nil if there is none.
//
// Conditions that are asked twice have one answer on the path. It does not take
// branches on what the scope writes, and does not leave a loop that the Add is
// not in by its end: how much there is to do is for the program to know.
func (w *WaitGroup) Orphan() (add, around, wait *Node) {
	s := w.Scope
	if len(w.Waits) == 0 || len(w.Dones)+len(w.Gos) == 0 || !w.Closed(false) {
		return nil, nil, nil
	}
	terms := newTerms(s)
	for _, add := range w.Adds {
		if !add.Ev.Known || add.Ev.Delta != 1 || add.Ev.Defer != nil || w.startedBefore(add) {
			continue
		}
		known := terms.before(add)
		without := func(f *Frame, l *skeleton.Loop) bool {
			m := within(add, f)
			return m == nil || !l.Body[m.Block]
		}
		search := &walk{
			s: s, from: add, terms: terms, seed: known, asked: known,
			goal:  func(n *Node) bool { return slices.Contains(w.Waits, n) && n.Ev.Defer == nil },
			stop:  func(n *Node) bool { return w.answers(add, n) },
			cut:   func(_, br *Node, k int) bool { return s.leavesWhole(br, k, without) || s.asksFlag(br.Cond, br.Frame) },
			weigh: func(*Node) int { return 0 },
		}
		path, _ := search.find()
		if path == nil {
			continue
		}
		if br := w.parting(add, path); br != nil {
			return add, br, path[len(path)-1]
		}
	}
	return nil, nil, nil
}

// startedBefore reports whether the goroutine that add is for was started before it,
// in the same round of a loop if it is in one: that is another mistake.
func (w *WaitGroup) startedBefore(add *Node) bool {
	s := w.Scope
	return slices.ContainsFunc(add.Thread.nodes, func(n *Node) bool {
		return n.Starts != nil && n.Frame == add.Frame && w.involves(n.Starts) && s.Dominates(n, add) && sameRound(n, add) &&
			!slices.ContainsFunc(w.Adds, func(a *Node) bool {
				return a != add && a.Frame == n.Frame && s.Dominates(a, n) && sameRound(a, n)
			})
	})
}

// answers reports whether n sees to it that add is made good, or starts another
// round: a Done, the start of a goroutine that has to do with w, another Add.
func (w *WaitGroup) answers(add, n *Node) bool {
	if n.Thread != add.Thread {
		return false
	}
	return slices.Contains(w.Dones, n) || slices.Contains(w.Adds, n) || slices.Contains(w.Gos, n) ||
		n.Starts != nil && w.involves(n.Starts)
}

// parting returns the last branch of a path whose other way leads to a Done, or
// to the start of who calls it.
func (w *WaitGroup) parting(add *Node, path []*Node) *Node {
	ends := func(n *Node) bool { return slices.Contains(w.Adds, n) || slices.Contains(w.Waits, n) }
	for i := len(path) - 2; i >= 0; i-- {
		for _, m := range path[i].Succs {
			if m == path[i+1] {
				continue
			}
			met := w.Scope.avoiding(m, ends)
			if slices.ContainsFunc(w.Scope.Nodes, func(n *Node) bool { return met.has(n.ID) && w.answers(add, n) }) {
				return path[i]
			}
		}
	}
	return nil
}
