package scope

import (
	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// An order is what happens after one node a, in the sense of the Go memory
// model (go.dev/ref/mem): after[n] if a, should it run at all, happens before
// every run of n.
//
// It is the least set closed under:
//   - in a's thread, what cannot run before a;
//   - a node that every path from the start reaches through a member;
//   - the first node of a goroutine whose go statement is a member;
//   - an operation that completes only after a member: see [order.released].
type order struct {
	s       *Scope
	a       *Node
	after   []bool
	gate    []bool       // members by a rule of their own, not through paths
	may     nodeSet      // nodes that some path of control or synchronisation leads to from a
	matched nodeSet      // operations that may synchronise with a member of may
	unseen  nodeSet      // what members of may can let go on unseen
	without *place.Place // operations on it order nothing, nil if all do
	exact   bool         // only primitives that are fully known order anything
}

// orderOf returns the order of a, computed once; nil past the bound.
func (s *Scope) orderOf(a *Node) *order {
	o := s.orders[a]
	if o == nil && len(s.orders) >= maxOrders {
		return nil
	}
	if o == nil {
		o = &order{s: s, a: a, after: make([]bool, len(s.Nodes)), gate: make([]bool, len(s.Nodes))}
		s.orders[a] = o
		o.reachable()
		o.compute()
	}
	return o
}

// Ordered reports whether a and b, nodes of one scope, never run concurrently
// on one object. The node made, if not nil, is where that object is made:
// whatever lies behind another run of it is about another object.
func (s *Scope) Ordered(a, b, made *Node) bool {
	if s.never(a, b) {
		return true
	}
	return s.precedes(a, b, made) || s.precedes(b, a, made)
}

// precedes reports whether a happens before b, as far as is known; past the
// bound nothing is.
func (s *Scope) precedes(a, b, made *Node) bool {
	o := s.orderOf(a)
	return o == nil || o.before(b, made) || o.conceivably(b)
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
	for _, n := range s.Nodes {
		if n.Thread == o.a.Thread && n != o.a && !back.has(n.ID) {
			o.gate[n.ID] = true
		}
	}
	for changed := true; changed; {
		o.spread()
		changed = false
		for _, n := range s.sync.waits {
			if !o.gate[n.ID] && (n.Ev != nil && o.released(n) || n.Cond != nil && !o.exact && o.flagged(n)) {
				o.gate[n.ID], changed = true, true
			}
		}
		for _, d := range s.drains() {
			if d.exit != nil && !o.gate[d.exit.ID] && o.drained(d) {
				o.gate[d.exit.ID], changed = true, true
			}
			if !o.gate[d.head.ID] && o.turns(d) {
				o.gate[d.head.ID], changed = true, true
			}
		}
	}
}

// ignores reports whether the order leaves out operations on n's object.
func (o *order) ignores(n *Node) bool { return o.without != nil && n.Obj == o.without }

// spread recomputes after: everything but what a path from the start reaches
// around the gates.
func (o *order) spread() {
	free := o.around([]*Node{o.s.Threads[0].Entry}, nil)
	for i := range o.after {
		o.after[i] = !free[i]
	}
}

// around returns the nodes that control can reach from the given ones, through
// go statements too, without passing a gate or the node stop. A gate is not
// reached itself.
func (o *order) around(from []*Node, stop *Node) []bool {
	seen := make([]bool, len(o.s.Nodes))
	var work []*Node
	visit := func(n *Node) {
		if !seen[n.ID] && !o.gate[n.ID] && n != stop {
			seen[n.ID] = true
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
	return seen
}

// before reports whether a happens before every run of b that is not before a
// by the order in which goroutines are started.
func (o *order) before(b, made *Node) bool {
	a := o.a
	if a.Thread == b.Thread {
		return o.acrossInstances(b, made)
	}
	sa, sb := fork(a, b)
	switch {
	case sa == nil: // b runs in a goroutine started, directly or not, by a's
		if !o.s.backward(a).has(sb.ID) {
			return true
		}
		return !o.around([]*Node{sb.Starts.Entry}, made)[b.ID]
	case sb == nil: // a runs in a goroutine started by b's
		return !o.around(sa.Succs, made)[b.ID]
	}
	from := append([]*Node(nil), sa.Succs...)
	if sa != sb && o.s.backward(sa).has(sb.ID) {
		from = append(from, sb.Starts.Entry)
	}
	return !o.around(from, made)[b.ID]
}

// acrossInstances is before for two instances of one thread. Instances that
// make the object, or descend from such that do, have one each.
func (o *order) acrossInstances(b, made *Node) bool {
	for t := b.Thread; t.Spawn != nil; t = t.Parent {
		if made != nil && made.Thread == t {
			return true
		}
		if o.s.starts(t) > 1 && o.around(t.next(), made)[b.ID] {
			return false
		}
	}
	return true
}

// fork returns the nodes, in the innermost thread that a and b both descend
// from, that lead to a and to b: nil for one that runs in it itself.
func fork(a, b *Node) (sa, sb *Node) {
	up := map[*Thread]*Node{}
	var via *Node
	for t := a.Thread; t != nil; t = t.Parent {
		up[t] = via
		via = t.Spawn
	}
	via = nil
	for t := b.Thread; t != nil; t = t.Parent {
		if x, ok := up[t]; ok {
			return x, via
		}
		via = t.Spawn
	}
	return nil, nil
}

// reachable computes may, and what goes with it: where control, go statements
// or a synchronising pair, however unlikely, can lead from a.
func (o *order) reachable() {
	if o.without == nil {
		r := o.s.reached(o.a)
		o.may, o.matched, o.unseen = r.may, r.matched, r.unseen
		return
	}
	s := o.s
	o.may, o.matched, o.unseen = s.newSet(), s.newSet(), s.newSet()
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
		if !o.ignores(n) {
			o.unseen.or(l.unseen)
			l.match.each(visitID)
			l.unseen.each(visitID)
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
			return o.s.received(n, p, models.Recv) > o.outside(p, n, models.Send)
		case models.Send:
			if p.Cap >= Many {
				return o.mayOrder(n)
			}
			return o.s.received(n, p, models.Send)-p.Cap > o.outside(p, n, models.Recv)
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

// outside returns how many operations of kind k on p may complete without a
// having happened: those that n could have been matched with instead.
func (o *order) outside(p *Primitive, n *Node, k models.Kind) int {
	total, made := 0, o.s.made(p.Place)
	for _, x := range p.Ops {
		kind := x.Ev.Kind
		if kind == models.Close && k == models.Send {
			if !o.after[x.ID] {
				return Many
			}
			continue
		}
		if kind == skeleton.RecvClosed || kind != k || x == n || o.s.onlyAfter(x, n) {
			continue
		}
		per, inst := o.s.tally(x, made)
		if o.after[x.ID] {
			if x.Thread != o.a.Thread {
				continue
			}
			if inst < Many {
				inst-- // the others of a's own kind
			}
		}
		if inst > 0 {
			total += mulCount(per, inst)
		}
	}
	return min(total, Many)
}

// onlyAfter reports whether x cannot run before n has: it follows n in n's own
// thread, or runs in a goroutine that is started behind n.
func (s *Scope) onlyAfter(x, n *Node) bool {
	for x.Thread != n.Thread {
		if x.Thread.Spawn == nil {
			return false
		}
		x = x.Thread.Spawn
	}
	return x != n && !s.backward(n).has(x.ID)
}

// waited reports whether the Wait at n waits for a Done after a: the Done must
// be of a goroutine that was added before, not by itself.
func (o *order) waited(p *Primitive, n *Node) bool {
	done := false
	for _, x := range p.Ops {
		switch x.Ev.Kind {
		case models.WGDone, skeleton.AtReturn:
			done = done || o.after[x.ID] && o.may.has(x.ID) && (x.Thread != n.Thread)
		}
	}
	if !done {
		return false
	}
	for _, x := range p.Ops {
		if (x.Ev.Kind == models.WGAdd && x.Thread != o.a.Thread || x.Ev.Kind == models.WGGo) && (x.Thread != n.Thread || o.s.backward(n).has(x.ID)) {
			return true
		}
	}
	return false
}
