package scope

import (
	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// paced reports whether the receive at n, from p, waits for the goroutine of the
// order's node, which sends on p once, behind that node: each round of a loop
// starts one of them and then receives once. As many messages have been received
// as goroutines were started, and no goroutine sends two, so all have sent.
func (o *order) paced(p *Primitive, n *Node) bool {
	s, t := o.s, o.a.Thread
	sp := t.Spawn
	if sp == nil || sp.Frame != n.Frame || n.Frame == nil || !s.single(n.Thread) || !s.Dominates(sp, n) {
		return false
	}
	l := roundOf(sp)
	if l == nil || l != roundOf(n) || !l.Always(sp.Block) || !l.Always(n.Block) {
		return false
	}
	made := s.made(p.Place)
	if made != nil && made.Frame == n.Frame && l.Body[made.Block] {
		return false // there is another channel in each round
	}
	sends := 0
	for _, x := range p.Ops {
		switch x.Ev.Kind {
		case models.Send:
			per, _ := s.tally(x, t.Entry)
			if x.Thread != t || per > 1 || !o.after.has(x.ID) {
				return false
			}
			sends++
		case models.Close:
			return false
		}
	}
	return sends == 1
}

// roundOf returns the innermost loop that n lies in, nil if there is none.
func roundOf(n *Node) *skeleton.Loop {
	var in *skeleton.Loop
	for _, l := range n.Frame.Skel.Loops {
		if l.Body[n.Block] && (in == nil || len(l.Body) < len(in.Body)) {
			in = l
		}
	}
	return in
}
