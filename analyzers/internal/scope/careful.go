package scope

import (
	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// oneSided reports whether just one of the accesses a and b to a field holds a
// lock, and that is a lock of the same struct. Whoever wrote it reckons with
// others at the same time, and does not rely on what is taken in from the network
// to keep them apart.
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

// takesIn reports whether n is a call of the standard library that only takes in
// something from outside of the program. That another goroutine of the program has
// waited for that to be taken is conceivable only.
func takesIn(n *Node) bool {
	return n.Ev != nil && n.Ev.Kind == skeleton.CallFn && n.Ev.Effect&models.Input != 0
}
