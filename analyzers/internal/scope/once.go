package scope

import (
	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// onceEnd reports whether n, a release, is the return of once.Do, which gives
// up the lock that the engine takes a Once for.
func onceEnd(n *Node) bool {
	ci, ok := n.Ev.Instr.(ssa.CallInstruction)
	if !ok {
		return false
	}
	obj := skeleton.Object(ci.Common())
	if obj == nil {
		return false
	}
	m, ok := models.Lookup(obj)
	return ok && m.Kind == models.OnceDo
}

// inOnce reports whether a is part of what the Once that n returns from runs:
// "the completion of a single call of f() from once.Do(f) is synchronized
// before the return of any call of once.Do(f)" (go.dev/ref/mem).
func (o *order) inOnce(n *Node) bool {
	if !onceEnd(n) {
		return false
	}
	for f := o.a.Frame; f != nil && f.At != nil; f = f.At.Frame {
		if f.At.Ev.Kind == models.OnceDo && f.At.inner == f && sameClass(f.At, n) {
			return true
		}
	}
	return false
}

// sameClass reports whether the objects of a and b may be one.
func sameClass(a, b *Node) bool {
	return a.Obj == nil || b.Obj == nil || a.Obj == b.Obj || a.Obj.Class() == b.Obj.Class()
}
