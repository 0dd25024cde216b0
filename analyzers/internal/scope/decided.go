package scope

import (
	"go/token"

	"golang.org/x/tools/go/ssa"
)

// mayNotStart reports whether t is started only if a variable allows it that another
// activation has set before: the second call of a function may then find that
// there is nothing to start. What its goroutine does is not proven to happen.
func (s *Scope) mayNotStart(t *Thread) bool {
	if t.Spawn == nil {
		return false
	}
	back := s.backward(t.Spawn)
	for g := range guards(t.Spawn) {
		found := false
		leaves(g.Cond, func(v ssa.Value) bool {
			load, ok := v.(*ssa.UnOp)
			if !ok || load.Op != token.MUL {
				return !found
			}
			p := s.Place(s.Pkg.Places.Of(load.X), g.f)
			if p == nil {
				return !found
			}
			for _, w := range s.writes[p.Root] {
				found = found || w.Obj == p && back.has(w.ID) && within(w, g.f) == nil && within(t.Spawn, w.Frame) == nil
			}
			return !found
		})
		if found {
			return true
		}
	}
	return false
}
