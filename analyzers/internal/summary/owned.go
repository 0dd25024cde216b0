package summary

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// A waiter is the goroutine of an object.
type waiter struct {
	start   Step // the go statement
	fn      *ssa.Function
	bases   []*place.Place // the object in fn
	wait    *Step          // where it waits for the object
	parents []uint8        // parameters of the maker that are contexts which end it too
}

// started returns the goroutine that fn is sure to start before it returns the
// object, nil if there is none or more than one.
func (o *object) started(fn *ssa.Function, bases []*place.Place, result, depth int) *waiter {
	sk := o.p.skeletons[fn]
	if sk == nil || depth > 2 {
		return nil
	}
	var out *waiter
	for n := range sk.Nodes {
		ev := sk.Nodes[n].Ev
		if ev == nil || ev.Callee.Fn == nil || ev.Defer != nil {
			continue
		}
		var w *waiter
		inner := o.inside(ev, bases)
		switch {
		case len(inner) == 0:
			continue
		case ev.Kind == models.Spawn:
			w = &waiter{start: Step{Fn: fn, Node: n, Pos: ev.Pos()}, fn: ev.Callee.Fn, bases: inner}
		case ev.Kind == skeleton.CallFn:
			w = o.started(ev.Callee.Fn, inner, -1, depth+1)
		}
		if w == nil {
			continue
		}
		if out != nil || !returnsAfter(sk, n, result) {
			return nil
		}
		out = w
	}
	return out
}

// returnsAfter reports whether every return of a result that is not nil comes
// after node n.
func returnsAfter(sk *skeleton.Func, n, result int) bool {
	reached := sk.Reach(0, func(m int) bool { return m == n }, nil)
	for m := range sk.Nodes {
		ev := sk.Nodes[m].Ev
		if m == n || !reached[m] || ev == nil || ev.Kind != skeleton.Return {
			continue
		}
		ret, ok := ev.Instr.(*ssa.Return)
		if !ok || result < 0 || result >= len(ret.Results) {
			return false
		}
		if c, ok := ret.Results[result].(*ssa.Const); !ok || !c.IsNil() {
			return false
		}
	}
	return true
}

// inside returns how the function that runs at ev names the object, nil if it
// does not get it.
func (o *object) inside(ev *skeleton.Event, bases []*place.Place) []*place.Place {
	fn := ev.Callee.Fn
	if o.p.skeletons[fn] == nil {
		return nil
	}
	var out []*place.Place
	for i, a := range ev.Callee.Args {
		if i < len(fn.Params) && slices.Contains(bases, o.p.Places.Of(a)) {
			out = append(out, o.names(fn.Params[i])...)
		}
	}
	if len(out) == 0 && fn.Parent() != nil {
		return bases
	}
	return out
}

// names returns the places of a parameter that holds the object: its own, and
// the variable that a struct passed by value is kept in.
func (o *object) names(par *ssa.Parameter) []*place.Place {
	out := []*place.Place{o.p.Places.Of(par)}
	for _, r := range *par.Referrers() {
		if st, ok := r.(*ssa.Store); ok && st.Val == par {
			out = append(out, o.p.Places.Of(st.Addr))
		}
	}
	return out
}

// key returns the field of the object that the channel or func at q is in, nil
// if it is in none; done is set for the Done channel of a context there.
func (o *object) key(q *place.Place, bases []*place.Place) (f *types.Var, done bool) {
	if q == nil {
		return nil, false
	}
	if q.Parent != nil && q.Sel.Kind == place.Done {
		q, done = q.Parent, true
	}
	if f := o.fields[q]; f != nil {
		return f, done
	}
	if q.Parent == nil || q.Sel.Kind != place.Deref || q.Parent.Parent == nil || q.Parent.Sel.Kind != place.Field ||
		!slices.Contains(bases, q.Parent.Parent) {
		return nil, false
	}
	return q.Parent.Sel.Var, done
}

