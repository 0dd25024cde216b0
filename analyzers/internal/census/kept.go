package census

import (
	"go/types"

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
	from := 0
	switch {
	case o.Fn == give.Fn && in.InLoop(spawn.Instr.Block()):
		from = o.Node
	case o.Fn == started[0].In && turns(in, o.Ev.Instr.Block(), spawn.Instr.Block()):
	default:
		return nil
	}
	if leave := forgets(r.p.Skeleton(give.Fn), from, c.receives); leave != nil {
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

// forgets returns a return that control gets to behind node from by a branch after
// which nothing gives back any more, when nothing has yet; nil if there is none.
func forgets(sk *skeleton.Func, from int, gives func(*skeleton.Event) bool) *skeleton.Event {
	is := func(n int) bool { return gives(sk.Nodes[n].Ev) }
	gets := sk.LeadTo(is)
	given := make([]bool, len(sk.Nodes)) // something may have been given back before
	for n := range sk.Nodes {
		if is(n) && !given[n] {
			for m, seen := range sk.Reach(n, nil, nil) {
				given[m] = given[m] || seen
			}
		}
	}
	for n, seen := range sk.Reach(from, is, nil) {
		if !seen && n != from || given[n] || sk.Nodes[n].Cond == nil {
			continue
		}
		for _, m := range sk.Nodes[n].Succs {
			if gets[m] {
				continue
			}
			if leave := wayOut(sk, m, nil); leave != nil {
				return leave
			}
		}
	}
	return nil
}

// wayOut returns the one return that control gets to from node n, nil if there is
// none, or several, or if something on the way is not fine; fine may be nil.
func wayOut(sk *skeleton.Func, n int, fine func(*skeleton.Node) bool) *skeleton.Event {
	after := sk.Reach(n, nil, nil)
	after[n] = true
	var out *skeleton.Event
	for m, in := range after {
		if !in {
			continue
		}
		switch ev := sk.Nodes[m].Ev; {
		case ev != nil && ev.Kind == skeleton.Return:
			if out != nil && out.Instr != ev.Instr {
				return nil
			}
			out = ev
		case fine != nil && !fine(&sk.Nodes[m]):
			return nil
		}
	}
	return out
}
