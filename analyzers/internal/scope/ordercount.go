package scope

import (
	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// outside returns how many operations of kind k on p may complete without a
// having happened: those that n could have been matched with instead.
func (o *order) outside(p *Primitive, n *Node, k models.Kind) int {
	total, made := 0, o.s.made(p.Place)
	for _, x := range p.Ops {
		kind := x.Ev.Kind
		if kind == models.Close && k == models.Send {
			if !o.after.has(x.ID) {
				return Many
			}
			continue
		}
		if kind == skeleton.RecvClosed || kind != k || x == n || o.s.onlyAfter(x, n) {
			continue
		}
		per, inst := o.s.tally(x, made)
		if o.after.has(x.ID) {
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
			done = done || o.after.has(x.ID) && o.may.has(x.ID) && (x.Thread != n.Thread)
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
