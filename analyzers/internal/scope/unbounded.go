package scope

import (
	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// Unbounded reports whether a loop starts as many goroutines of t as it has
// rounds, which depends on its input, and nothing bounds how many run at once:
// neither the loop nor the goroutines wait for anything. Slow is a call of t
// that takes long, nil if t only computes, in loops.
func (s *Scope) Unbounded(t *Thread) (slow *Node, ok bool) {
	n := t.Spawn
	if !t.Known() || t.Count < Many || n.Block == nil || n.Ev.Kind != models.Spawn && n.Ev.Kind != models.WGGo || s.LimitOf(n) != nil {
		return nil, false
	}
	if !ranges(n) {
		return nil, false
	}
	for _, m := range n.Thread.nodes {
		if m.Ev != nil && s.SameLoop(m, n) && m.inner == nil && paces(m) {
			return nil, false
		}
	}
	busy := false
	for _, m := range t.nodes {
		busy = busy || s.InLoop(m)
		if m.Ev == nil || m.inner != nil {
			continue
		}
		switch m.Ev.Kind {
		case models.Recv, models.Select, models.SemAcquire, models.CondWait, models.WGWait, models.Sleep:
			return nil, false
		}
		if f := CalleeOf(m); f != nil && f.FullName() == "runtime.Gosched" {
			return nil, false // it waits, by asking again and again
		}
		if slow == nil && s.slow(m) {
			slow = m
		}
		if m.Ev.Kind == skeleton.CallFn && m.Ev.Effect&models.Unknown != 0 {
			return nil, false
		}
	}
	return slow, busy || slow != nil
}

// ranges reports whether n is in a loop of its function that ends by itself,
// after a number of rounds that is not known.
func ranges(n *Node) bool {
	for _, l := range n.Frame.Skel.Loops {
		if !l.Body[n.Block] {
			continue
		}
		for b := range l.Body {
			for _, next := range b.Succs {
				if !l.Body[next] {
					return true
				}
			}
		}
	}
	return false
}

// paces reports whether the loop waits for something at n.
func paces(n *Node) bool {
	switch n.Ev.Kind {
	case models.Spawn, models.WGGo, models.WGAdd, skeleton.Read, skeleton.Write:
		return false
	case skeleton.CallFn:
		return n.Ev.Effect.MayWait()
	}
	return true
}
