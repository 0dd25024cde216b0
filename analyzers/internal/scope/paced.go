package scope

import (
	"github.com/concvet/concvet/analyzers/internal/models"
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
	l := sp.Frame.Skel.Innermost(sp.Block)
	if l == nil || !sameRound(sp, n) || !l.Always(sp.Block) || !l.Always(n.Block) {
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

// sameRound reports whether the innermost loop that a and b lie in is one, or neither
// lies in any.
func sameRound(a, b *Node) bool {
	return a.Frame.Skel.Innermost(a.Block) == b.Frame.Skel.Innermost(b.Block)
}
