package scope

import (
	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
)

// A drain is a loop that waits in each round, or at least may do so for what is
// not fully known. What comes behind it comes after all that it waited for.
type drain struct {
	head  *Node   // where a round starts
	exit  *Node   // where control goes on, nil if the head does not decide that
	waits []*Node // what it waits for in each round
	spins []*Node // atomic operations by which it may learn something in a round
}

// drains returns the drains of the scope, computed once.
func (s *Scope) drains() []drain {
	if s.paths.drained {
		return s.paths.drains
	}
	s.paths.drained = true
	for _, f := range s.frames {
		for _, l := range f.Skel.Loops {
			d := drain{head: f.First(l.Head), exit: f.First(loopEnd(l.Head, l.Body))}
			for _, n := range s.sync.waits {
				m := within(n, f)
				if n.Ev == nil || m == nil || !l.Body[m.Block] {
					continue
				}
				if family(n.Ev.Kind) == famAtomic {
					d.spins = append(d.spins, n)
				}
				p := s.Prim(n)
				if d.exit != nil && (p == nil || !p.Exact || l.Always(m.Block)) {
					d.waits = append(d.waits, n)
				}
			}
			if d.head != nil && len(d.waits)+len(d.spins) > 0 {
				s.paths.drains = append(s.paths.drains, d)
			}
		}
	}
	return s.paths.drains
}

// turns reports whether rounds of d may take turns with something in the
// order, told by an atomic variable. In which round they do is a matter of
// values, so all are taken to.
func (o *order) turns(d drain) bool {
	for _, n := range d.spins {
		if o.gate.has(n.ID) {
			return true
		}
	}
	return false
}

// loopEnd returns the block behind the loop at h, nil if its head does not
// decide when to end.
func loopEnd(h *ssa.BasicBlock, body map[*ssa.BasicBlock]bool) *ssa.BasicBlock {
	if _, ok := h.Instrs[len(h.Instrs)-1].(*ssa.If); !ok {
		return nil
	}
	for _, b := range h.Succs {
		if !body[b] {
			return b
		}
	}
	return nil
}

// drained reports whether what follows d comes after something in the order:
// the loop waits for it, be it only in the last round, or in rounds that are
// not counted. That a loop runs at all is taken for granted.
func (o *order) drained(d drain) bool {
	for _, n := range d.waits {
		p := o.s.Prim(n)
		switch {
		case p == nil || !p.Exact || n.Ev.Kind != models.Recv:
			if o.gate.has(n.ID) {
				return true
			}
		case o.s.received(d.exit, p, models.Recv) > o.outside(p, d.exit, models.Send):
			return true
		case o.s.uncounted(n, d.exit) && o.mayOrder(n):
			return true
		}
	}
	return false
}

// uncounted reports whether n lies in a loop whose rounds are not known, and
// that exit does not lie in.
func (s *Scope) uncounted(n, exit *Node) bool {
	m := within(n, exit.Frame)
	if m == nil {
		return false
	}
	for _, l := range exit.Frame.Skel.Loops {
		if l.Body[m.Block] && !l.Body[exit.Block] {
			if k, _ := l.Trips(m.Block); k >= Many {
				return true
			}
		}
	}
	return false
}