// ends reports whether the goroutine in fn can come to its end if the given
// signals are; it may if anything is not known. If w is set it learns where the
// goroutine waits.
func (o *object) ends(fn *ssa.Function, bases []*place.Place, given *signals, w *waiter, depth int) bool {
	sk := o.p.skeletons[fn]
	if sk == nil || depth > maxOwned {
		return true
	}
	for _, par := range fn.Params {
		if slices.Contains(bases, o.p.Places.Of(par)) && o.p.LifeOf(par).Gone {
			return true
		}
	}
	blocked := func(n int) bool { return o.blocked(sk, n, bases, given, w, depth) }
	reached := sk.Reach(0, blocked, nil)
	return reached[sk.Exit] || reached[sk.Abort]
}

// blocked reports whether control does not get past node n.
func (o *object) blocked(sk *skeleton.Func, n int, bases []*place.Place, given *signals, w *waiter, depth int) bool {
	ev := sk.Nodes[n].Ev
	if ev == nil {
		return false
	}
	switch ev.Kind {
	case models.Recv, skeleton.RecvClosed:
		f, done := o.key(ev.Obj, bases)
		if f == nil || o.foreign[f] {
			return false
		}
		stays := !given.has(f, models.Close) && (ev.Kind == skeleton.RecvClosed || !given.has(f, models.Send))
		if done {
			stays = !given.has(f, models.Cancel)
		}
		if stays && w != nil {
			w.note(sk.Fn, n, ev)
			for par := range o.parents[f] {
				if !slices.Contains(w.parents, uint8(par)) {
					w.parents = append(w.parents, uint8(par))
				}
			}
			slices.Sort(w.parents)
		}
		return stays
	case skeleton.CallFn:
		if ev.Callee.Fn == nil {
			return false
		}
		if inner := o.inside(ev, bases); len(inner) > 0 {
			return !o.ends(ev.Callee.Fn, inner, given, w, depth+1)
		}
	}
	return false
}

// note keeps the first place at which the goroutine waits.
func (w *waiter) note(fn *ssa.Function, n int, ev *skeleton.Event) {
	if w.wait == nil && ev.Kind == models.Recv {
		w.wait = &Step{Fn: fn, Node: n, Pos: ev.Pos()}
		if ev.Arm && ev.Val != nil {
			w.wait.Pos = ev.Instr.Pos()
		}
	}
}

// gives returns the signals that a method gives; index is the length of the way
// to it through embedded fields, of which nothing is known.
func (o *object) gives(m *types.Func, index int) *signals {
	out := &signals{given: map[signal]bool{}}
	fn := o.p.SSA.Prog.FuncValue(m.Origin())
	if index > 1 || fn == nil || o.p.skeletons[fn] == nil || len(fn.Params) == 0 {
		out.all = true
		return out
	}
	o.collect(fn, o.names(fn.Params[0]), out, 0)
	return out
}

// collect adds the signals that fn gives.
func (o *object) collect(fn *ssa.Function, bases []*place.Place, out *signals, depth int) {
	sk := o.p.skeletons[fn]
	if sk == nil || depth > maxOwned {
		out.all = true
	}
	for _, par := range fn.Params {
		if slices.Contains(bases, o.p.Places.Of(par)) && o.p.LifeOf(par).Gone {
			out.all = true
		}
	}
	if out.all {
		return
	}
	for n := range sk.Nodes {
		ev := sk.Nodes[n].Ev
		if ev == nil {
			continue
		}
		switch {
		case ev.Kind == models.Close || ev.Kind == models.Send:
			if f, _ := o.key(ev.Obj, bases); f != nil {
				out.given[signal{f, ev.Kind}] = true
			}
		case ev.Callee.Fn != nil:
			if inner := o.inside(ev, bases); len(inner) > 0 {
				o.collect(ev.Callee.Fn, inner, out, depth+1)
			}
		case ev.Callee.Value != nil:
			if _, builtin := ev.Callee.Value.(*ssa.Builtin); builtin && ev.Kind == models.Spawn {
				out.all = true // go close(c)
			}
			if f, _ := o.key(o.p.Places.Of(ev.Callee.Value), bases); f != nil {
				if c := o.cancels[f]; c != nil {
					out.given[signal{c, models.Cancel}] = true
				}
			}
		}
	}
}
