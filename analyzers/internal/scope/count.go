package scope

import (
	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// tally returns how often n runs for one object made at the given node, nil for
// one that exists before the scope: per is how often in one goroutine of n's
// thread, inst how many such goroutines are started, at most.
func (s *Scope) tally(n, made *Node) (per, inst int) {
	per, inst = 1, 1
	into := &per
	for m := n; m.Frame != nil; m = m.Frame.At {
		f := m.Frame
		if m != n || s.InLoop(n) {
			k, _ := f.Skel.TripsApart(m.Block, madeIn(f, made))
			*into = mulCount(*into, k)
		}
		if f.At == nil || made != nil && made.Frame == f {
			break
		}
		if repeats(f) {
			*into = Many
		}
		if f.At.Thread != m.Thread {
			into = &inst
		}
	}
	return per, inst
}

// madeIn returns the block of f that made lies in, nil if it is elsewhere.
func madeIn(f *Frame, made *Node) *ssa.BasicBlock {
	if made != nil && made.Frame == f {
		return made.Block
	}
	return nil
}

// repeats reports whether the operation that f runs for runs it any number of
// times.
func repeats(f *Frame) bool {
	once, runs := runsNow(f.At.Ev.Kind)
	return runs && !once && f.At.inner == f
}

// sure returns how often x, of n's thread, has run at least when n completes,
// for one object made at the given node: counted loops around x that neither n
// nor made lies in run to their end first.
func (s *Scope) sure(x, n, made *Node) int {
	if x == n {
		return 1
	}
	total, first := 1, x
	for m := x; ; m = m.Frame.At {
		f := m.Frame
		over := within(n, f)
		var outer *skeleton.Loop
		for _, l := range f.Skel.Loops {
			if !l.Body[m.Block] || over != nil && l.Body[over.Block] || l.Body[madeIn(f, made)] {
				continue
			}
			if outer == nil || len(l.Body) > len(outer.Body) {
				outer = l
			}
			k, exact := l.Trips(m.Block)
			if !exact {
				return 0
			}
			total = mulCount(total, k)
		}
		if outer != nil {
			first = f.First(outer.Head)
		}
		if over != nil || made != nil && made.Frame == f || f.At == nil || f.At.Thread != x.Thread {
			break
		}
		if repeats(f) {
			return 0
		}
	}
	if total >= Many || !s.Dominates(first, n) {
		return 0
	}
	return total
}

// within returns the node of frame f, of n's thread, that is n or leads to it
// by calls, nil if there is none.
func within(n *Node, f *Frame) *Node {
	for m := n; m.Frame != nil; m = m.Frame.At {
		if m.Frame == f {
			return m
		}
		if m.Frame.At == nil || m.Frame.At.Thread != n.Thread {
			return nil
		}
	}
	return nil
}

// semaphore reports whether n's thread sends on p any number of times, and each
// of any number of goroutines receives a known number of times: whoever acquires
// all waits for all.
func (s *Scope) semaphore(n *Node, p *Primitive) bool {
	made, sends := s.made(p.Place), false
	for _, x := range p.Ops {
		per, _ := s.tally(x, made)
		switch {
		case x.Ev.Kind == models.Recv && per >= Many:
			return false
		case x.Ev.Kind == models.Send && x.Thread == n.Thread:
			sends = sends || per >= Many
		}
	}
	return sends
}
