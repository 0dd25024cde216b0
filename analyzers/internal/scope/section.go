package scope

import (
	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// A Section is what the goroutines of one thread do under one lock.
type Section struct {
	Lock  *Node   // takes the lock
	Slow  []*Node // slow operations under it, none of which needs it
	Needs []*Node // writes of shared memory under it
}

// Serialized returns the section in which the goroutines of t do all their
// slow work, if they run at the same time but for its lock, and would do the
// same had they taken it only for what is in Needs.
func (s *Scope) Serialized(t *Thread) (Section, bool) {
	if !t.Known() || s.single(t) {
		return Section{}, false
	}
	var sec Section
	var nodes []*Node
	for _, n := range t.nodes {
		if n.Ev == nil {
			continue
		}
		nodes = append(nodes, n)
		if s.slow(n) {
			sec.Slow = append(sec.Slow, n)
		}
	}
	if len(sec.Slow) == 0 {
		return Section{}, false
	}
	sec.Lock = s.coveringLock(nodes, sec.Slow)
	if sec.Lock == nil || !s.commonTo(sec.Lock.Obj, t) || s.loopsOutside(sec.Lock) || s.Ordered(sec.Slow[0], sec.Slow[0], nil) {
		return Section{}, false
	}
	p := s.patience()
	for _, n := range nodes {
		in := s.holds(n, sec.Lock.Obj)
		if in && !s.briefInside(n, sec) || !in && n != sec.Lock && p.worksOutside(n, sec.Lock) {
			return Section{}, false
		}
		if in && n.Ev.Kind == skeleton.Write && n.Obj != nil && !s.own(n.Obj.Root, t) {
			sec.Needs = append(sec.Needs, n)
		}
	}
	if len(sec.Needs) == 0 && s.remote(sec.Slow) {
		sec.Needs = s.prints(nodes, sec.Lock)
	}
	if len(sec.Needs) == 0 {
		return Section{}, false // the lock is there for the slow work
	}
	for _, n := range sec.Slow {
		if !s.independent(n, sec.Lock) {
			return Section{}, false
		}
	}
	return sec, true
}

// remote reports whether the slow work is to ask other machines and to read
// what they answer: no lock can be for that.
func (s *Scope) remote(slow []*Node) bool {
	for _, n := range slow {
		f := CalleeOf(n)
		if f == nil || !models.Remote(f) && !s.backward(n).has(slow[0].ID) {
			return false
		}
	}
	return true
}

// prints returns the output among nodes that the lock may keep from being torn.
func (s *Scope) prints(nodes []*Node, lock *Node) []*Node {
	var out []*Node
	for _, n := range nodes {
		if s.holds(n, lock.Obj) && n.inner == nil && n.Ev.Effect&(models.IO|models.MayBlock) == models.IO {
			out = append(out, n)
		}
	}
	return out
}

// slow reports whether n takes so long that running it under a lock matters.
func (s *Scope) slow(n *Node) bool { return n.inner == nil && n.Ev.Effect&models.Slow != 0 }

// coveringLock returns where the one lock is taken that is held exclusively
// over all the given operations, and nowhere else in the thread.
func (s *Scope) coveringLock(nodes, slow []*Node) *Node {
	var lock *Node
	for _, n := range nodes {
		if n.Ev.Kind != models.Acquire || n.Ev.Try || n.Obj == nil || !n.Obj.Exact() {
			continue
		}
		if lock != nil && lock.Obj == n.Obj {
			return nil // taken twice: the goroutine does let others in between
		}
		covers := true
		for _, m := range slow {
			covers = covers && s.holds(m, n.Obj) && s.Dominates(n, m)
		}
		if covers && lock == nil {
			lock = n
		}
	}
	if lock == nil || s.holds(lock.Thread.Entry, lock.Obj) {
		return nil
	}
	return lock
}

// holds reports whether the lock at p is surely held exclusively at n.
func (s *Scope) holds(n *Node, p *place.Place) bool {
	locks, modes := s.Locks(s.Held(n))
	for i, q := range locks {
		if q == p && modes[i] == models.Acquire {
			return true
		}
	}
	return false
}

// commonTo reports whether p is one object for all goroutines of t.
func (s *Scope) commonTo(p *place.Place, t *Thread) bool {
	if s.own(p.Root, t) || !s.stable(p) {
		return false
	}
	return !s.inLoop(s.made(p))
}

// own reports whether the object at r is made by t itself.
func (s *Scope) own(r place.Root, t *Thread) bool {
	if r.V.Parent() == nil || r.Ctx >= len(s.frames) {
		return false
	}
	return s.frames[r.Ctx].Exit.Thread == t
}

// briefInside reports whether n, under the lock, is no reason against moving
// the slow work out of the section: it does not wait for others, and is no
// unknown call that the slow work comes after.
func (s *Scope) briefInside(n *Node, sec Section) bool {
	switch n.Ev.Kind {
	case models.Recv, models.Select, models.WGWait, models.CondWait, models.SemAcquire, skeleton.RecvClosed:
		return false
	}
	if n.inner != nil || n.Ev.Effect&models.Unknown == 0 && !(n.Ev.Kind == skeleton.CallFn && n.Ev.Callee.Fn != nil && n.Ev.Callee.Fn.Blocks != nil) {
		return true
	}
	for _, m := range sec.Slow {
		if s.backward(m).has(n.ID) {
			return false
		}
	}
	return true
}

// worksOutside reports whether n, which does not run under the lock, may be
// work that goroutines do at the same time, or something they wait for. To get
// the next thing to work on is neither.
func (p *patience) worksOutside(n, lock *Node) bool {
	switch n.Ev.Kind {
	case models.Send, models.Acquire, models.AcquireShared:
		return n.Ev.Kind != models.Send
	case skeleton.RecvClosed:
		return false
	case models.Recv:
		return n.Ev.Defer == nil && (n.Ev.Arm || timer(n.Obj) || !p.s.SameLoop(n, lock))
	case skeleton.CallFn:
		if n.inner == nil && n.Ev.Callee.Fn != nil && n.Ev.Callee.Fn.Blocks != nil {
			return true
		}
	}
	return p.s.slow(n) || p.waits(n)
}

// loopsOutside reports whether the thread computes in a loop that does not run
// under the lock.
func (s *Scope) loopsOutside(lock *Node) bool {
	for _, n := range lock.Thread.nodes {
		if s.InLoop(n) && !s.SameLoop(n, lock) && !s.holds(n, lock.Obj) {
			return true
		}
	}
	return false
}

// independent reports whether the slow operation n could as well run before
// the lock is taken: neither its operands nor whether it runs depend on memory
// that the lock may guard.
func (s *Scope) independent(n, lock *Node) bool {
	d := dependence{s: s, t: n.Thread, lock: lock.Obj, seen: map[valueIn]bool{}}
	f := CalleeOf(n)
	alone := n.Ev.Kind != models.Sleep && (f == nil || !models.Remote(f)) // no two of it at one thing, perhaps
	for _, a := range n.Ev.Callee.Args {
		if !d.free(a, n.Frame) || alone && d.shares(a, n.Frame) {
			return false
		}
	}
	if alone && !d.differs(n) {
		return false
	}
	for _, b := range s.Nodes {
		cond := b.Branch()
		if cond == nil || b.Thread != n.Thread || !s.backward(n).has(b.ID) || !s.backward(b).has(lock.ID) {
			continue
		}
		for _, m := range b.Succs {
			if !s.forward([]*Node{m}, func(x *Node) bool { return x == lock })[n.ID] && !d.free(cond, b.Frame) {
				return false
			}
		}
	}
	return true
}

// valueIn is a value of one activation.
type valueIn struct {
	v ssa.Value
	f *Frame
}
