package scope

import (
	"strings"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// oneSided reports whether just one of the accesses a and b to a field holds a
// lock, and that is a lock of the same struct. Whoever wrote it reckons with
// others at the same time, and does not rely on input and output to keep them
// apart.
func (s *Scope) oneSided(a, b *Node) bool {
	held, obj := s.Held(a), a.Obj
	if held == 0 {
		held, obj = s.Held(b), b.Obj
	} else if s.Held(b) != 0 {
		return false
	}
	if held == 0 {
		return false
	}
	locks, _ := s.Locks(held)
	for p := obj; p != nil && p.Parent != nil; p = p.Parent {
		if p.Sel.Kind != place.Field {
			continue
		}
		for _, l := range locks {
			if l != nil && l.Parent != nil && l.Sel.Kind == place.Field && l.Parent == p.Parent {
				return true
			}
		}
	}
	return false
}

// external reports whether n is a call of the standard library that reads or
// writes something outside of the program. That it waits there for what another
// goroutine has done, by way of the network or a file, is conceivable only.
func (s *Scope) external(n *Node) bool {
	if n.Ev == nil || n.Ev.Kind != skeleton.CallFn || n.Ev.Effect&models.IO == 0 || n.Ev.Effect&models.Unknown != 0 {
		return false
	}
	f := CalleeOf(n)
	return f != nil && f.Pkg() != nil && models.IsStd(f.Pkg().Path()) && !strings.HasPrefix(f.Name(), "Wait")
}
