package census

import (
	"go/token"
	"go/types"

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
		if sel, ok := ev.Instr.(*ssa.Select); ok && ev.Kind == models.Select {
			r.arms(fn, i, sel)
		}
		if v := cancels(ev); v != nil && r.g.values[v] != nil {
			r.add(&Op{fn, i, ev, models.Cancel}, v)
		}
		r.inCallee(fn, i, ev)
	}
	for _, blk := range fn.Blocks {
		for _, instr := range blk.Instrs {
			r.dead(fn, instr)
		}
	}
}

// arms lists the cases of a select: where all of them go on alike, the skeleton
// does not tell them apart.
func (r *Result) arms(fn *ssa.Function, node int, sel *ssa.Select) {
	for _, st := range sel.States {
		k := models.Recv
		if st.Dir == types.SendOnly {
			k = models.Send
		}
		r.add(&Op{fn, node, &skeleton.Event{Kind: k, Instr: sel, Val: st.Chan, Obj: r.p.Places.Of(st.Chan), Arm: true}, k}, st.Chan)
	}
}

// dead lists an operation on a channel that control does not get to, behind
// t.Skip, say: the counterparts of others are not missing only since somebody
// has switched them off.
func (r *Result) dead(fn *ssa.Function, instr ssa.Instruction) {
	var k models.Kind
	var ch ssa.Value
	switch x := instr.(type) {
	case *ssa.Send:
		k, ch = models.Send, x.Chan
	case *ssa.Select:
		r.arms(fn, NoNode, x)
		return
	case *ssa.UnOp:
		k, ch = models.Recv, x.X
		if x.Op != token.ARROW {
			return
		}
	case ssa.CallInstruction:
		if k, ch = started(x); ch != nil {
			break
		}
		bi, ok := x.Common().Value.(*ssa.Builtin)
		if !ok || bi.Name() != "close" {
			return
		}
		k, ch = models.Close, x.Common().Args[0]
	default:
		return
	}
	r.add(&Op{fn, NoNode, &skeleton.Event{Kind: k, Instr: instr, Val: ch, Obj: r.p.Places.Of(ch)}, k}, ch)
}

// started returns what a go statement does that runs an operation itself, such as
// go wg.Done(), and on what: the skeleton only has that a goroutine starts.
func started(ci ssa.CallInstruction) (models.Kind, ssa.Value) {
	g, ok := ci.(*ssa.Go)
	if !ok || g.Call.IsInvoke() {
		return models.None, nil
	}
	obj := skeleton.Object(&g.Call)
	if obj == nil {
		return models.None, nil
	}
	m, ok := models.Lookup(obj)
	if !ok || m.Obj < 0 || m.Obj >= len(g.Call.Args) {
		return models.None, nil
	}
	ev := &skeleton.Event{Kind: m.Kind, Val: g.Call.Args[m.Obj]}
	return m.Kind, operand(ev)
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
