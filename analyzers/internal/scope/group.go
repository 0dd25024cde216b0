package scope

import (
	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// LimitOf returns the SetLimit of the group that n starts a goroutine in, nil
// if it has none, or none that is a limit.
func (s *Scope) LimitOf(n *Node) *Node {
	for _, m := range s.Nodes {
		if m.Ev != nil && m.Ev.Kind == models.Limit && m.Obj == n.Obj && !(m.Ev.Known && m.Ev.Delta < 0) {
			return m
		}
	}
	return nil
}

// GroupStart returns the Go of n's group that has started the goroutine which n
// runs in, nil if it runs in none of the group's.
func (s *Scope) GroupStart(n *Node) *Node {
	if s.Recurs(n) {
		return n
	}
	for t := n.Thread; t.Spawn != nil; t = t.Parent {
		if t.Spawn.Ev.Kind == models.WGGo && t.Spawn.Obj == n.Obj {
			return t.Spawn
		}
	}
	return nil
}

// Recurs reports whether the goroutine that n starts calls a function that n
// is in, and so may get to n again, with the same object: one that is made
// outside of that function.
func (s *Scope) Recurs(n *Node) bool {
	if n.Starts == nil {
		return false
	}
	for _, m := range s.Nodes {
		if m.Ev == nil || m.Ev.Kind != skeleton.CallFn || m.inner != nil || m.Frame == nil || !m.Thread.Within(n.Starts) {
			continue
		}
		fn, _, _ := s.Target(m.Ev.Callee, m.Frame)
		for f := n.Frame; fn != nil && f != nil; f = f.Up {
			if f.Fn == fn {
				return !s.madeIn(n, f)
			}
		}
	}
	return false
}

// madeIn reports whether the object of n belongs to the activation f, or one
// that it calls.
func (s *Scope) madeIn(n *Node, f *Frame) bool {
	if n.Obj == nil || n.Obj.Root.Ctx >= len(s.frames) {
		return true
	}
	for g := s.frames[n.Obj.Root.Ctx]; g != nil; g = g.Up {
		if g == f {
			return true
		}
	}
	return false
}
