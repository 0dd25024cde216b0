package census

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

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
	receives := func(n int) bool {
		ev := sk.Nodes[n].Ev
		return ev != nil && slices.ContainsFunc(c.Ops, func(k *Op) bool { return k.Kind == models.Recv && k.Ev.Instr == ev.Instr })
	}
	for n := range sk.Nodes {
		k, ok := failure(sk.Nodes[n].Cond)
		if !ok || len(sk.Nodes[n].Succs) != 2 || !inLoopOf(sk, loop, n) {
			continue
		}
		m := sk.Nodes[n].Succs[k]
		after := sk.Reach(m, nil, nil)
		after[m] = true
		if leave := silentEnd(sk, after); leave != nil && after[sk.Exit] && !slices.ContainsFunc(indices(after), receives) {
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

// failure returns which way a branch goes on if the error that it asks for is
// there.
func failure(cond ssa.Value) (way int, ok bool) {
	b, isOp := cond.(*ssa.BinOp)
	if !isOp || b.Op != token.NEQ && b.Op != token.EQL || !types.Identical(b.X.Type(), types.Universe.Lookup("error").Type()) {
		return 0, false
	}
	if k, isConst := b.Y.(*ssa.Const); !isConst || !k.IsNil() {
		return 0, false
	}
	if b.Op == token.EQL {
		return 1, true
	}
	return 0, true
}

// silentEnd returns the one return among nodes of which none tells others
// anything, else nil.
func silentEnd(sk *skeleton.Func, nodes []bool) *skeleton.Event {
	var out *skeleton.Event
	for _, n := range indices(nodes) {
		switch ev := sk.Nodes[n].Ev; {
		case ev == nil:
		case ev.Kind == skeleton.Return:
			if out != nil && out.Instr != ev.Instr {
				return nil
			}
			out = ev
		case ev.Kind == models.TimerStop:
		case !passive(&sk.Nodes[n]):
			return nil
		}
	}
	return out
}

func indices(set []bool) []int {
	var out []int
	for i, in := range set {
		if in {
			out = append(out, i)
		}
	}
	return out
}

// always reports whether its function cannot return before o.
func (r *Result) always(o *Op) bool {
	sk := r.p.Skeleton(o.Fn)
	return o.Node != 0 && !sk.Reach(0, func(n int) bool { return n == o.Node }, nil)[sk.Exit]
}
