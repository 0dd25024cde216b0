package scope

import "math/bits"

// A closure is where the nodes of a scope can lead to, by control, go statements
// or a synchronising pair, however unlikely: see [order.may]. It is computed for
// the parts of the graph that are asked for, a strongly connected component at a
// time (Tarjan's algorithm), as orders of many nodes share most of it.
type closure struct {
	s      *Scope
	number []int32 // by node: when it was found, from 1; 0 if not yet
	low    []int32
	comp   []int32 // by node: its component, from 1; 0 if not known yet
	stack  []*Node
	sets   []*reached // by component, from 1
	done   nodeSet    // nodes whose component is known
	count  int32
}

// A reached is what the nodes of one component lead to. It is not changed once
// it is complete.
type reached struct {
	may     nodeSet // nodes behind an edge or more, of which all marks are told
	matched nodeSet // operations that may synchronise with one of may
	unseen  nodeSet // what these nodes and those of may can let go on unseen
	single  *Node   // the only member, if it is on no cycle
}

// reached returns what n leads to.
func (s *Scope) reached(n *Node) *reached {
	c := s.closed
	if c == nil {
		c = &closure{s: s, number: make([]int32, len(s.Nodes)), low: make([]int32, len(s.Nodes)), comp: make([]int32, len(s.Nodes)), sets: make([]*reached, 1), done: s.newSet()}
		s.closed = c
	}
	if c.comp[n.ID] == 0 {
		c.visit(n)
	}
	return c.sets[c.comp[n.ID]]
}

// visit finds the components of n and of all that it leads to.
func (c *closure) visit(n *Node) {
	c.count++
	c.number[n.ID], c.low[n.ID] = c.count, c.count
	c.stack = append(c.stack, n)
	c.edges(n, c.done, func(m *Node) {
		switch {
		case c.number[m.ID] == 0:
			c.visit(m)
			c.low[n.ID] = min(c.low[n.ID], c.low[m.ID])
		case c.comp[m.ID] == 0:
			c.low[n.ID] = min(c.low[n.ID], c.number[m.ID])
		}
	})
	if c.low[n.ID] != c.number[n.ID] {
		return
	}
	at := len(c.stack) - 1
	for c.stack[at] != n {
		at--
	}
	c.complete(c.stack[at:])
	c.stack = c.stack[:at]
}

// edges calls f for each node that n leads to and that is not in skip, for some
// of them twice. The set may grow meanwhile.
func (c *closure) edges(n *Node, skip nodeSet, f func(*Node)) {
	visit := func(m *Node) {
		if !skip.has(m.ID) {
			f(m)
		}
	}
	for _, m := range n.Succs {
		visit(m)
	}
	if n.Starts != nil {
		visit(n.Starts.Entry)
	}
	l := c.s.lead(n)
	for _, m := range l.aborts {
		visit(m)
	}
	for _, set := range []nodeSet{l.match, l.unseen} {
		for i := range set {
			for w := set[i] &^ skip[i]; w != 0; w = w & (w - 1) &^ skip[i] {
				f(c.s.Nodes[i*64+bits.TrailingZeros64(w)])
			}
		}
	}
}

// complete adds a component, those that it leads to being there.
func (c *closure) complete(members []*Node) {
	id := int32(len(c.sets))
	if next := c.passedOver(members); next != nil {
		c.sets = append(c.sets, c.sets[c.comp[next.ID]])
		c.comp[members[0].ID] = id
		c.done.add(members[0].ID)
		return
	}
	r := &reached{may: c.s.newSet(), matched: c.s.newSet(), unseen: c.s.newSet()}
	c.sets = append(c.sets, r)
	for _, n := range members {
		c.comp[n.ID] = id
		c.done.add(n.ID)
	}
	cyclic := len(members) > 1
	for _, n := range members {
		// What lies behind something that was taken in was taken in with it.
		c.edges(n, r.may, func(m *Node) {
			r.may.add(m.ID)
			if to := c.comp[m.ID]; to != id {
				c.take(r, c.sets[to])
			} else {
				cyclic = true
			}
		})
	}
	if !cyclic {
		r.single = members[0]
	}
	for _, n := range members {
		l := c.s.lead(n)
		r.unseen.or(l.unseen)
		if cyclic {
			r.matched.or(l.match)
		}
	}
}

// passedOver returns the only node that the members, a single one, lead to, if
// neither of the two is a mark (see [positions]): they lead to the same marks, and
// nobody asks for other nodes.
func (c *closure) passedOver(members []*Node) *Node {
	n := members[0]
	if len(members) > 1 || len(n.Succs) != 1 || n.Succs[0] == n {
		return nil
	}
	p, l := c.s.positions(), c.s.lead(n)
	if p.bit[n.ID] >= 0 || p.bit[n.Succs[0].ID] >= 0 || len(l.aborts) > 0 || l.match != nil || l.unseen != nil {
		return nil
	}
	return n.Succs[0]
}

// take adds what a component leads to that r leads to.
func (c *closure) take(r, to *reached) {
	r.may.or(to.may)
	r.matched.or(to.matched)
	r.unseen.or(to.unseen)
	if to.single != nil {
		r.matched.or(c.s.lead(to.single).match)
	}
}
