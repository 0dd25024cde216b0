package scope

import "slices"

// Early returns a call of Done that comes before one side of a race, and the
// Wait that comes before the other: the goroutine is counted off while it still
// has to do what the Wait is there for. Both are nil if that is not what is
// wrong.
func (w *WaitGroup) Early(c *Conflict) (done, wait *Node) {
	if c.Scope != w.Scope {
		return nil, nil
	}
	s := w.Scope
	for _, side := range [][2]*Node{{c.At, c.Other}, {c.Other, c.At}} {
		x, y := side[0], side[1]
		if x.Thread == y.Thread || x.Thread.Spawn == nil || w.Counted(x.Thread) == nil {
			continue
		}
		i := slices.IndexFunc(w.Waits, func(n *Node) bool { return n.Thread == y.Thread && s.Dominates(n, y) })
		j := slices.IndexFunc(w.Dones, func(n *Node) bool { return n.Thread == x.Thread && s.Dominates(n, x) && !s.leads(x, n) })
		if i >= 0 && j >= 0 {
			return w.Dones[j], w.Waits[i]
		}
	}
	return nil, nil
}

// Reused returns an Add that starts another round of w while a Wait of the last
// one, in another goroutine, may not have returned yet: every way from that
// goroutine's go statement to the Add passes a Wait, so the counter was zero, and
// nothing makes the Add come after the other Wait. Both are nil if there is none.
func (w *WaitGroup) Reused() (wait, add *Node) {
	if len(w.Waits) < 2 || !w.Closed(false) {
		return nil, nil
	}
	s := w.Scope
	for _, wait := range w.Waits {
		for _, add := range append(slices.Clone(w.Adds), w.Gos...) {
			lead := wait.Thread.Lead(add.Thread)
			if lead == nil || !s.leads(lead, add) {
				continue
			}
			between := func(n *Node) bool {
				return n == s.made(w.Place) || n.Thread == add.Thread && slices.Contains(w.Waits, n)
			}
			if !s.avoidingAll(lead.Succs, between).has(add.ID) && !w.ordered(wait, add) {
				return wait, add
			}
		}
	}
	return nil, nil
}
