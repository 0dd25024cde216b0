package explore

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/scope"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// Phases of nodes that take several steps.
const (
	acting    = iota
	second    // the second step of an operation
	third     // the third
	branching // the operation is done, which way to go is open
	gated     // it is not begun, as something unknown may have to happen first
	asleep    // the same, and time has to pass
)

// alts lists what a thread can do at a point.
func (b *coder) alts(pt point) []Alt {
	n := pt.n
	switch pt.phase {
	case branching:
		return b.branch(pt)
	case gated:
		return b.then(pt, acting, Alt{Op: Skip, Late: Late, Cost: b.again(n)})
	case asleep:
		return b.then(pt, acting, Alt{Op: Skip, Late: Slept})
	}
	if made := b.objs.made[n]; made != nil && pt.phase == acting {
		return b.make(pt, made)
	}
	if obj, ok := b.objs.at[n]; ok && !n.Ev.Arm {
		return b.operation(pt, obj)
	}
	switch {
	case n.Starts != nil && b.mark[n.ID]:
		return b.one(pt, Alt{Op: Skip, Start: b.compiler.code(n.Starts, pt.env, b.envs)})
	case b.mark[n.ID] && n.Ev != nil && n.Ev.Kind == models.Select:
		return b.choice(pt, n.Ev.Instr.(*ssa.Select))
	case len(n.Succs) == 0:
		return nil // the end
	}
	return b.branch(pt)
}

// again returns what it costs to believe that what is not known lets a test go on
// once more, in a loop: the test knows how often it does.
func (b *coder) again(n *scope.Node) int {
	if b.inTest && b.s.InLoop(n) {
		return unlikely
	}
	return free
}

// one is the only way to go on: a, then what follows.
func (b *coder) one(pt point, a Alt) []Alt {
	a.Node, a.Next = pt.n, b.after(pt)
	return []Alt{a}
}

// then is a step after which the node takes another.
func (b *coder) then(pt point, phase int, a Alt) []Alt {
	a.Node = pt.n
	pt.phase = phase
	a.Next = b.position(pt)
	return []Alt{a}
}

// make gives the thread its own new objects.
func (b *coder) make(pt point, made []int) []Alt {
	// The first object here; the others, which are as new, in steps of their own.
	a := Alt{Op: Make, Obj: made[0], Node: pt.n}
	rest := made[1:]
	if len(rest) == 0 {
		return b.one(pt, a)
	}
	i := len(b.code.Pos)
	a.Next = i
	for k, obj := range rest {
		next := i + k + 1
		b.code.Pos = append(b.code.Pos, Pos{Node: pt.n, Alts: []Alt{{Op: Make, Obj: obj, Node: pt.n, Next: next}}})
	}
	end := b.after(pt)
	b.code.Pos[i+len(rest)-1].Alts[0].Next = end
	return []Alt{a}
}

// operation lists the steps of an operation on a known object.
func (b *coder) operation(pt point, obj int) []Alt {
	n := pt.n
	kind := b.m.Objects[obj].Kind
	a := Alt{Obj: obj}
	switch n.Ev.Kind {
	case skeleton.CallFn:
		a.Op = Cancel
	case models.Send:
		a.Op = Send
	case models.Recv:
		return b.received(pt, Alt{Op: Recv, Obj: obj}, Alt{Op: RecvClosed, Obj: obj})
	case models.Close:
		a.Op = Close
	case models.Acquire:
		if kind == RWMutex && pt.phase == acting {
			return b.then(pt, second, Alt{Op: Arrive, Obj: obj})
		}
		a.Op = Lock
	case models.AcquireShared:
		a.Op = RLock
	case models.Release:
		a.Op = Unlock
		if kind == Once {
			a.Op = OnceEnd
		}
	case models.ReleaseShared:
		a.Op = RUnlock
	case models.WGAdd:
		a.Op, a.N = Add, int(n.Ev.Delta)
	case models.WGDone, skeleton.AtReturn:
		a.Op, a.N = Add, -1
		if len(n.Succs) == 0 {
			return b.last(pt, a)
		}
	case models.WGWait:
		a.Op = Wait
	case models.WGGo:
		if pt.phase == acting {
			return b.then(pt, second, Alt{Op: Add, Obj: obj, N: 1})
		}
		return b.one(pt, Alt{Op: Skip, Start: b.compiler.code(n.Starts, pt.env, b.envs)})
	case models.CondWait:
		return b.condWait(pt, obj)
	case models.CondSignal:
		a.Op = Signal
	case models.CondBroadcast:
		a.Op = Broadcast
	case models.OnceDo:
		return b.once(pt, obj)
	default:
		a = Alt{Op: Skip, Late: Late}
	}
	return b.one(pt, a)
}

