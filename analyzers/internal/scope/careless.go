package scope

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/report"
	"github.com/concvet/concvet/analyzers/internal/summary"
)

// A Careless is a race of a goroutine that a constructor starts, and that works by
// itself, with a method which takes a lock for a field that the goroutine uses
// without.
type Careless struct {
	Scope *Scope
	At    *Node          // what the goroutine does
	Use   summary.Access // by the method
	Lock  *types.Var     // the lock of the struct that the method holds
}

// Careless returns such races, one for a field and goroutine. The goroutine never
// touches the lock, and waits for nothing but time and the end of its context, so
// that nobody can hold the lock on its behalf.
func (p *Package) Careless() []*Careless {
	var out []*Careless
	type key struct {
		t     *ssa.Function
		field *types.Var
	}
	seen := map[key]bool{}
	for _, s := range p.Scopes {
		made := s.product()
		if made == nil {
			continue
		}
		alone := map[*Thread]bool{}
		for _, t := range s.Threads[1:] {
			alone[t] = s.alone(t)
		}
		for _, n := range s.Nodes {
			if !alone[n.Thread] || n.Ev == nil || s.Held(n) != 0 {
				continue
			}
			field := s.handedOut(n, made)
			if field == nil || seen[key{n.Thread.Frame.Fn, field}] {
				continue
			}
			if c := p.careless(s, n, field); c != nil {
				seen[key{n.Thread.Frame.Fn, field}] = true
				out = append(out, c)
			}
		}
	}
	return out
}

// careless returns the race of n with the first method that takes a lock.
func (p *Package) careless(s *Scope, n *Node, field *types.Var) *Careless {
	for _, a := range p.Accesses(field) {
		if s.fns[a.Fn] || !p.open(&a) || !writes(n) && !a.Write() {
			continue
		}
		for _, h := range p.LocksAt(a.Fn, a.Node) {
			lock, ok := h.Class.Obj.(*types.Var)
			if ok && h.Place != nil && h.Place.Parent == a.Owner && !s.touches(n.Thread, lock) && !p.prepared(a.Fn, a.Ev, lock) {
				return &Careless{s, n, a, lock}
			}
		}
	}
	return nil
}

// alone reports whether a goroutine is one of a kind and waits for nobody: for
// time and for contexts at most. Nothing that it calls is unknown.
func (s *Scope) alone(t *Thread) bool {
	if !t.Known() || t.Count > 1 || t.Spawn.Ev.Kind != models.Spawn {
		return false
	}
	for _, n := range s.Nodes {
		if n.Thread != t || n.Ev == nil {
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
	for _, n := range s.Nodes {
		if n.Thread == t && n.Ev != nil && isLockUse(n) && (n.Obj == nil || n.Obj.Class().Obj == lock) {
			return true
		}
	}
	return false
}

// Starter names the function that starts the goroutine.
func (c *Careless) Starter() string { return starter(c.At.Thread) }

// Does says what the goroutine and the method do, in this order, in the passive
// and the active: "written", "reads".
func (c *Careless) Does() (done, does string) {
	_, done = c.Scope.Verb(c.At)
	if c.Use.Write() {
		return done, "writes"
	}
	return done, "reads"
}

// Witness returns the interleaving.
func (c *Careless) Witness() []report.Step {
	s := c.Scope
	verb, _ := s.Verb(c.At)
	steps := s.Witness(
		Moment{Node: c.At.Thread.Spawn, Verb: "starts", Object: c.At.Thread.Spawn.Called()},
		Moment{Node: c.At, Verb: verb, Object: s.Name(c.At), After: 1, Mark: report.Racing})
	pos, _ := summary.Range(c.Use.Fn, c.Use.Ev.Pos())
	if x := AccessOf(s.Pkg, c.Use.Fn, c.Use.Ev); x != nil {
		pos = x.Pos()
	}
	_, does := c.Does()
	name := c.Use.Owner.String() + "." + summary.FieldOf(c.Use.Ev.Obj).Sel.Var.Name()
	return append(steps, report.Step{Pos: pos, G: 1, Role: "caller", Verb: does, Object: name, After: 1, Mark: report.Racing})
}
