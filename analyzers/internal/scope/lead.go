package scope

import "math/bits"

// A lead is where one node leads to other than by control flow, whatever order
// is asked for. It is computed once: orders of many nodes pass the same ones.
type lead struct {
	aborts []*Node // what goes on when the node leaves its frame by a panic, see [Scope.unwind]
	match  nodeSet // what may synchronise with it, nil if it lets nobody go on
	unseen *unseen // what it may let go on by ways that the engine does not see, or nil
}

// An unseen is a set of nodes that is the same for many, and so is gone through
// once in a search.
type unseen struct {
	id    int // from 0
	nodes nodeSet
}

// leads are the leads of a scope.
type leads struct {
	of       []*lead // by node, nil if not asked for yet
	unseen   map[unseenKey]*unseen
	deferred [][]*Node // by frame, the calls that it defers
}

// An unseenKey is what an unseen depends on: the position of the release, or
// just its thread if nothing is known to wait for goroutines, and whether it is
// a call that might do anything.
type unseenKey struct {
	t        *Thread
	position int32
	opaque   bool
}

// noLead is the lead of a node that leads nowhere.
var noLead = new(lead)

func (s *Scope) lead(n *Node) *lead {
	x := &s.led
	if x.of == nil {
		x.of = make([]*lead, len(s.Nodes))
		x.unseen = map[unseenKey]*unseen{}
	}
	l := x.of[n.ID]
	if l == nil {
		l = noLead
		switch {
		case n.Frame != nil && n == n.Frame.Abort:
			l = &lead{aborts: s.unwind(n)}
		case n == s.Threads[0].Frame.Exit:
			l = &lead{match: s.onReturn(n)}
		case n.Ev != nil && s.releases(n):
			l = &lead{match: s.matching(n)}
			if s.reachesOpaque(n) {
				l.unseen = s.unseenBy(n)
			}
		}
		x.of[n.ID] = l
	}
	return l
}

// matching returns the operations that the one at n may let go on.
func (s *Scope) matching(n *Node) nodeSet {
	set := s.newSet()
	for _, m := range s.sync.acquire[group(n)] {
		if s.mayMatch(n, m) && !s.past(m, n) {
			set.add(m.ID)
		}
	}
	return set
}

// unseenBy returns what the release at n may let go on by ways the engine does
// not see: calls that might wait for anything and, if n itself is a call that
// might do anything, all that is not fully known.
func (s *Scope) unseenBy(n *Node) *unseen {
	k := unseenKey{t: n.Thread, opaque: s.opaque(n)}
	if s.joins() {
		k.position = s.position(n)
	}
	u := s.led.unseen[k]
	if u == nil {
		u = &unseen{len(s.led.unseen), s.newSet()}
		s.led.unseen[k] = u
		add := func(nodes []*Node) {
			for _, m := range nodes {
				if m.Thread != n.Thread && !s.past(m, n) {
					u.nodes.add(m.ID)
				}
			}
		}
		add(s.sync.opaque)
		if k.opaque {
			add(s.sync.open)
		}
	}
	return u
}

// or adds the members of c.
func (b nodeSet) or(c nodeSet) {
	for i, w := range c {
		b[i] |= w
	}
}

// meets reports whether b and c have a member in common. The nil set has none.
func (b nodeSet) meets(c nodeSet) bool {
	for i, w := range b {
		if w&c[i] != 0 {
			return true
		}
	}
	return false
}

// each calls f for the members of b that are not in but, which may grow
// meanwhile.
func (b nodeSet) each(but nodeSet, f func(id int)) {
	for i := range b {
		for w := b[i] &^ but[i]; w != 0; w &= w - 1 {
			f(i*64 + bits.TrailingZeros64(w))
		}
	}
}
