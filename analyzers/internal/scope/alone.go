package scope

import (
	"go/types"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
)

// solitary returns the threads that are alone.
func (s *Scope) solitary() map[*Thread]bool {
	out := map[*Thread]bool{}
	for _, t := range s.Threads[1:] {
		out[t] = s.alone(t)
	}
	return out
}

// alone reports whether a goroutine is one of a kind and waits for nobody in the
// program: for time, contexts, and what is outside at most. Nothing that it calls
// is unknown. Then nobody holds a lock on its behalf.
func (s *Scope) alone(t *Thread) bool {
	if !t.Known() || t.Count > 1 || t.Spawn.Ev.Kind != models.Spawn {
		return false
	}
	for _, n := range t.nodes {
		if n.Ev == nil {
			continue
		}
		switch {
		case n.Starts != nil:
			return false
		case s.opaque(n):
			if f := CalleeOf(n); f == nil || f.Pkg() == nil || !models.IsStd(f.Pkg().Path()) {
				return false
			}
		case s.acquires(n) && !(family(n.Ev.Kind) == famChan && (timer(n.Obj) || ofContext(n.Obj))):
			return false
		}
	}
	return true
}

// ofContext reports whether the channel is that of a context's end.
func ofContext(p *place.Place) bool { return p != nil && p.Parent != nil && p.Sel.Kind == place.Done }

// touches reports whether t operates on the lock, in whatever object.
func (s *Scope) touches(t *Thread, lock *types.Var) bool {
	for _, n := range t.nodes {
		if n.Ev != nil && isLockUse(n) && (n.Obj == nil || n.Obj.Class().Obj == lock) {
			return true
		}
	}
	return false
}
