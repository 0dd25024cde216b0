package scope

import (
	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// onReturn returns the receives that the callers of the scope's function may let
// go on once it has returned, at its end n: those from channels which they have,
// too. A constructor may start a goroutine that waits for a channel of the object,
// and go on filling it in: nobody has the object before it returns. That a context
// ends is not the callers' to decide.
func (s *Scope) onReturn(n *Node) nodeSet {
	set := s.newSet()
	for _, m := range s.sync.waits {
		if m.Ev == nil || m.Ev.Kind != models.Recv && m.Ev.Kind != skeleton.RecvClosed || timer(m.Obj) || ofContext(m.Obj) {
			continue
		}
		if p := s.Prim(m); (p == nil || !p.Exact) && m.Thread != n.Thread && !s.past(m, n) {
			set.add(m.ID)
		}
	}
	return set
}