// last is a step after which the thread ends.
func (b *coder) last(pt point, a Alt) []Alt {
	a.Node, a.Next = pt.n, b.end(pt.n)
	return []Alt{a}
}

// end is the position of a thread that has ended.
func (b *coder) end(n *scope.Node) int {
	k := posKey{node: -2}
	i, ok := b.index[k]
	if !ok {
		i = len(b.code.Pos)
		b.index[k] = i
		b.code.Pos = append(b.code.Pos, Pos{Node: n})
	}
	return i
}

// received is a receive that got a value by step got, or found the channel
// closed by step closed.
func (b *coder) received(pt point, got, closed Alt) []Alt {
	v, ok := pt.n.Ev.Instr.(ssa.Value)
	out := []Alt{got, closed}
	for i := range out {
		to := pt
		if ok && b.oks[v] {
			to.env = pt.env.with(b.facts.id(factKey{frame: pt.n.Frame, recv: v}), 1-i)
		}
		out[i].Node, out[i].Next = pt.n, b.after(to)
	}
	return out
}

// condWait gives up the lock and comes to wait in one step, is woken, and takes
// the lock again.
func (b *coder) condWait(pt point, obj int) []Alt {
	lock := b.objs.locks[obj]
	switch pt.phase {
	case acting:
		return b.then(pt, second, Alt{Op: Unlock, Obj: lock})
	case second:
		return b.then(pt, third, Alt{Op: Woken, Obj: obj})
	}
	return b.one(pt, Alt{Op: Lock, Obj: lock})
}

// once runs the function of a sync.Once, or finds that it has been run.
func (b *coder) once(pt point, obj int) []Alt {
	n := pt.n
	if len(n.Succs) != 2 {
		return b.one(pt, Alt{Op: OnceSkip, Obj: obj})
	}
	first, skip := point{n: n.Succs[0], env: pt.env}, point{n: n.Succs[1], env: pt.env}
	return []Alt{
		{Op: OnceBegin, Obj: obj, Node: n, Next: b.enter(first)},
		{Op: OnceSkip, Obj: obj, Node: n, Next: b.enter(skip)},
	}
}

// choice lists the arms of a select. One on a channel that is not known can be
// taken: a timer or a context may end the wait at any time, another channel
// only when nothing else can happen.
func (b *coder) choice(pt point, sel *ssa.Select) []Alt {
	var out []Alt
	at, arms := pt.n, 0
	if n := len(at.Succs); n > 1 && at.Cond == nil { // arms whose bodies are empty
		for i, m := range at.Succs[:n-1] {
			out = append(out, b.arm(pt, m, sel, b.idle(sel, i, m))...)
			arms++
		}
		at = at.Succs[n-1]
	}
	for range 2*len(sel.States) + 2 {
		if k := armOf(at, sel); k >= 0 && len(at.Succs) == 2 {
			out = append(out, b.arm(pt, at.Succs[0], sel, k)...)
			arms++
			at = at.Succs[1]
		} else if len(at.Succs) == 1 && (at == pt.n || at.Ev == nil) && at.Cond == nil && leadsTo(at, sel) {
			at = at.Succs[0]
		}
	}
	if !sel.Blocking {
		out = append(out, Alt{Op: Default, Node: pt.n, Next: b.enter(point{n: at, env: pt.env})})
	} else if arms < len(sel.States) {
		out = append(out, Alt{Op: Skip, Late: Late, Node: pt.n, Next: b.special(pt.n, crashed)})
	}
	return out
}

// leadsTo reports whether control goes from at to a branch on sel.
func leadsTo(at *scope.Node, sel *ssa.Select) bool {
	for range 4 {
		if armOf(at, sel) >= 0 {
			return true
		}
		if len(at.Succs) != 1 || at.Succs[0].Ev != nil {
			return false
		}
		at = at.Succs[0]
	}
	return false
}

