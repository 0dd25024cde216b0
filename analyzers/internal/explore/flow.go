package explore

import "github.com/concvet/concvet/analyzers/internal/scope"

// nowhere is the sink of nodes from which control never gets to a marked node.
const nowhere = -1

// maxPasses bounds how often sinks are computed anew because of loops.
const maxPasses = 6

// findSinks computes the sinks, from the marked nodes back. Paths that end the
// process do not count.
func (p *projection) findSinks() {
	if p.sink == nil {
		p.sink, p.post = make([]int, len(p.s.Nodes)), postorder(p.s)
	}
	for i := range p.sink {
		p.sink[i] = nowhere
	}
	for pass, changed := 0, true; changed; pass++ {
		changed = false
		for _, n := range p.post {
			was := p.sink[n.ID]
			if to := p.target(n); to != was {
				if pass >= maxPasses {
					to = n.ID // it stays so
				}
				p.sink[n.ID], changed = to, changed || to != was
			}
		}
	}
}

// target returns the sink of n by those of its successors.
func (p *projection) target(n *scope.Node) int {
	switch {
	case p.mark[n.ID]:
		return n.ID
	case p.crash[n.ID]:
		return nowhere
	}
	to := nowhere
	for _, m := range n.Succs {
		switch s := p.sink[m.ID]; {
		case s == nowhere || s == to:
		case to == nowhere:
			to = s
		default:
			return n.ID
		}
	}
	return to
}

// postorder lists the nodes of all threads, successors first where there is no
// loop.
func postorder(s *scope.Scope) []*scope.Node {
	out := make([]*scope.Node, 0, len(s.Nodes))
	seen := make([]bool, len(s.Nodes))
	type item struct {
		n *scope.Node
		i int // of the successor that is next
	}
	var stack []item
	for _, t := range s.Threads {
		if seen[t.Entry.ID] {
			continue
		}
		seen[t.Entry.ID] = true
		stack = append(stack, item{n: t.Entry})
		for len(stack) > 0 {
			top := &stack[len(stack)-1]
			if top.i == len(top.n.Succs) {
				out = append(out, top.n)
				stack = stack[:len(stack)-1]
				continue
			}
			m := top.n.Succs[top.i]
			top.i++
			if !seen[m.ID] {
				seen[m.ID] = true
				stack = append(stack, item{n: m})
			}
		}
	}
	return out
}

// stops reports whether control does not just flow past n.
func (p *projection) stops(n *scope.Node) bool { return p.mark[n.ID] || p.sink[n.ID] == n.ID }

// findWaits computes where control may have to wait for something unknown before
// it gets to its sink.
func (p *projection) findWaits() {
	p.waits = make([]Patience, len(p.s.Nodes))
	var work []*scope.Node
	for i, n := range p.s.Nodes {
		if p.waits[i] = p.late(n); p.waits[i] > Now && !p.stops(n) {
			work = append(work, n)
		}
	}
	for len(work) > 0 {
		n := work[len(work)-1]
		work = work[:len(work)-1]
		for _, m := range n.Preds {
			if !p.stops(m) && p.waits[m.ID] < p.waits[n.ID] {
				p.waits[m.ID] = p.waits[n.ID]
				work = append(work, m)
			}
		}
	}
}
