package summary

import (
	"fmt"
	"go/token"
	"path/filepath"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// Event returns what happens at node n of fn, nil if nothing does or fn is not
// known.
func (p *Package) Event(fn *ssa.Function, n int) *skeleton.Event {
	if sk := p.skeletons[fn]; sk != nil && n < len(sk.Nodes) {
		return sk.Nodes[n].Ev
	}
	return nil
}

// Locker returns an operation that waits for a lock of the class exclusively,
// of a lock that its function has not just made; ok is false if the package has
// none.
func (p *Package) Locker(c place.Class) (fn *ssa.Function, ev *skeleton.Event, ok bool) {
	for _, fn := range p.Funcs {
		sk := p.skeletons[fn]
		if sk == nil {
			continue
		}
		for i := range sk.Nodes {
			ev := sk.Nodes[i].Ev
			if ev != nil && ev.Kind == models.Acquire && !ev.Try && ev.Obj != nil && ev.Obj.Class() == c && !p.ownObject(ev.Obj, fn) {
				return fn, ev, true
			}
		}
	}
	return nil, nil, false
}

// ownObject reports whether the lock at q is in a struct that fn has made, as
// in a constructor.
func (p *Package) ownObject(q *place.Place, fn *ssa.Function) bool {
	return q.Parent != nil && p.Fresh(q, fn)
}

// Line returns a position as "file:line", for the text of a message.
func (p *Package) Line(pos token.Pos) string {
	at := p.Pass.Fset.Position(pos)
	return fmt.Sprintf("%s:%d", filepath.Base(at.Filename), at.Line)
}

// Place returns where a step is as "file:line".
func (p *Package) Place(s *Step) string {
	if s.Fn == nil {
		return s.Site.String()
	}
	return p.Line(s.Pos)
}

// LockName names a lock as an operation on it at one of the nodes of fn does,
// the first that is one, or else as its place.
func (p *Package) LockName(fn *ssa.Function, lock *place.Place, nodes ...int) string {
	for _, n := range nodes {
		if ev := p.Event(fn, n); ev != nil && ev.Obj != nil {
			return Name(fn, ev)
		}
	}
	return lock.String()
}
