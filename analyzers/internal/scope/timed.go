package scope

import (
	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// timed reports whether t is the func of a timer that the scope may stop or
// reset: what that orders depends on time.
func (s *Scope) timed(t *Thread) bool {
	for ; t.Spawn != nil; t = t.Parent {
		if t.Spawn.Ev.Kind != models.AfterFunc {
			continue
		}
		for _, n := range s.Nodes {
			if n.Ev != nil && n.Thread != t && (n.Ev.Kind == models.TimerStop || n.Ev.Kind == models.TimerReset || keepsAlive(n.Ev)) {
				return true
			}
		}
	}
	return false
}

// keepsAlive reports whether ev is a call of runtime.KeepAlive, which says when
// a finalizer may run.
func keepsAlive(ev *skeleton.Event) bool {
	if ev.Callee.Call == nil {
		return false
	}
	f := skeleton.Object(ev.Callee.Call)
	return f != nil && f.Name() == "KeepAlive" && f.Pkg() != nil && f.Pkg().Path() == "runtime"
}
