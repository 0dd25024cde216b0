package scope

import (
	"slices"

	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// refuted reports whether a caller of the scope's function shows that the race
// is none: it holds a lock, or gives the goroutines an order that the function
// does not know of. One such caller is enough, since the function is then made
// to be called so.
func (p *Package) refuted(c *Conflict) bool {
	if p.calledLocked(c) {
		return true
	}
	for _, s := range p.all() {
		if s == c.Scope || !s.fns[c.Scope.Root] {
			continue
		}
		for _, f := range s.frames {
			if f.Fn == c.Scope.Root && f.Up != nil && f.At.Starts == nil && s.refutes(f, c) {
				return true
			}
		}
	}
	return false
}

// refutes reports whether c is no race of the activation f of its scope's
// function.
func (s *Scope) refutes(f *Frame, c *Conflict) bool {
	found := false
	for _, a := range s.sameAs(c.At, f) {
		for _, b := range s.sameAs(c.Other, f) {
			found = true
			if !s.Protected(s.Held(a), s.Held(b)) && !c.ordered(s, a, b) {
				return false
			}
		}
	}
	return found
}

// sameAs returns the nodes of s below its frame f that are node n of the scope
// of f's function: with the same event, reached by the same calls.
func (s *Scope) sameAs(n *Node, f *Frame) []*Node {
	want := route(n, nil)
	var out []*Node
	for _, m := range s.Nodes {
		if m.Ev == n.Ev && slices.Equal(route(m, f), want) {
			out = append(out, m)
		}
	}
	return out
}

// route returns the calls and go statements that lead from frame f, or the
// outermost one, to n, last first.
func route(n *Node, f *Frame) []*skeleton.Event {
	var out []*skeleton.Event
	for g := n.Frame; g != f && g != nil && g.At != nil; g = g.Up {
		out = append(out, g.At.Ev)
	}
	return out
}

// Unread reports whether nobody but the goroutines of w's thread can read what
// w writes, as far as the scope shows: whatever runs after they are started
// writes the variable before it reads it.
func (s *Scope) Unread(w *Node) bool {
	if w.Thread.Spawn == nil || w.Obj == nil {
		return false
	}
	seen := s.newSet()
	work := slices.Clone(w.Thread.Spawn.Succs)
	for len(work) > 0 {
		n := work[len(work)-1]
		work = work[:len(work)-1]
		if seen.has(n.ID) {
			continue
		}
		seen.add(n.ID)
		if n.Ev != nil && n.Obj == w.Obj {
			if n.Ev.Kind != skeleton.Write {
				return false
			}
			continue
		}
		work = append(work, n.Succs...)
		if n.Starts != nil && n.Starts != w.Thread {
			work = append(work, n.Starts.Entry)
		}
	}
	return true
}
