package scope

import (
	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// prune cuts the paths behind operations that can never complete: on an exact
// channel without a counterpart, or until a context ends that never does.
func (s *Scope) prune() {
	for _, n := range s.Nodes {
		if n.Ev != nil && n.Ev.Kind == models.Recv && s.endless(n.Obj) {
			n.Succs = nil
			continue
		}
		p := s.Prim(n)
		if n.Ev == nil || p == nil || !p.Exact {
			continue
		}
		switch n.Ev.Kind {
		case models.Recv, skeleton.RecvClosed:
			if !p.has(models.Send) && !p.has(models.Close) || n.Ev.Kind == skeleton.RecvClosed && !p.has(models.Close) {
				n.Succs = nil
			}
		case models.Send:
			if p.Cap == 0 && !p.has(models.Recv) {
				n.Succs = nil
			}
		}
	}
}

// endless reports whether p is the Done channel of a context that nothing cancels.
func (s *Scope) endless(p *place.Place) bool {
	return p != nil && p.Parent != nil && p.Sel.Kind == place.Done && p.Parent.Parent == nil && p.Root.V != nil && s.Pkg.NeverCancelled(p.Root.V)
}
