package scope

import (
	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// A Lockset is a set of locks of one scope, each with a mode: bit 2i+1 for lock
// i held in any mode, bit 2i too if exclusively, so that what is held now so,
// now so is held shared. The last lock stands for every lock that the engine
// cannot name.
type Lockset uint64

const (
	maxLocks = 31 // the last one is the unknown lock
	unknown  = maxLocks
)

// A lockTable numbers the locks of a scope and holds the locks that are
// surely held before each node.
type lockTable struct {
	ids   map[*place.Place]int
	named []*place.Place
	held  []Lockset // by node
}

func (t *lockTable) id(p *place.Place) int {
	if p == nil || !p.Exact() {
		return unknown
	}
	if i, ok := t.ids[p]; ok {
		return i
	}
	if len(t.named) >= maxLocks {
		return unknown
	}
	t.ids[p] = len(t.named)
	t.named = append(t.named, p)
	return len(t.named) - 1
}

func excl(i int) Lockset   { return 3 << (2 * i) }
func shared(i int) Lockset { return 1 << (2*i + 1) }

// Held returns the locks surely held when n starts.
func (s *Scope) Held(n *Node) Lockset { return s.locks.held[n.ID] }

// Locks lists the places in a lockset, nil standing for an unknown lock.
func (s *Scope) Locks(l Lockset) (out []*place.Place, modes []models.Kind) {
	for i := 0; i <= maxLocks; i++ {
		if l&shared(i) == 0 {
			continue
		}
		m := models.Acquire
		if l&excl(i) != excl(i) {
			m = models.AcquireShared
		}
		var p *place.Place
		if i < len(s.locks.named) {
			p = s.locks.named[i]
		}
		out, modes = append(out, p), append(modes, m)
	}
	return out, modes
}

// Protected reports whether locks a, held at one access, and b, held at
// another, keep the two apart: a lock in common that one of them holds
// exclusively. Locks that may be the same, being of one class or unknown,
// count as the same.
func (s *Scope) Protected(a, b Lockset) bool {
	if a == 0 || b == 0 {
		return false
	}
	pa, ma := s.Locks(a)
	pb, mb := s.Locks(b)
	for i, p := range pa {
		for j, q := range pb {
			if ma[i] == models.AcquireShared && mb[j] == models.AcquireShared {
				continue
			}
			if p == nil || q == nil || p == q || p.Class() == q.Class() {
				return true
			}
		}
	}
	return false
}

// lockAll computes the must-lockset of every node by a forward fixpoint over
// each thread: meet is intersection, the start is the empty set, or what a
// thread that gives up a lock it never took must have been handed.
func (s *Scope) lockAll() {
	s.locks = lockTable{ids: map[*place.Place]int{}, held: make([]Lockset, len(s.Nodes))}
	for i := range s.locks.held {
		s.locks.held[i] = ^Lockset(0) // top: not reached yet
	}
	for _, t := range s.Threads {
		start := Lockset(0)
		if t.Spawn != nil {
			start = s.locks.held[t.Spawn.ID] & s.handed(t)
		}
		s.lockFrom(t.Entry, start)
	}
	for i, l := range s.locks.held {
		if l == ^Lockset(0) {
			s.locks.held[i] = 0
		}
	}
}

func (s *Scope) lockFrom(entry *Node, start Lockset) {
	s.locks.held[entry.ID] = start
	work := []*Node{entry}
	for len(work) > 0 {
		n := work[len(work)-1]
		work = work[:len(work)-1]
		if endsLoop(n) {
			continue
		}
		out := s.transfer(n, s.locks.held[n.ID])
		for _, m := range n.Succs {
			old := s.locks.held[m.ID]
			if l := old & out; l != old {
				s.locks.held[m.ID] = l
				work = append(work, m)
			}
		}
	}
}

// transfer is the effect of one node on the locks held.
func (s *Scope) transfer(n *Node, l Lockset) Lockset {
	if n.Ev == nil {
		return l
	}
	switch n.Ev.Kind {
	case models.Send, models.Recv:
		return s.token(n, l)
	case models.Acquire, models.OnceDo:
		return l | excl(s.locks.id(n.Obj))
	case models.AcquireShared:
		return l | shared(s.locks.id(n.Obj))
	case models.Release:
		if n.Ev.Maybe {
			return l // a deferred unlock that some paths skip belongs to a lock they skip too
		}
		return l &^ excl(s.locks.id(n.Obj))
	case models.ReleaseShared:
		return l &^ shared(s.locks.id(n.Obj))
	}
	return l
}

// handed returns the locks that t releases on some path without having taken
// them: its starter handed them over.
func (s *Scope) handed(t *Thread) Lockset {
	var out Lockset
	type state struct {
		n     *Node
		taken Lockset
	}
	seen := map[*Node]bool{}
	work := []state{{t.Entry, 0}}
	for len(work) > 0 {
		st := work[len(work)-1]
		work = work[:len(work)-1]
		if seen[st.n] {
			continue
		}
		seen[st.n] = true
		if ev := st.n.Ev; ev != nil {
			switch ev.Kind {
			case models.Acquire, models.AcquireShared, models.OnceDo:
				st.taken = s.transfer(st.n, st.taken)
			case models.Release:
				out |= excl(s.locks.id(st.n.Obj)) &^ st.taken
			case models.ReleaseShared:
				out |= shared(s.locks.id(st.n.Obj)) &^ st.taken
			case skeleton.Return:
			}
		}
		for _, m := range st.n.Succs {
			work = append(work, state{m, st.taken})
		}
	}
	return out
}

// token treats a channel as a lock where it may be used as one: an operation
// takes the channel's only slot or token, the opposite one later in the same
// thread gives it back. Of channels that are not fully known this is assumed,
// as every order is.
func (s *Scope) token(n *Node, l Lockset) Lockset {
	p := s.Prim(n)
	if p == nil || p.Exact && p.Cap != 1 {
		return l
	}
	bit := excl(s.locks.id(n.Obj))
	if l&bit != 0 {
		return l &^ bit
	}
	for _, m := range p.Ops {
		if m.Thread == n.Thread && chanPair(m.Ev.Kind, n.Ev.Kind) && s.backward(m).has(n.ID) {
			return l | bit
		}
	}
	return l
}
