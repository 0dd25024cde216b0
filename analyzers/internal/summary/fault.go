package summary

import (
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/lockset"
	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// A LockFault is a lock operation that cannot go well on some path.
type LockFault struct {
	Fn     *ssa.Function
	Fault  lockset.Fault
	Lock   *place.Place // in terms of Fn
	Class  place.Class
	Mode   lockset.Mode // of the operation
	At     Step         // the operation, with the calls that lead to it
	Held   lockset.Mode // how it is held, if it is
	Since  int          // the node of Fn that took or gave up the lock before
	Always bool         // on every path that leads there
	// LoopDefer is the deferred unlock in a loop that comes too late: it runs
	// at return, but the next turn of the loop locks again.
	LoopDefer *ssa.Defer
}

// fault notes a fault, once for each operation and lock. At the end of a long chain
// of calls of which some have conditions of their own none is proven, nor where an
// argument decides that is not known, or a flag.
func (r *recorder) fault(f LockFault) {
	if f.At.calls() > maxCalled && r.f.pkg.conditional(f.At.Via) > 1 || r.f.pkg.byArgument(&f.At) || r.f.pkg.byState(&f.At) {
		return
	}
	m, must := r.f.states[f.At.Node].Must(r.f.ids[f.Lock])
	f.Always = must && m == f.Held
	if f.Fault == lockset.Double && f.Since == f.At.Node {
		f.LoopDefer = r.deferredUnlock(f.Lock)
	}
	for i := range r.faults {
		x := &r.faults[i]
		if x.At.Node == f.At.Node && x.Lock == f.Lock && x.Fault == f.Fault && (x.At.Via == nil) == (f.At.Via == nil) {
			return
		}
	}
	r.faults = append(r.faults, f)
}

// conditional returns how many steps of a chain do not happen on every path of the
// function that they are in, as far as is known.
func (p *Package) conditional(s *Step) (n int) {
	for ; s != nil; s = s.Via {
		sk := p.Skeleton(s.Fn)
		if sk == nil {
			n++
			continue
		}
		for range skeleton.Guards(sk.Nodes[s.Node].Block) {
			n++
			break
		}
	}
	return n
}

// deferredUnlock returns a deferred call in a loop that gives up a lock, nil if
// there is none.
func (r *recorder) deferredUnlock(lock *place.Place) *ssa.Defer {
	sk := r.f.sk
	for i := range sk.Nodes {
		ev := sk.Nodes[i].Ev
		if ev == nil || ev.Defer == nil || !sk.InLoop(ev.Defer.Block()) {
			continue
		}
		if (ev.Kind == models.Release || ev.Kind == models.ReleaseShared) && r.f.pkg.lockPlace(ev) == lock {
			return ev.Defer
		}
		if b := r.f.bind(ev); b != nil && b.gives(lock) {
			return ev.Defer
		}
	}
	return nil
}

// gives reports whether the callee may give up the lock, which its caller
// holds.
func (b *binding) gives(lock *place.Place) bool {
	for i := range b.callee.Outcomes {
		for _, e := range b.callee.Outcomes[i].Effects {
			q, _ := b.place(e.Ref)
			if q == lock && (e.Excl == lockset.Lent || e.Share == lockset.Lent) {
				return true
			}
		}
	}
	return false
}

// LockFaults returns the faults of fn's lock operations, in the order of its
// skeleton. What follows from them is up to rules: a path may be impossible
// for reasons that the engine does not see.
func (p *Package) LockFaults(fn *ssa.Function) []LockFault {
	if l := p.locks[fn]; l != nil {
		return l.faults
	}
	return nil
}

// A HeldLock is a lock that is surely held at some point.
type HeldLock struct {
	Place *place.Place // nil if only its class is known
	Class place.Class
	Mode  lockset.Mode
	Pos   token.Pos // where it was taken, NoPos if before the function was entered
}

// LocksAt returns the locks surely held before node n of fn: those that fn has
// taken, and those of [Package.EntryLocks] that it has not given up. The result
// is in no particular order but always the same; it is nil if nothing is held
// or fn is not known.
func (p *Package) LocksAt(fn *ssa.Function, n int) []HeldLock {
	l := p.locks[fn]
	if l == nil {
		return p.EntryLocks(fn)
	}
	if n < 0 || len(l.states[n].Paths) == 0 {
		return nil
	}
	s := l.states[n]
	var out []HeldLock
	for _, h := range s.MustHeld() {
		m, _ := h.Held()
		out = append(out, HeldLock{l.names[h.ID].place, l.names[h.ID].class, m, l.pos(h.Site)})
	}
	for _, e := range p.EntryLocks(fn) {
		if l.keeps(s, e) {
			out = append(out, e)
		}
	}
	return out
}

// MayHold reports whether a lock of the class may be held before node n of fn,
// or it is not known.
func (p *Package) MayHold(fn *ssa.Function, n int, class place.Class) bool {
	l := p.locks[fn]
	if l == nil || n < 0 {
		return false
	}
	for _, path := range l.states[n].Paths {
		for _, k := range path.Locks {
			if _, held := k.Held(); l.names[k.ID].class == class && (held || k.Blurred()) {
				return true
			}
		}
	}
	return false
}

// keeps reports whether a lock held at entry is still held on all paths of s.
func (l *lockInfo) keeps(s lockset.Set, e HeldLock) bool {
	for _, p := range s.Paths {
		for _, k := range p.Locks {
			name := l.names[k.ID]
			switch {
			case name.class != e.Class || k.Excl == lockset.Back || k.Share == lockset.Back:
			case k.Blurred() || k.Excl == lockset.Lent || k.Share == lockset.Lent:
				return false
			case e.Place == nil || e.Place == name.place:
				return false // taken here: the caller cannot have held it
			}
		}
	}
	return true
}
