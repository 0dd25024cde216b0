package census

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// An Abandoned is a send that only one loop receives, which may have ended.
type Abandoned struct {
	Send  *Op
	Loop  *Op             // the receive
	Leave *skeleton.Event // the other case of its select by which it ends
	// Guarded is a send to the same loop elsewhere that does not wait for ever,
	// because its select has a case for the end of the loop; nil if the loop ends
	// by itself, at the return that Leave is.
	Guarded *Op
}

// Abandoned returns what is known of the receiver of o, a send that is not part
// of a select, if this is one loop in a goroutine of its own that may end, and
// the package itself reckons with that elsewhere; else nil.
//
// That somebody else does reckon with it is what tells a mistake from a protocol
// by which the loop is only ended when nobody sends any more. If the loop ends on
// an error and tells nobody, no protocol can know.
func (r *Result) Abandoned(o *Op) *Abandoned {
	if o.Kind != models.Send || o.Ev.Arm || o.Dead() || o.Ev.Defer != nil || r.p.InTest(o.Fn.Pos()) {
		return nil
	}
	c := r.At(o.Ev)
	if c == nil || !c.Closed() || !c.unbuffered() || !c.stored() || c.Has(models.Close) || len(r.Held(o)) > 0 {
		return nil
	}
	loop := r.soleReceiver(c)
	if loop == nil || !r.apart(o, loop) {
		return nil
	}
	for _, leave := range r.leaves(c, loop) {
		if r.ender(o, leave) {
			continue
		}
		if g := r.reckoned(loop, leave, o); g != nil {
			return &Abandoned{o, loop, leave, g}
		}
	}
	if leave := r.quits(c, loop); leave != nil && r.always(o) {
		return &Abandoned{o, loop, leave, nil}
	}
	return nil
}

// soleReceiver returns the receive of c, a case of a select, if one function has
// all of them, which runs only in a goroutine that one go statement starts; else
// nil.
func (r *Result) soleReceiver(c *Census) *Op {
	var first *Op
	for _, k := range c.Ops {
		switch {
		case k.Kind != models.Recv:
		case !k.Ev.Arm || k.Dead() || first != nil && k.Fn != first.Fn:
			return nil
		case first == nil:
			first = k
		}
	}
	if first == nil {
		return nil
	}
	if started, other := r.Goroutines(first.Fn); other || len(started) != 1 {
		return nil
	}
	return first
}

// apart reports whether o is in no goroutine of the loop, and not part of what
// starts it: that happens before anybody can end it.
func (r *Result) apart(o, loop *Op) bool {
	started, _ := r.Goroutines(loop.Fn)
	return !r.runsIn(o.Fn, started) && o.Fn != started[0].In && !r.SameGoroutine(o.Fn, started[0].In)
}

// leaves returns the other cases of the select that receives from c by which
// control gets to the end of the loop's function, without another receive.
func (r *Result) leaves(c *Census, loop *Op) []*skeleton.Event {
	sk := r.p.Skeleton(loop.Fn)
	receives := func(n int) bool { return c.receives(sk.Nodes[n].Ev) }
	var out []*skeleton.Event
	for i := range sk.Nodes {
		ev := sk.Nodes[i].Ev
		if ev == nil || !ev.Arm || ev.Kind != models.Recv || ev.Instr != loop.Ev.Instr || r.At(ev) == c {
			continue
		}
		if sk.Reach(i, receives, nil)[sk.Exit] {
			out = append(out, ev)
		}
	}
	return out
}

// ender reports whether whoever sends o ends the loop himself, later.
func (r *Result) ender(o *Op, leave *skeleton.Event) bool {
	c := r.At(leave)
	return c != nil && slices.ContainsFunc(c.Ops, func(k *Op) bool {
		return (k.Kind == models.Close || k.Kind == models.Send) && (k.Fn == o.Fn || r.SameGoroutine(o.Fn, k.Fn))
	})
}

// reckoned returns a send to the loop in a select that also has a case for its
// end: one on the channel by which the loop ends, or on one that its goroutine
// closes then. It is nil if there is none.
func (r *Result) reckoned(loop *Op, leave *skeleton.Event, o *Op) *Op {
	for _, s := range r.ops {
		if s.Kind != models.Send || !s.Ev.Arm || s.Dead() || s.Fn == loop.Fn || s.Fn == o.Fn || !r.receivedBy(s, loop.Fn) {
			continue
		}
		sel, ok := s.Ev.Instr.(*ssa.Select)
		if !ok || !sel.Blocking {
			continue
		}
		for _, st := range sel.States {
			ev := &skeleton.Event{Kind: models.Recv, Instr: sel, Val: st.Chan, Obj: r.p.Places.Of(st.Chan)}
			if st.Chan != s.Ev.Val && (r.same(ev, leave) || r.closedBy(ev, loop.Fn)) {
				return s
			}
		}
	}
	return nil
}

// receivedBy reports whether fn alone receives from the channel of s.
func (r *Result) receivedBy(s *Op, fn *ssa.Function) bool {
	c := r.At(s.Ev)
	return c != nil && c.Has(models.Recv) && !slices.ContainsFunc(c.Ops, func(k *Op) bool { return k.Kind == models.Recv && k.Fn != fn })
}

// same reports whether two receives are from one channel, or both from the Done
// channel of one field.
func (r *Result) same(a, b *skeleton.Event) bool {
	if c, d := r.At(a), r.At(b); c != nil && d != nil && !c.Open && len(c.Makes) > 0 && slices.Equal(c.Makes, d.Makes) {
		return true
	}
	if a.Obj == nil || b.Obj == nil || a.Obj.Parent == nil || b.Obj.Parent == nil || a.Obj.Sel.Kind != place.Done || b.Obj.Sel.Kind != place.Done {
		return false
	}
	c, d := a.Obj.Parent.Class(), b.Obj.Parent.Class()
	_, field := c.Obj.(*types.Var)
	return field && c == d
}

// closedBy reports whether fn closes the channel of a receive.
func (r *Result) closedBy(ev *skeleton.Event, fn *ssa.Function) bool {
	c := r.At(ev)
	return c != nil && slices.ContainsFunc(c.Ops, func(k *Op) bool { return k.Kind == models.Close && k.Fn == fn })
}
