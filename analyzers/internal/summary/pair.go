package summary

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/lockset"
	"github.com/concvet/concvet/analyzers/internal/place"
)

// maxPaired bounds the edges between two locks of one class that are compared.
const maxPaired = 200

// A pairEdge is an edge between two locks of one class.
type pairEdge struct {
	*heldEdge
	fn *ssa.Function
}

// Pairs returns pairs of edges between two locks of one class in opposite
// orders, as [Package.Cycles] does for several classes. That there are two
// orders is proven by where the locks are: a parent and a child of it by the
// fields that link them, two fields of one struct, two variables. There is one
// pair for each class, the edge that is told in terms of one object last.
func (p *Package) Pairs() [][]Edge {
	p.findLive()
	var all []pairEdge
	for _, fn := range p.Funcs {
		l := p.locks[fn]
		if l == nil || !p.live[fn] || p.InTest(fn.Pos()) {
			continue
		}
		for i := range l.edges {
			if h := &l.edges[i]; h.from == h.to && h.toPlace != nil && p.alone(fn, h) && len(all) < maxPaired {
				all = append(all, pairEdge{h, fn})
			}
		}
	}
	var out [][]Edge
	seen := map[place.Class]bool{}
	for _, e := range all {
		for _, f := range all {
			if !seen[e.from] && p.crosses(e, f) {
				seen[e.from] = true
				out = append(out, []Edge{p.pairEdge(e), p.pairEdge(f)})
			}
		}
	}
	return out
}

// alone reports whether others can know both locks of an edge, and no third one
// of their class is held, which would be a gate if it were the same for all.
func (p *Package) alone(fn *ssa.Function, h *heldEdge) bool {
	if p.Fresh(h.fromPlace, fn) || p.Fresh(h.toPlace, fn) {
		return false
	}
	return !slices.ContainsFunc(h.gates, func(g heldGate) bool { return g.class == h.from }) &&
		!slices.ContainsFunc(p.EntryLocks(fn), func(l HeldLock) bool { return p.placeClass(l.Place, l.Class) == h.from })
}

// crosses reports whether e and f are about the same two locks in opposite
// orders, and can happen at once.
func (p *Package) crosses(e, f pairEdge) bool {
	if e.fn == f.fn || e.from != f.from || e.fromMode == lockset.Shared && f.toMode == lockset.Shared ||
		f.fromMode == lockset.Shared && e.toMode == lockset.Shared || !p.reversed(e.heldEdge, f.heldEdge) {
		return false
	}
	a, ok1 := p.gates(e)
	b, ok2 := p.gates(f)
	return ok1 && ok2 && !gated(a, b) && (p.Pass.Pkg.Name() != "main" || p.spawned[e.fn] || p.spawned[f.fn])
}

// gates returns the locks held over an edge; ok is false if one of them has no
// name by which it could be told from others.
func (p *Package) gates(e pairEdge) (out []Gate, ok bool) {
	add := func(c place.Class, m lockset.Mode) bool {
		id, ok := p.ClassID(c)
		out = append(out, Gate{id, m})
		return ok
	}
	for _, g := range e.gates {
		if !add(g.class, g.mode) {
			return nil, false
		}
	}
	for _, h := range p.EntryLocks(e.fn) {
		if !add(p.placeClass(h.Place, h.Class), h.Mode) {
			return nil, false
		}
	}
	return out, true
}

// reversed reports whether f, told of the right object, is about the two locks of
// e in the other order. The lock that f holds is the one that e waits for if its
// object is where that of e's is; then the way from it to the one that f waits
// for must lead to the one that e holds.
func (p *Package) reversed(e, f *heldEdge) bool {
	root := f.fromPlace.Base()
	if !p.lasting(f.fromPlace) || !p.lasting(e.fromPlace) {
		return false
	}
	switch root.Root.V.(type) {
	case *ssa.Alloc:
		return false
	case *ssa.Global:
		return f.fromPlace == e.toPlace && f.toPlace == e.fromPlace
	}
	if root != f.toPlace.Base() {
		return false
	}
	base, sels := e.toPlace, f.fromPlace.Sels()
	for i := len(sels) - 1; i >= 0; i-- {
		if base.Parent == nil || base.Sel != sels[i] {
			return false
		}
		base = base.Parent
	}
	return f.toPlace.Rebase(base) == e.fromPlace
}

// lasting reports whether no variable that leads to q changes.
func (p *Package) lasting(q *place.Place) bool {
	for ; q.Parent != nil; q = q.Parent {
		if q.Sel.Kind == place.Deref && !p.settled(q.Parent) {
			return false
		}
	}
	return true
}

// pairEdge names an edge for the message.
func (p *Package) pairEdge(e pairEdge) Edge {
	id, _ := p.ClassID(e.from)
	return Edge{
		From: id, To: id, FromMode: e.fromMode, ToMode: e.toMode, Root: e.fn.String(), Again: e.again,
		Fn: e.fn, Since: p.locks[e.fn].pos(e.since), At: e.at,
		Held: p.LockName(e.fn, e.fromPlace, e.since), Wanted: p.LockName(e.fn, e.toPlace, e.at.Node),
	}
}
