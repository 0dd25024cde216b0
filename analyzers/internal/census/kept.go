package census

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// A Kept is a slot of a semaphore that a goroutine does not give back on one of
// its ways. The semaphore is a buffered channel: who sends takes a slot, who
// receives gives one back.
type Kept struct {
	Take, Give *Op
	Leave      *skeleton.Event // of Give's function: it returns without giving back
}

// Kept returns, for a send o that takes a slot of a semaphore in a loop, where
// the goroutine that has to give it back fails to; nil if that is not known.
// When all slots are lost so, o waits for ever.
//
// Only the channel's elements without content tell a semaphore from a queue, and
// only the goroutines that o is followed by, or is in, may receive.
func (r *Result) Kept(o *Op) *Kept {
	if o.Kind != models.Send || o.Ev.Arm || o.Dead() || o.Ev.Defer != nil {
		return nil
	}
	c := r.At(o.Ev)
	if c == nil || !c.Closed() || c.Has(models.Close) || len(c.Makes) != 1 || !hasSlots(c.Makes[0]) {
		return nil
	}
	var give *Op
	for _, k := range c.Ops {
		if k.Kind != models.Recv {
			continue
		}
		if k.Dead() || k.Ev.Arm || give != nil && k.Fn != give.Fn {
			return nil
		}
		give = k
	}
	if give == nil {
		return nil
	}
	started, other := r.Goroutines(give.Fn)
	if other || len(started) != 1 || started[0].Ev.Callee.Fn != give.Fn {
		return nil
	}
	spawn, in := started[0].Ev, r.p.Skeleton(started[0].In)
	gives := func(n int) bool {
		ev := r.p.Skeleton(give.Fn).Nodes[n].Ev
		return ev != nil && slices.ContainsFunc(c.Ops, func(k *Op) bool { return k.Kind == models.Recv && k.Ev.Instr == ev.Instr })
	}
	from := 0
	switch {
	case o.Fn == give.Fn && in.InLoop(spawn.Instr.Block()):
		from = o.Node
	case o.Fn == started[0].In && turns(in, o.Ev.Instr.Block(), spawn.Instr.Block()):
	default:
		return nil
	}
	if leave := r.forgets(give.Fn, from, gives); leave != nil {
		return &Kept{o, give, leave}
	}
	return nil
}

// hasSlots reports whether o is a channel with a buffer whose elements say nothing.
func hasSlots(o *Object) bool {
	if o.Make == nil || o.Cap == 0 {
		return false
	}
	ch, ok := o.Make.Type().Underlying().(*types.Chan)
	if !ok {
		return false
	}
	st, ok := ch.Elem().Underlying().(*types.Struct)
	return ok && st.NumFields() == 0
}

// turns reports whether every turn of a loop that runs b has run a before.
func turns(f *skeleton.Func, a, b *ssa.BasicBlock) bool {
	for _, l := range f.Loops {
		if l.Body[a] && l.Body[b] && a.Dominates(b) {
			return true
		}
	}
	return false
}

// forgets returns a return of fn, an event, that control gets to behind node
// from by a branch after which nothing gives back any more, when nothing has
// yet; nil if there is none.
func (r *Result) forgets(fn *ssa.Function, from int, gives func(n int) bool) *skeleton.Event {
	sk := r.p.Skeleton(fn)
	given := make([]bool, len(sk.Nodes)) // something may have been given back before
	for n := range sk.Nodes {
		if gives(n) {
			for m, seen := range sk.Reach(n, nil, nil) {
				given[m] = given[m] || seen
			}
		}
	}
	for n, seen := range sk.Reach(from, gives, nil) {
		if !seen && n != from || given[n] || sk.Nodes[n].Cond == nil {
			continue
		}
		for _, m := range sk.Nodes[n].Succs {
			after := sk.Reach(m, nil, nil)
			after[m] = true
			if !after[sk.Exit] {
				continue
			}
			if leave := wayOut(sk, after, gives); leave != nil {
				return leave
			}
		}
	}
	return nil
}

// wayOut returns the one return among nodes, nil if there are several or something
// gives back.
func wayOut(sk *skeleton.Func, nodes []bool, gives func(n int) bool) *skeleton.Event {
	var out *skeleton.Event
	for n, in := range nodes {
		switch ev := sk.Nodes[n].Ev; {
		case !in:
		case gives(n):
			return nil
		case ev != nil && ev.Kind == skeleton.Return:
			if out != nil && out.Instr != ev.Instr {
				return nil
			}
			out = ev
		}
	}
	return out
}
