package summary

import (
	"cmp"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/lockset"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// maxEdges bounds the lock-order edges that a package exports, maxCalled the calls
// between the function that holds a lock and the one that waits for another.
const (
	maxEdges  = 512
	maxCalled = 5
)

// An Edge says that some function waits for a lock of one class while it holds
// a lock of another.
type Edge struct {
	From, To         ClassID
	FromMode, ToMode lockset.Mode
	Gates            []Gate // the other locks held then
	Root             string // the function that holds From
	Again            bool   // To is a lock that was given up a moment ago, to be taken again

	// Of an edge of this package: where.
	Fn    *ssa.Function // nil if it is another package's
	holds *types.Var    // the field that From's struct is, by value, nil if it is none
	waits *types.Var    // the same of To
	Since token.Pos     // From is taken here
	At    Step          // To is waited for here
	// Of a pair of locks of one class: how Fn names the two.
	Held, Wanted string
	// Of another package's edge: From and To are taken here.
	Sites [2]Site
}

// A Gate is a lock held over an edge.
type Gate struct {
	Class ClassID
	Mode  lockset.Mode
}

// compareClass orders classes.
func compareClass(a, b ClassID) int {
	elem := func(c ClassID) int {
		if c.Elem {
			return 1
		}
		return 0
	}
	return cmp.Or(cmp.Compare(a.Pkg, b.Pkg), cmp.Compare(a.Type, b.Type), cmp.Compare(a.Name, b.Name), cmp.Compare(elem(a), elem(b)))
}

// findEdges collects the edges of the package's own functions and those that
// its imports tell of.
func (p *Package) findEdges() {
	for _, fn := range p.Funcs {
		l := p.locks[fn]
		if l == nil {
			continue
		}
		entry := p.EntryLocks(fn)
		for i := range l.edges {
			if e, ok := p.ownEdge(fn, l, &l.edges[i], entry); ok {
				p.edges = append(p.edges, e)
			}
		}
	}
	if !ofStd(p.Pass.Pkg.Path()) {
		p.importEdges()
	}
}

// ownEdge names an edge for other functions; ok is false if it can be no part
// of a deadlock.
func (p *Package) ownEdge(fn *ssa.Function, l *lockInfo, h *heldEdge, entry []HeldLock) (e Edge, ok bool) {
	if h.from == h.to || p.Fresh(h.fromPlace, fn) || h.toPlace != nil && (p.Fresh(h.toPlace, fn) || p.newcomer(h.toPlace, fn, h.since)) {
		return e, false // nobody else knows what is being made
	}
	from, ok1 := p.ClassID(h.from)
	to, ok2 := p.ClassID(h.to)
	if !ok1 || !ok2 {
		return e, false
	}
	e = Edge{
		From: from, To: to, FromMode: h.fromMode, ToMode: h.toMode, Root: fn.String(), Again: h.again,
		Fn: fn, Since: l.pos(h.since), At: h.at, holds: p.part(h.fromPlace), waits: h.part,
	}
	gate := func(c place.Class, m lockset.Mode) {
		if id, ok := p.ClassID(c); ok && id != from && id != to {
			e.Gates = append(e.Gates, Gate{id, m})
		}
	}
	for _, g := range h.gates {
		gate(g.class, g.mode)
	}
	for _, g := range entry {
		gate(p.placeClass(g.Place, g.Class), g.Mode)
	}
	slices.SortFunc(e.Gates, func(a, b Gate) int { return cmp.Or(compareClass(a.Class, b.Class), cmp.Compare(a.Mode, b.Mode)) })
	e.Gates = slices.Compact(e.Gates)
	return e, true
}

// A heldEdge says that a lock is waited for while another one is held.
type heldEdge struct {
	from, to  place.Class
	fromMode  lockset.Mode
	toMode    lockset.Mode
	fromPlace *place.Place
	toPlace   *place.Place // nil if it has no name here
	part      *types.Var   // the field that its struct is, by value
	since     int          // the node that took the first
	at        Step         // where the second is waited for
	again     bool         // it was given up a moment ago
	gates     []heldGate   // the other locks held
}

type heldGate struct {
	class place.Class
	mode  lockset.Mode
}

// order notes which locks path p holds while it waits for lock id, -1 if that
// has no name here. No mistake is proven where a state decides whether it waits,
// nor at the end of a long chain of calls, each with conditions of its own, or
// of one that is in a function twice, which is likely to be about two objects
// unless these are named, nor in what a panic or a failed test still runs.
func (r *recorder) order(id int, p lockset.Path, a *Acquire) {
	if a.Class.Obj == nil || p.Vague || a.calls() > maxCalled || r.failing(a.Node) {
		return
	}
	recurs, pkg := a.recurs(), r.f.pkg
	var to *place.Place
	if id >= 0 {
		if _, held := p.Lock(id).Held(); held && !a.Again || r.secret(r.f.locks[id].place, a.Node) {
			return // it holds the lock already, or nobody else can
		}
	}
	class := pkg.partClass(a.Part, a.Class)
	if id >= 0 {
		to = r.f.locks[id].place
		class = pkg.placeClass(to, a.Class)
	}
	for _, l := range p.Locks {
		mode, held := l.Held()
		name := r.f.locks[l.ID]
		if !held || l.ID == id || r.secret(name.place, a.Node) {
			continue
		}
		if protocol(a.Asked, name.place, to) || recurs && (to == nil || name.class != a.Class) {
			continue
		}
		e := heldEdge{
			from: pkg.placeClass(name.place, name.class), to: class, fromMode: mode, toMode: a.Mode,
			fromPlace: name.place, toPlace: to, part: a.Part, since: l.Site, at: a.Step, again: a.Again,
		}
		for _, g := range p.Locks {
			if mode, held := g.Held(); held && g.ID != l.ID && g.ID != id {
				q := r.f.locks[g.ID]
				e.gates = append(e.gates, heldGate{pkg.placeClass(q.place, q.class), mode})
			}
		}
		r.addEdge(e)
	}
}

// secret reports whether nobody else can know the object that a lock is in when node n
// is reached.
func (r *recorder) secret(lock *place.Place, n int) bool {
	ev := r.f.sk.Nodes[n].Ev
	if ev == nil {
		return false
	}
	key := lockNode{lock, n}
	out, ok := r.alone[key]
	if !ok {
		at := ev.Instr
		if ev.Defer != nil {
			at = nil
		}
		out = r.f.pkg.secret(lock, r.f.fn, at)
		r.alone[key] = out
	}
	return out
}

// failing reports whether node n is a deferred call that runs since the
// goroutine comes to its end by a panic, or by Goexit.
func (r *recorder) failing(n int) bool {
	nodes := r.f.sk.Nodes
	if nodes[n].Ev == nil || nodes[n].Ev.Defer == nil {
		return false
	}
	for range nodes {
		if len(nodes[n].Succs) == 0 {
			return false
		}
		n = nodes[n].Succs[0]
		if ev := nodes[n].Ev; ev != nil && ev.Defer == nil {
			return ev.Kind == skeleton.GoExit
		}
	}
	return false
}

// addEdge keeps one edge for each pair of locks and set of gates.
func (r *recorder) addEdge(e heldEdge) {
	for i := range r.edges {
		x := &r.edges[i]
		if x.from == e.from && x.to == e.to && x.fromMode == e.fromMode && x.toMode == e.toMode && x.again == e.again &&
			x.fromPlace == e.fromPlace && x.part == e.part && (x.toPlace == e.toPlace || e.from != e.to) && slices.Equal(x.gates, e.gates) {
			return
		}
	}
	r.edges = append(r.edges, e)
}
