package scope

import "math/bits"

// A lead is where one node leads to other than by control flow, whatever order
// is asked for. It is computed once: orders of many nodes pass the same ones.
type lead struct {
	aborts []*Node // what goes on when the node leaves its frame by a panic, see [Scope.unwind]
	match  nodeSet // what may synchronise with it, nil if it lets nobody go on
	unseen nodeSet // what it may let go on by ways that the engine does not see, or nil
}

func (s *Scope) lead(n *Node) *lead {
	if s.leadOf == nil {
		s.leadOf = make([]*lead, len(s.Nodes))
	}
	l := s.leadOf[n.ID]
	if l == nil {
		l = new(lead)
		s.leadOf[n.ID] = l
		s.unwind(n, func(m *Node) { l.aborts = append(l.aborts, m) })
		if n.Ev != nil && s.releases(n) {
			l.match = s.matching(n)
			if s.reachesOpaque(n) {
				l.unseen = s.unseen(n)
			}
		}
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

// unseen returns what the release at n may let go on by ways the engine does
// not see: calls that might wait for anything and, if n itself is a call that
// might do anything, all that is not fully known.
func (s *Scope) unseen(n *Node) nodeSet {
	set := s.newSet()
	add := func(nodes []*Node) {
		for _, m := range nodes {
			if m.Thread != n.Thread && !s.past(m, n) {
				set.add(m.ID)
			}
		}
	}
	add(s.sync.opaque)
	if s.opaque(n) {
		add(s.sync.open)
	}
	return set
}

// or adds the members of c.
func (b nodeSet) or(c nodeSet) {
	for i, w := range c {
		b[i] |= w
	}
}

// each calls f for the members of b.
func (b nodeSet) each(f func(id int)) {
	for i, w := range b {
		for ; w != 0; w &= w - 1 {
			f(i*64 + bits.TrailingZeros64(w))
		}
	}
}
