package census

import (
	"slices"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// quits returns the return by which the loop ends because of an error, without
// telling anybody: behind the branch on the error nothing is received from c,
// nothing is written, sent or closed, and nothing is called that could do so.
// Nil if there is none, or if the loop may be started again: only who makes the
// channel starts it.
func (r *Result) quits(c *Census, loop *Op) *skeleton.Event {
	started, _ := r.Goroutines(loop.Fn)
	if len(started) != 1 || started[0].Ev.Callee.Fn != loop.Fn || len(c.Makes) != 1 || c.Makes[0].Fn != started[0].In {
		return nil
	}
	sk := r.p.Skeleton(loop.Fn)
	receives := sk.LeadTo(func(n int) bool { return c.receives(sk.Nodes[n].Ev) })
	quiet := func(n *skeleton.Node) bool { return passive(n) || n.Ev.Kind == models.TimerStop }
	for n := range sk.Nodes {
		k := skeleton.ErrorSucc(sk.Nodes[n].Cond)
		if k < 0 || len(sk.Nodes[n].Succs) != 2 || receives[sk.Nodes[n].Succs[k]] || !inLoopOf(sk, loop, n) {
			continue
		}
		if leave := wayOut(sk, sk.Nodes[n].Succs[k], quiet); leave != nil {
			return leave
		}
	}
	return nil
}

// inLoopOf reports whether node n lies in a loop with the select of op.
func inLoopOf(sk *skeleton.Func, op *Op, n int) bool {
	return slices.ContainsFunc(sk.Loops, func(l *skeleton.Loop) bool {
		return l.Body[sk.Nodes[n].Block] && l.Body[op.Ev.Instr.Block()]
	})
}

// always reports whether its function cannot return before o.
func (r *Result) always(o *Op) bool {
	sk := r.p.Skeleton(o.Fn)
	return o.Node != 0 && !sk.Reach(0, func(n int) bool { return n == o.Node }, nil)[sk.Exit]
}
