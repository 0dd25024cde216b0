package census

import (
	"slices"

	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
	"github.com/concvet/concvet/analyzers/internal/summary"
)

// Unclosed returns a send on the channel that o, the receive of a range loop,
// ranges over, if nothing ever closes it though all who send on it come to an
// end: the loop has no other way out and then waits for ever. It is nil if that
// is not known.
func (r *Result) Unclosed(o *Op) *Op {
	c := r.At(o.Ev)
	if !r.stays(c, o) || c.Outside&MaySend != 0 || len(c.Makes) != 1 {
		return nil
	}
	m := c.Makes[0]
	if m.Stored || m.Fn == nil {
		return nil
	}
	var send *Op
	for _, k := range c.Ops {
		switch {
		case k.Kind != models.Send:
		case k.Dead() || !r.ends(k, m.Fn):
			return nil
		case send == nil:
			send = k
		}
	}
	if send == nil {
		return nil // chanblock's
	}
	if started, _ := r.Goroutines(o.Fn); len(started) > 0 && r.wholeRun(m.Fn) {
		return nil
	}
	return send
}

// stays reports whether the range loop of o is left in no way but the closing of
// the channel, and nobody closes it.
func (r *Result) stays(c *Census, o *Op) bool {
	return c != nil && !c.Open && !c.Global && !c.Checked && c.Outside&(MayClose|MayElse) == 0 && len(c.Makes) > 0 &&
		!c.Has(models.Close) && onlyWayOut(r.p.Skeleton(o.Fn), o.Ev.Instr)
}

// Unreached returns something that is done behind the range loop of o, though
// nothing ever closes the channel, so that control never gets there; nil if
// there is none. Output does not count.
func (r *Result) Unreached(o *Op) *skeleton.Event {
	sk := r.p.Skeleton(o.Fn)
	c := r.At(o.Ev)
	here := r.stays(c, o) && (c.Has(models.Send) || c.Outside&MaySend != 0)
	if !here && !(r.p.NeverClosed(o.Ev.Val) && onlyWayOut(sk, o.Ev.Instr)) {
		return nil
	}
	var body map[*ssa.BasicBlock]bool
	for _, l := range sk.Loops {
		if l.Head == o.Ev.Instr.Block() {
			body = l.Body
		}
	}
	seen := make([]bool, len(sk.Nodes))
	work := []int{o.Node}
	var first *skeleton.Event
	for len(work) > 0 {
		n := work[0]
		work = work[1:]
		if seen[n] {
			continue
		}
		seen[n] = true
		if ev := sk.Nodes[n].Ev; ev != nil && !body[sk.Nodes[n].Block] && acts(ev) && (here || !pure(ev)) && (first == nil || ev.Pos() < first.Pos()) {
			first = ev
		}
		work = append(work, sk.Nodes[n].Succs...)
	}
	return first
}

// acts reports whether an event is something that a programmer means to be done
// there: no deferred call, no mere output.
func acts(ev *skeleton.Event) bool {
	switch {
	case ev.Defer != nil || ev.Kind >= skeleton.Read && ev.Kind != skeleton.CallFn:
		return false
	case ev.Kind == skeleton.CallFn:
		return ev.Callee.Fn != nil || ev.Effect&models.IO == 0 || ev.Effect.MayWait()
	}
	return ev.Kind != models.Panic && ev.Kind != models.Exit && ev.Kind != models.FailNow
}

// pure reports whether an event is a call that makes a value and does nothing
// else: that of an error to return where the compiler wants something behind the
// loop, say.
func pure(ev *skeleton.Event) bool {
	return ev.Kind == skeleton.CallFn && ev.Callee.Fn == nil && ev.Effect&^models.Reads == 0
}

// wholeRun reports whether fn returns only when the program is about to end: it
// is main, or nothing but main calls it.
func (r *Result) wholeRun(fn *ssa.Function) bool {
	if r.p.Pass.Pkg.Name() != "main" {
		return false
	}
	seen := map[*ssa.Function]bool{fn: true}
	work := []*ssa.Function{fn}
	for len(work) > 0 {
		fn := work[0]
		work = work[1:]
		if fn.Parent() == nil && fn.Signature.Recv() == nil && (fn.Name() == "main" || fn.Name() == "init" || strings.HasPrefix(fn.Name(), "init#")) {
			continue
		}
		calls, all := r.p.Callers(fn)
		if !all || len(calls) == 0 {
			return false
		}
		for _, c := range calls {
			if c.Starts() {
				return false
			}
			if !seen[c.In] {
				seen[c.In] = true
				work = append(work, c.In)
			}
		}
	}
	return true
}

// ends reports whether control can get from a send to the end of the goroutine
// that it runs in, or of maker.
func (r *Result) ends(k *Op, maker *ssa.Function) bool {
	type at struct {
		fn   *ssa.Function
		node int
	}
	seen := map[at]bool{}
	work := []at{{k.Fn, k.Node}}
	for len(work) > 0 {
		x := work[0]
		work = work[1:]
		sk := r.p.Skeleton(x.fn)
		if sk == nil || !leads(sk, x.node, sk.Exit) && !leads(sk, x.node, sk.Abort) {
			return false
		}
		if x.fn == maker {
			continue
		}
		calls, all := r.p.Callers(x.fn)
		if !all || len(calls) == 0 {
			return false
		}
		for _, c := range calls {
			if next := (at{c.In, c.Node}); !c.Starts() && !seen[next] {
				seen[next] = true
				work = append(work, next)
			}
		}
	}
	return true
}

// onlyWayOut reports whether the loop of a receive is left nowhere but where
// the receive finds the channel closed.
func onlyWayOut(sk *skeleton.Func, recv ssa.Instruction) bool {
	head := recv.Block()
	for _, l := range sk.Loops {
		if l.Head != head {
			continue
		}
		for b := range l.Body {
			for _, s := range b.Succs {
				if b != head && !l.Body[s] {
					return false
				}
			}
		}
		return comesBack(sk, recv)
	}
	return false
}

// comesBack reports whether control can come to the receive a second time. The
// body of a loop may always end the test, say, after one value.
func comesBack(sk *skeleton.Func, recv ssa.Instruction) bool {
	nodes := sk.NodesOf(recv)
	return slices.ContainsFunc(nodes, func(n int) bool {
		behind := sk.Reach(n, nil, nil)
		return slices.ContainsFunc(nodes, func(m int) bool { return behind[m] && sk.Nodes[m].Ev.Kind == models.Recv })
	})
}

// Ranges reports whether o is the receive of a range loop.
func (o *Op) Ranges() bool {
	u, ok := o.Ev.Instr.(*ssa.UnOp)
	return ok && u.CommaOk && !o.Dead() && summary.RangeLoop(o.Fn, u.Pos()) != nil
}
