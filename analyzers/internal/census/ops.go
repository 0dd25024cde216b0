package census

import (
	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// operand returns the value that names what an event operates on, nil if the
// event is no operation on a channel, WaitGroup, Cond or function.
func operand(ev *skeleton.Event) ssa.Value {
	switch ev.Kind {
	case models.Send, models.Recv, models.Close, skeleton.RecvClosed,
		models.WGAdd, models.WGDone, models.WGWait, models.WGGo,
		models.CondWait, models.CondSignal, models.CondBroadcast:
		return ev.Val
	}
	return nil
}

// cancels returns the function that an event runs, if it may be one that cancels
// a context.
func cancels(ev *skeleton.Event) ssa.Value {
	if ev.Callee.Fn != nil || ev.Callee.Value == nil {
		return nil
	}
	if ev.Kind == skeleton.CallFn || runs(ev.Kind) {
		return ev.Callee.Value
	}
	return nil
}

// scan lists the operations of one function.
func (r *Result) scan(fn *ssa.Function) {
	sk := r.p.Skeleton(fn)
	if sk == nil {
		return
	}
	for i := range sk.Nodes {
		ev := sk.Nodes[i].Ev
		if ev == nil || ev.Kind == skeleton.RecvClosed {
			continue
		}
		if v := operand(ev); v != nil {
			r.add(&Op{fn, i, ev, ev.Kind}, v)
		}
		if v := cancels(ev); v != nil && r.g.values[v] != nil {
			r.add(&Op{fn, i, ev, models.Cancel}, v)
		}
		r.inCallee(fn, i, ev)
	}
}

// inCallee lists what a function of another package does with its arguments.
func (r *Result) inCallee(fn *ssa.Function, i int, ev *skeleton.Event) {
	for _, o := range r.g.remote[ev.Instr] {
		k := models.Kind(o.op.Kind)
		if k == skeleton.CallFn {
			k = models.Cancel
		}
		r.add(&Op{fn, i, ev, k}, o.v)
	}
}

// add lists an operation on what v can be, once though a deferred call is
// replayed at every exit.
func (r *Result) add(o *Op, v ssa.Value) {
	k := opKey{o.Ev.Instr, v, o.Kind}
	if r.at[k] != nil {
		return
	}
	n := r.g.values[v]
	if n == nil {
		r.at[k] = o
		r.ops = append(r.ops, o)
		return
	}
	n = n.find()
	if o.Kind == models.Cancel && len(n.objs) == 0 && !n.open {
		return // a call of a literal
	}
	r.at[k] = o
	r.ops = append(r.ops, o)
	for _, x := range r.objects {
		if n.objs[x] {
			x.ops = append(x.ops, o)
		}
	}
}
