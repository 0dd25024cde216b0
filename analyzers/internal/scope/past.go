package scope

import (
	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// past reports whether every run of m happens before any run of n, by the
// order of go statements and the primitives that are fully known alone. What
// might let m go on is then not n, whatever n is: goroutines that were waited
// for learn nothing any more, nor does what ran before n's goroutine started.
func (s *Scope) past(m, n *Node) bool {
	if via := from(m.Thread, n); via != nil {
		return !s.passes(via, m)
	}
	if m.Thread.Spawn == nil || !s.joins() {
		return false
	}
	return s.surelyAfter(m).has(n.ID)
}

// surelyAfter returns the nodes that run only after a has, by the order of go
// statements and the primitives that are fully known. Of a's own thread it tells
// only marks right.
func (s *Scope) surelyAfter(a *Node) nodeSet { return s.orderAs(a, orderKind{exact: true}).after }

// from returns the node of t that starts, directly or not, the goroutine of n;
// nil if none does.
func from(t *Thread, n *Node) *Node {
	for u := n.Thread; u != t; u = u.Parent {
		if u.Parent == t {
			return u.Spawn
		}
		if u.Parent == nil {
			return nil
		}
	}
	return nil
}

// joins reports whether the scope has an operation that can wait for a
// goroutine and be known to.
func (s *Scope) joins() bool {
	if s.paths.joins == 0 {
		s.paths.joins = -1
		for _, n := range s.sync.waits {
			if n.Ev == nil {
				continue
			}
			switch n.Ev.Kind {
			case models.Recv, skeleton.RecvClosed, models.WGWait:
				if p := s.Prim(n); p != nil && p.Exact {
					s.paths.joins = 1
				}
			}
		}
	}
	return s.paths.joins > 0
}

// reachableExactly is reachable for the control flow of a's own goroutine and
// those it starts.
func (o *order) reachableExactly() {
	o.may = o.s.newSet()
	work := []*Node{o.a}
	for len(work) > 0 {
		n := work[len(work)-1]
		work = work[:len(work)-1]
		next := n.Succs
		if n.Starts != nil {
			next = append(next[:len(next):len(next)], n.Starts.Entry)
		}
		for _, m := range next {
			if !o.may.has(m.ID) {
				o.may.add(m.ID)
				work = append(work, m)
			}
		}
	}
}

// conceivably reports whether some path to b waits, on something that is not
// fully known, for what a leads to. Whether the path is taken may be for the
// program to know: a loop that waits for whoever is still there.
func (o *order) conceivably(b *Node) bool {
	at := o.s.position(b)
	yes, ok := o.maybe[at]
	if !ok {
		yes = o.waitsFor(b)
		if o.maybe == nil {
			o.maybe = map[int32]bool{}
		}
		o.maybe[at] = yes
	}
	return yes
}

func (o *order) waitsFor(b *Node) bool {
	for _, n := range o.s.sync.waits {
		if n.Thread != b.Thread || n.Ev == nil || !o.s.passes(n, b) || o.s.opaque(n) {
			continue
		}
		if p := o.s.Prim(n); p != nil && !p.Exact && o.mayOrder(n) {
			return true
		}
	}
	return false
}
