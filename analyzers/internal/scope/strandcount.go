package scope

import (
	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// counting returns a walk of l on which the goroutines that it starts send more
// than it receives and the channel holds.
func (x *stranding) counting(l *Thread, p *Primitive) *walk {
	start := l.Entry
	if made := x.s.made(p.Place); made != nil && made.Thread == l {
		start = made
	}
	adds := map[*Node]int{}
	for _, n := range p.Ops {
		if n.Ev.Kind != models.Send {
			continue
		}
		via := from(l, n)
		if via == nil || !n.Thread.Known() || x.odd(n.Thread) || gated(via) {
			return nil
		}
		adds[via] = x.most(via.Starts, p)
		if per, _ := x.s.tally(via, x.s.made(p.Place)); per >= Many && p.Cap > 1 {
			return nil // the buffer may have been made for that many
		}
	}
	w := x.walk(l, start)
	w.want = p.Cap + 1
	instead := x.alternatives(p)
	w.weigh = func(n *Node) int {
		switch {
		case n.Ev == nil:
			return 0
		case n.Ev.Kind == models.Recv && (x.s.Prim(n) == p || instead[x.s.Prim(n)]):
			return -1
		}
		return adds[n]
	}
	return w
}

// alternatives returns the channels that the waiting goroutine sends on instead
// of sending on p: what has been received there was not sent on p.
func (x *stranding) alternatives(p *Primitive) map[*Primitive]bool {
	out := map[*Primitive]bool{}
	back := x.s.backward(x.w.at)
	for _, n := range x.t.nodes {
		if n.Ev == nil || n.Ev.Kind != models.Send || x.s.InLoop(n) {
			continue
		}
		if q := x.s.Prim(n); q != nil && q != p && !back.has(n.ID) && !x.s.leads(x.w.at, n) {
			out[q] = true
		}
	}
	return out
}

// most returns how many sends on p one goroutine of t, with those that it
// starts, may attempt: those on one path that are unavoidable once the first is
// made.
func (x *stranding) most(t *Thread, p *Primitive) int {
	best := 0
	weight := x.weights(t, p)
	for _, n := range x.s.Nodes {
		k := weight[n]
		if k == 0 {
			continue
		}
		if per, _ := x.s.tally(n, x.s.made(p.Place)); per > 1 && x.s.comesAgain(n) {
			k = mulCount(k, per)
			if k >= Many && p.Cap > 1 && x.bounded(n) {
				continue // the buffer may have been made for that many
			}
		} else {
			k = min(k+x.further(n, x.s.made(p.Place), weight), Many)
		}
		best = max(best, k)
	}
	return best
}

// comesAgain reports whether control can come to n again.
func (s *Scope) comesAgain(n *Node) bool {
	for _, m := range n.Succs {
		if s.Reach(m, func(*Node) bool { return false })(n) {
			return true
		}
	}
	return false
}

// bounded reports whether n runs in a loop that ends when it has done what it
// came for.
func (x *stranding) bounded(n *Node) bool {
	for _, br := range x.s.Nodes {
		if br.Cond == nil || br.Thread != n.Thread || !x.s.SameLoop(br, n) {
			continue
		}
		for k := range 2 {
			if x.s.leavesWhole(br, k, func(f *Frame, l *skeleton.Loop) bool { m := within(n, f); return m != nil && l.Body[m.Block] }) {
				return true
			}
		}
	}
	return false
}

// weights returns how many sends on p come about at the nodes of t.
func (x *stranding) weights(t *Thread, p *Primitive) map[*Node]int {
	out := map[*Node]int{}
	reached := x.s.Reach(t.Entry, func(*Node) bool { return false })
	for _, n := range p.Ops {
		if n.Ev.Kind != models.Send {
			continue
		}
		if n.Thread == t {
			if reached(n) || n == t.Entry {
				out[n] = 1
			}
		} else if via := from(t, n); via != nil {
			out[via] = x.most(via.Starts, p)
		}
	}
	return out
}

// further returns the weight that follows n on every path to the end of its
// goroutine, or to where the channel is made anew.
func (x *stranding) further(n, made *Node, weight map[*Node]int) int {
	dist := map[*Node]int{n: 0}
	work := []*Node{n}
	exit, best := n.Thread.Frame.Exit, Many
	for len(work) > 0 {
		m := work[0]
		work = work[1:]
		if m == exit || m == made {
			best = min(best, dist[m])
			continue
		}
		for _, q := range m.Succs {
			d := min(dist[m]+weight[q], Many)
			if old, ok := dist[q]; !ok || d < old {
				dist[q] = d
				work = append(work, q)
			}
		}
	}
	if best == Many {
		return 0 // it never ends
	}
	return best
}
