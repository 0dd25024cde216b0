package scope

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
	seen   []int32    // by component: the last one that has taken it in
	count  int32
}

// A reached is what the nodes of one component lead to. It is not changed once
// it is complete.
type reached struct {
	may     nodeSet // nodes behind an edge or more
	matched nodeSet // operations that may synchronise with one of may
	unseen  nodeSet // what these nodes and those of may can let go on unseen
	single  *Node   // the only member, if it is on no cycle
}

// reached returns what n leads to.
func (s *Scope) reached(n *Node) *reached {
	c := s.closed
	if c == nil {
		c = &closure{s: s, number: make([]int32, len(s.Nodes)), low: make([]int32, len(s.Nodes)), comp: make([]int32, len(s.Nodes)), sets: make([]*reached, 1), seen: make([]int32, 1)}
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
	c.edges(n, func(m *Node) {
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

// edges calls f for each node that n leads to, some of them twice.
func (c *closure) edges(n *Node, f func(*Node)) {
	for _, m := range n.Succs {
		f(m)
	}
	if n.Starts != nil {
		f(n.Starts.Entry)
	}
	l := c.s.lead(n)
	for _, m := range l.aborts {
		f(m)
	}
	l.match.each(func(id int) { f(c.s.Nodes[id]) })
	l.unseen.each(func(id int) { f(c.s.Nodes[id]) })
}

// complete adds a component, those that it leads to being there.
func (c *closure) complete(members []*Node) {
	id := int32(len(c.sets))
	r := &reached{may: c.s.newSet(), matched: c.s.newSet(), unseen: c.s.newSet()}
	c.sets, c.seen = append(c.sets, r), append(c.seen, 0)
	for _, n := range members {
		c.comp[n.ID] = id
	}
	cyclic := len(members) > 1
	for _, n := range members {
		c.edges(n, func(m *Node) {
			r.may.add(m.ID)
			to := c.comp[m.ID]
			cyclic = cyclic || to == id
			if to == id || c.seen[to] == id {
				return
			}
			c.seen[to] = id
			c.take(r, c.sets[to])
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

// take adds what a component leads to that r leads to.
func (c *closure) take(r, to *reached) {
	r.may.or(to.may)
	r.matched.or(to.matched)
	r.unseen.or(to.unseen)
	if to.single != nil {
		r.matched.or(c.s.lead(to.single).match)
	}
}