// idle returns which arm of sel the event at n is, the i-th of those that have
// no body.
func (b *coder) idle(sel *ssa.Select, i int, n *scope.Node) int {
	for k, st := range sel.States {
		if n.Ev.Val == st.Chan && (st.Dir == types.SendOnly) == (n.Ev.Kind == models.Send) {
			return k
		}
	}
	return i
}

// armOf returns which arm of sel the branch at n is about, -1 if none.
func armOf(n *scope.Node, sel *ssa.Select) int {
	c, ok := n.Cond.(*ssa.BinOp)
	if !ok {
		return -1
	}
	x, ok := c.X.(*ssa.Extract)
	k, isConst := c.Y.(*ssa.Const)
	if !ok || !isConst || x.Tuple != ssa.Value(sel) || x.Index != 0 {
		return -1
	}
	return int(k.Int64())
}

// arm lists how arm k can be taken, whose event is at n.
func (b *coder) arm(pt point, n *scope.Node, sel *ssa.Select, k int) []Alt {
	to := point{n: n, env: pt.env}
	obj, known := b.objs.at[n]
	if n.Ev == nil || !n.Ev.Arm {
		known = false
	}
	dead := known && len(n.Succs) == 0 // the scope knows that it is never taken
	next := func(got int) int {
		q := to
		if b.oks[sel] && sel.States[k].Dir != types.SendOnly {
			q.env = q.env.with(b.facts.id(factKey{frame: pt.n.Frame, recv: sel}), got)
		}
		if dead {
			return b.special(n, crashed)
		}
		return b.after(q)
	}
	switch {
	case !known && n.Ev != nil && n.Ev.Arm && uncancelled(n):
		return nil
	case !known && n.Ev != nil && n.Ev.Arm:
		late, cost := Late, b.armPrice(n)
		if timed(n) {
			late = Now
		}
		if sel.States[k].Dir == types.SendOnly {
			return []Alt{{Op: Skip, Late: late, Cost: cost, Node: n, Next: next(1)}}
		}
		return []Alt{{Op: Skip, Late: late, Cost: cost, Node: n, Next: next(1)}, {Op: Skip, Late: late, Cost: cost, Node: n, Next: next(0)}}
	case !known:
		return []Alt{{Op: Skip, Node: n, Next: b.enter(to)}}
	case sel.States[k].Dir == types.SendOnly:
		return []Alt{{Op: Send, Obj: obj, Node: n, Next: next(1)}}
	}
	return []Alt{{Op: Recv, Obj: obj, Node: n, Next: next(1)}, {Op: RecvClosed, Obj: obj, Node: n, Next: next(0)}}
}

// timed reports whether the channel of an arm is a timer's or a context's: then
// the wait may end at any time.
func timed(n *scope.Node) bool {
	return n.Obj != nil && n.Obj.Parent != nil && n.Obj.Sel.Kind == place.Done || scope.Timer(n.Obj)
}

// armPrice returns what it costs to believe that an arm on a channel which is
// not known is taken: it may not be the time for that message. A signal from
// outside of the scope may come at any time, but tests cancel their contexts
// themselves.
func (p *projection) armPrice(n *scope.Node) int {
	if timed(n) {
		if p.inTest && !scope.Timer(n.Obj) {
			return hardly
		}
		return free
	}
	ch, ok := n.Ev.Val.Type().Underlying().(*types.Chan)
	if !ok || n.Ev.Kind != models.Recv || n.Obj == nil {
		return hardly
	}
	st, ok := ch.Elem().Underlying().(*types.Struct)
	if !ok || st.NumFields() > 0 {
		return hardly
	}
	switch n.Obj.Root.V.(type) {
	case *ssa.Parameter, *ssa.Global:
		return unlikely
	}
	return hardly
}

// uncancelled reports whether the arm waits for a context that nobody cancels:
// Background.
func uncancelled(n *scope.Node) bool {
	if n.Obj == nil || n.Obj.Parent == nil || n.Obj.Parent.Parent != nil || n.Obj.Sel.Kind != place.Done {
		return false
	}
	call, ok := n.Obj.Root.V.(*ssa.Call)
	if !ok {
		return false
	}
	m, ok := modelOf(call)
	return ok && m.Kind == models.CtxMake && m.Obj < 0
}
