package scope

import (
	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// An order is what happens after one position, in the sense of the Go memory
// model (go.dev/ref/mem): a node n is in after if a, a node at the position,
// should it run at all, happens before every run of n.
//
// It is the least set closed under:
//   - in a's thread, what cannot run before a;
//   - a node that every path from the start reaches through a member;
//   - the first node of a goroutine whose go statement is a member;
//   - an operation that completes only after a member: see [order.released].
type order struct {
	orderKind
	s       *Scope
	a       *Node
	after   nodeSet
	gate    nodeSet // members by a rule of their own, not through paths
	held    nodeSet // those that wait for a
	may     nodeSet // nodes that some path of control or synchronisation leads to from a
	matched nodeSet // operations that may synchronise with a member of may
	unseen  nodeSet // what members of may can let go on unseen
	reach   map[wayAround]nodeSet
	maybe   map[int32]bool // by position, see conceivably
	free    nodeSet        // see unhindered
}

// An orderKind says what counts in an order.
type orderKind struct {
	without *place.Place // operations on it order nothing, nil if all do
	exact   bool         // only primitives that are fully known order anything
	wary    bool         // input lets nobody go on
}

type orderKey struct {
	orderKind
	position int32
}

// A wayAround says where control starts from, and what it does not pass, on the
// way around an order: behind the go statement leave, if not nil, and in the
// goroutine of the go statement enter, if not nil.
type wayAround struct{ leave, enter, stop *Node }

// start returns the nodes that control starts from.
func (w wayAround) start() []*Node {
	var out []*Node
	if w.leave != nil {
		out = append(out, w.leave.Succs...)
	}
	if w.enter != nil {
		out = append(out, w.enter.Starts.Entry)
	}
	return out
}

// orderOf returns the order of a, nil past the bound.
func (s *Scope) orderOf(a *Node) *order { return s.bounded(a, orderKind{}) }

// bounded is orderAs, but nil past the bound.
func (s *Scope) bounded(a *Node, kind orderKind) *order {
	if s.orders[orderKey{kind, s.position(a)}] == nil && (len(s.orders)+1)*len(s.Nodes) > maxOrdered {
		return nil
	}
	return s.orderAs(a, kind)
}

// orderAs returns the order of a of one kind, computed once for a's position. Of
// a's own thread it tells only marks right.
func (s *Scope) orderAs(a *Node, kind orderKind) *order {
	k := orderKey{kind, s.position(a)}
	o := s.orders[k]
	if o == nil {
		o = s.newOrder(a, kind)
		s.orders[k] = o
	}
	return o
}

// newOrder computes the order of a itself.
func (s *Scope) newOrder(a *Node, kind orderKind) *order {
	o := &order{orderKind: kind, s: s, a: a, after: s.newSet(), gate: s.newSet(), held: s.newSet()}
	if kind.exact {
		o.reachableExactly()
	} else {
		o.reachable()
	}
	o.compute()
	return o
}

// Ordered reports whether a and b, nodes of one scope, never run concurrently
// on one object. The node made, if not nil, is where that object is made:
// whatever lies behind another run of it is about another object.
func (s *Scope) Ordered(a, b, made *Node) bool { return s.orderedAs(a, b, made, orderKind{}) }

// orderedAs is Ordered by orders of one kind.
func (s *Scope) orderedAs(a, b, made *Node, kind orderKind) bool {
	if s.never(a, b) {
		return true
	}
	if s.sideBySide(a, b, made) {
		return false
	}
	return s.leadsTo(a, b) || s.leadsTo(b, a) || s.precedes(a, b, made, kind) || s.precedes(b, a, made, kind) || s.inTurns(a, b, made, kind)
}

// inTurns reports whether the goroutines of a and b are started by one goroutine,
// that of b only when a is over if it comes later, and the other way round: a loop
// that starts both and waits for each before it goes on.
func (s *Scope) inTurns(a, b, made *Node, kind orderKind) bool {
	if a.Thread == b.Thread {
		return false
	}
	sa, sb := fork(a, b)
	if sa == nil || sb == nil || !s.single(sa.Thread) {
		return false
	}
	oa, ob := s.bounded(a, kind), s.bounded(b, kind)
	return oa == nil || ob == nil ||
		!oa.reached(wayAround{leave: sa, stop: made}).has(b.ID) && !ob.reached(wayAround{leave: sb, stop: made}).has(a.ID)
}

// leadsTo reports whether b runs in goroutines that are only started, directly
// or not, by a's own, and after a.
func (s *Scope) leadsTo(a, b *Node) bool {
	via := from(a.Thread, b)
	return via != nil && !s.passes(via, a)
}

// precedes reports whether a happens before b, as far as is known; past the
// bound nothing is.
func (s *Scope) precedes(a, b, made *Node, kind orderKind) bool {
	o := s.bounded(a, kind)
	return o == nil || o.before(a, b, made) || o.conceivably(b)
}

// never reports whether the kinds of their goroutines keep a and b apart, or may
// do so in a way that the graph does not show.
func (s *Scope) never(a, b *Node) bool {
	return a.Thread == b.Thread && s.single(a.Thread) || s.timed(a.Thread) || s.timed(b.Thread) ||
		s.testOrdered(a, b) || s.unserved(a, b)
}

// single reports whether at most one instance of t runs in one activation of
// the scope.
func (s *Scope) single(t *Thread) bool { return t.Count <= 1 }

func (o *order) compute() {
	s := o.s
	back := s.backward(o.a)
	for _, n := range o.a.Thread.nodes {
		if n != o.a && !back.has(n.ID) {
			o.gate.add(n.ID)
		}
	}
	for changed := true; changed; {
		o.spread()
		changed = false
		hold := func(n *Node) {
			o.gate.add(n.ID)
			o.held.add(n.ID)
			changed = true
		}
		for _, n := range s.sync.waits {
			if !o.gate.has(n.ID) && (n.Ev != nil && o.released(n) || n.Cond != nil && !o.exact && o.flagged(n)) {
				hold(n)
			}
		}
		for _, d := range s.drains() {
			if d.exit != nil && !o.gate.has(d.exit.ID) && o.drained(d) {
				hold(d.exit)
			}
			if !o.gate.has(d.head.ID) && o.turns(d) {
				hold(d.head)
			}
		}
	}
}

// ignores reports whether the order leaves out operations on n's object.
func (o *order) ignores(n *Node) bool { return o.without != nil && n.Obj == o.without }

// spread recomputes after: everything but what a path from the start reaches
// around the gates.
func (o *order) spread() {
	clear(o.after)
	o.around(o.after, nil, o.s.Threads[0].Entry)
	for i := range o.after {
		o.after[i] = ^o.after[i]
	}
}

// around adds the nodes that control can reach from the given ones, through
// go statements too, without passing a gate or the node stop. A gate is not
// reached itself.
func (o *order) around(seen nodeSet, stop *Node, from ...*Node) {
	work := o.s.work[:0]
	visit := func(n *Node) {
		if !seen.has(n.ID) && !o.gate.has(n.ID) && n != stop {
			seen.add(n.ID)
			work = append(work, n)
		}
	}
	for _, n := range from {
		visit(n)
	}
	for len(work) > 0 {
		n := work[len(work)-1]
		work = work[:len(work)-1]
		for _, m := range n.Succs {
			visit(m)
		}
		if n.Starts != nil {
			visit(n.Starts.Entry)
		}
	}
	o.s.work = work
}

// reached returns what control reaches on a way around the order.
func (o *order) reached(w wayAround) nodeSet {
	seen, ok := o.reach[w]
	if !ok {
		seen = o.s.newSet()
		o.around(seen, w.stop, w.start()...)
		if o.reach == nil {
			o.reach = map[wayAround]nodeSet{}
		}
		o.reach[w] = seen
	}
	return seen
}

// before reports whether a, at the order's position, happens before every run
// of b that is not before a by the order in which goroutines are started.
func (o *order) before(a, b, made *Node) bool {
	if a.Thread == b.Thread {
		return o.acrossInstances(a, b, made)
	}
	sa, sb := fork(a, b)
	switch {
	case sa == nil: // b runs in a goroutine started, directly or not, by a's
		return !o.s.passes(sb, a) || !o.reached(wayAround{enter: sb, stop: made}).has(b.ID)
	case sb == nil: // a runs in a goroutine started by b's
		return !o.reached(wayAround{leave: sa, stop: made}).has(b.ID)
	}
	w := wayAround{leave: sa, stop: made}
	if sa != sb && o.s.passes(sb, sa) {
		w.enter = sb
	}
	return !o.reached(w).has(b.ID)
}

// acrossInstances is before for two instances of one thread. Instances that
// make the object, or descend from such that do, have one each.
func (o *order) acrossInstances(a, b, made *Node) bool {
	for t := b.Thread; t.Spawn != nil; t = t.Parent {
		if made != nil && made.Thread == t {
			return true
		}
		if o.s.starts(t) > 1 && !gated(t.Spawn) && (a == b || o.s.backward(a).has(b.ID)) && o.unhindered().has(b.ID) && o.reached(t.again(made)).has(b.Thread.Entry.ID) {
			return false
		}
	}
	return true
}

// unhindered returns the nodes of a's thread that another instance of it gets to
// without having waited for a.
func (o *order) unhindered() nodeSet {
	if o.free == nil {
		o.free = o.s.avoiding(o.a.Thread.Entry, func(n *Node) bool { return o.held.has(n.ID) })
	}
	return o.free
}

// fork returns the nodes, in the innermost thread that a and b both descend
// from, that lead to a and to b: nil for one that runs in it itself.
func fork(a, b *Node) (sa, sb *Node) {
	t, u := a.Thread, b.Thread
	for t != u {
		if t.ID > u.ID { // a thread comes after the one that starts it
			t, sa = t.Parent, t.Spawn
		} else {
			u, sb = u.Parent, u.Spawn
		}
	}
	return sa, sb
}

// reachable computes may, and what goes with it: where control, go statements
// or a synchronising pair, however unlikely, can lead from a.
func (o *order) reachable() {
	s := o.s
	o.may, o.matched, o.unseen = s.newSet(), s.newSet(), s.newSet()
	through := map[int]bool{} // sets that have been gone through
	work := []*Node{o.a}
	visit := func(m *Node) {
		if !o.may.has(m.ID) {
			o.may.add(m.ID)
			o.matched.or(s.lead(m).match)
			work = append(work, m)
		}
	}
	visitID := func(id int) { visit(s.Nodes[id]) }
	for len(work) > 0 {
		n := work[len(work)-1]
		work = work[:len(work)-1]
		for _, m := range n.Succs {
			visit(m)
		}
		if n.Starts != nil {
			visit(n.Starts.Entry)
		}
		l := s.lead(n)
		for _, m := range l.aborts {
			visit(m)
		}
		if o.ignores(n) || o.wary && takesIn(n) {
			continue
		}
		l.match.each(o.may, visitID)
		if u := l.unseen; u != nil && !through[u.id] {
			through[u.id] = true
			o.unseen.or(u.nodes)
			u.nodes.each(o.may, visitID)
		}
	}
}

// released reports whether n completes only after something in the order has
// happened. Exact primitives must prove it in every matching; of others any
// conceivable matching counts.
func (o *order) released(n *Node) bool {
	if o.ignores(n) {
		return false
	}
	switch n.Ev.Kind {
	case models.Settle:
		return n.Thread != o.a.Thread
	case models.RunTest:
		return o.joins(n)
	case models.Release:
		return o.inOnce(n)
	}
	p := o.s.Prim(n)
	if p != nil && p.Exact && !p.relayed() {
		switch n.Ev.Kind {
		case models.Recv:
			return o.s.received(n, p, models.Recv) > o.outside(p, n, models.Send) || o.paced(p, n)
		case models.Send:
			if p.Cap >= Many {
				return o.mayOrder(n)
			}
			out := o.outside(p, n, models.Recv)
			if out >= Many && p.Cap > 0 && o.s.semaphore(n, p) {
				return o.mayOrder(n) // all have received, for all that is known
			}
			return o.s.received(n, p, models.Send)-p.Cap > out
		case skeleton.RecvClosed:
			return o.outside(p, n, models.Close) == 0
		case models.WGWait:
			return o.waited(p, n)
		}
		return false
	}
	return o.mayOrder(n)
}

// mayOrder reports whether n could be released by something that a leads to.
func (o *order) mayOrder(n *Node) bool {
	return !o.exact && o.s.acquires(n) && (o.unseen.has(n.ID) || o.matched.has(n.ID))
}
