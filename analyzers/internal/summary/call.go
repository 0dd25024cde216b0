package summary

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/lockset"
	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// call is the effect of a call on the locks held.
func (f *flow) call(n int, ev *skeleton.Event, s lockset.Set) lockset.Set {
	b := f.bind(ev)
	if b == nil {
		return f.unknownCall(ev, s)
	}
	if f.rec != nil {
		f.rec.called(n, ev, b, s)
	}
	s = f.overwritten(b, f.callbacks(b, s))
	var out lockset.Set
	for _, p := range s.Paths {
		ways := b.ways(p)
		for i := range ways {
			if q, ok := b.outcome(n, &ways[i], p); ok {
				out, _ = out.Add(q)
			}
		}
		if ev.Kind != skeleton.CallFn || b.callee.unsolved {
			out, _ = out.Add(p) // may not run at all
		}
	}
	return out
}

// overwritten is the effect of the callee's stores on names: a lock that is
// found by way of a variable which now leads elsewhere has none any more.
func (f *flow) overwritten(b *binding, s lockset.Set) lockset.Set {
	for i := range b.callee.Writes {
		q, _ := b.place(b.callee.Writes[i].Ref)
		if q == nil || !f.leadsOn(q) {
			continue
		}
		s = s.Map(func(p lockset.Path) (lockset.Path, bool) {
			return f.renew(p, func(name *place.Place) bool { return goesThrough(name, q) }), true
		})
	}
	return s
}

// leadsOn reports whether some lock is found by way of the variable at q.
func (f *flow) leadsOn(q *place.Place) bool {
	return slices.ContainsFunc(f.locks, func(l lockName) bool { return goesThrough(l.place, q) })
}

// unknownCall is the effect of a call of something unknown: it keeps the locks
// as they are, unless it is a func value that some call has returned, which may
// be what unlocks, or has to do with what a call returned that left a lock held:
// that may be given up by it.
func (f *flow) unknownCall(ev *skeleton.Event, s lockset.Set) lockset.Set {
	if m, recv := skeleton.MethodValue(f.pkg.Places, ev.Callee.Value); m != nil && ev.Kind != skeleton.CallFn {
		return f.mayRun(m, recv, s)
	}
	unlocks := false
	if ev.Kind == skeleton.CallFn && ev.Callee.Value != nil && ev.Callee.Fn == nil {
		switch f.pkg.Places.Resolve(ev.Callee.Value).(type) {
		case *ssa.Call, *ssa.Extract, *ssa.Phi:
			unlocks = true
		}
	}
	if !unlocks {
		return f.returned(ev, s)
	}
	return s.Map(func(p lockset.Path) (lockset.Path, bool) { return f.blurClass(p, place.Class{}), true })
}

// mayRun is the effect of handing a method value to what runs it or not: once.Do of
// a lock's Unlock.
func (f *flow) mayRun(m *types.Func, recv ssa.Value, s lockset.Set) lockset.Set {
	switch op, _ := models.Lookup(m); op.Kind {
	case models.Acquire, models.AcquireShared, models.Release, models.ReleaseShared:
	default:
		return s
	}
	lock := &skeleton.Event{Val: recv, Obj: f.pkg.Places.Of(recv)}
	id := f.eventLock(lock)
	return s.Map(func(p lockset.Path) (lockset.Path, bool) {
		if id < 0 || f.mayBeOther(id, p) {
			p = f.blurClass(p, lock.Obj.Class())
		}
		if id >= 0 {
			p = p.Blur(id)
		}
		return p, true
	})
}

// returned blurs the locks that were taken by, or handed to, a call of which a result
// is the receiver or an argument of the call at ev, or has what is called in a field.
func (f *flow) returned(ev *skeleton.Event, s lockset.Set) lockset.Set {
	c := ev.Callee.Call
	if c == nil {
		return s
	}
	taker := map[*ssa.Call]bool{}
	for _, v := range append([]ssa.Value{c.Value}, c.Args...) {
		if call := f.pkg.callOf(v); call != nil {
			taker[call] = true
		}
	}
	if !c.IsInvoke() {
		if q := f.pkg.Places.Of(c.Value); q != nil && q.Parent != nil {
			if call := f.pkg.callOf(q.Root.V); call != nil {
				taker[call] = true
			}
		}
	}
	return s.Map(func(p lockset.Path) (lockset.Path, bool) { return f.blurTaken(p, taker), true })
}

// callOf returns the call that v is a result of, nil if it is none.
func (p *Package) callOf(v ssa.Value) *ssa.Call {
	if v == nil {
		return nil
	}
	switch x := p.Places.Resolve(v).(type) {
	case *ssa.Call:
		return x
	case *ssa.Extract:
		if call, ok := x.Tuple.(*ssa.Call); ok {
			return call
		}
	}
	return nil
}

// blurTaken returns p after something unknown happened to the locks that some
// calls took, or were given the address of.
func (f *flow) blurTaken(p lockset.Path, takers map[*ssa.Call]bool) lockset.Path {
	if len(takers) == 0 {
		return p
	}
	for _, l := range p.Locks {
		taken := false
		if at := f.sk.Nodes[l.Site].Ev; at != nil && at.Kind == skeleton.CallFn {
			call, _ := at.Instr.(*ssa.Call)
			taken = takers[call]
		}
		if taken || f.handedTo(f.locks[l.ID].place, takers) {
			p = p.Blur(l.ID)
		}
	}
	return p
}

// handedTo reports whether one of the calls was given the address of a lock.
func (f *flow) handedTo(lock *place.Place, calls map[*ssa.Call]bool) bool {
	for call := range calls {
		for _, a := range call.Call.Args {
			if isLockRef(a.Type()) && f.pkg.promoted(a, f.pkg.Places.Instance(a)) == lock {
				return true
			}
		}
	}
	return false
}

// isLockRef reports whether values of type t are, or may be, addresses of locks.
func isLockRef(t types.Type) bool {
	obj, _, _ := types.LookupFieldOrMethod(t, true, nil, "Unlock")
	_, isMethod := obj.(*types.Func)
	return isMethod
}

// callbacks is the effect of the functions that the caller hands to the callee
// and that the callee runs, any number of times.
func (f *flow) callbacks(b *binding, s lockset.Set) lockset.Set {
	for _, c := range b.callee.Calls {
		g := b.handed(c.Param)
		if g == nil {
			continue
		}
		var all lockset.Set
		for _, p := range s.Paths {
			all, _ = all.Add(p)
			for i := range g.callee.Outcomes {
				if q, ok := g.outcome(c.Node, &g.callee.Outcomes[i], p); ok {
					all, _ = all.Add(q)
				}
			}
		}
		s = all
	}
	return s
}

// outcome returns p after the callee has returned in the way o; ok is false if
// it cannot have.
func (b *binding) outcome(n int, o *Outcome, p lockset.Path) (_ lockset.Path, ok bool) {
	f := b.f
	before := p
	for _, c := range o.Conds {
		if val, known := b.cond(c, p); known && val != c.Val {
			return p, false
		}
	}
	p = b.disturb(p)
	for _, c := range o.Conds {
		p = b.learn(c, before, p)
	}
	for i := range o.Effects {
		p = b.effect(n, &o.Effects[i], p)
	}
	for _, l := range o.Lost {
		p = b.keep(n, l, p)
	}
	for _, r := range o.Results {
		if k, found := f.conds.keys[b.resultKey(r)]; found && f.conds.want[k] {
			p, _ = p.Assume(k, r.Val)
		}
	}
	return p, true
}

// keep is the effect of a lock that the callee leaves held and that has no name
// here but that of the call.
func (b *binding) keep(n int, l Lost, p lockset.Path) lockset.Path {
	p.Lost |= b.f.classBit(l.Class)
	field, ok := l.Class.Obj.(*types.Var)
	if !ok || !l.Held || b.res == nil {
		return p
	}
	name := b.f.pkg.Places.Root(place.Root{V: b.res}).Select(place.Sel{Kind: place.Held, Var: field})
	if id := b.f.id(name, l.Class); id >= 0 {
		p, _ = p.Acquire(id, l.Mode, n)
	}
	return p
}

// disturb is the effect of the callee on what p knows of variables: those that
// it writes, or that a lock guards which it takes, may have changed.
func (b *binding) disturb(p lockset.Path) lockset.Path {
	c := b.f.conds
	if len(p.Conds) == 0 {
		return p
	}
	for i := range b.callee.Writes {
		if q, _ := b.place(b.callee.Writes[i].Ref); q != nil {
			p = c.overwritten(p, q)
		}
	}
	if b.callee.Truncated {
		return c.locked(p, nil)
	}
	for i := range b.callee.Acquires {
		if q, _ := b.place(b.callee.Acquires[i].Ref); q != nil {
			p = c.locked(p, q)
		}
	}
	return p
}

// effect applies what the callee did to one lock.
func (b *binding) effect(n int, e *Effect, p lockset.Path) lockset.Path {
	f := b.f
	id, class := b.lock(e.Ref)
	if id < 0 {
		switch class.Obj.(type) {
		case nil:
			return p
		case *ssa.Parameter: // of the function that made the callee: it may have got any lock
			class = place.Class{}
		}
		return f.blurClass(p, class)
	}
	for _, m := range [...]lockset.Mode{lockset.Exclusive, lockset.Shared} {
		st := e.Excl
		if m == lockset.Shared {
			st = e.Share
		}
		switch st {
		case lockset.Held:
			for range max(e.Depth, 1) {
				p, _ = p.Acquire(id, m, n)
			}
		case lockset.Lent:
			if f.mayBeOther(id, p) {
				p = f.blurClass(p, class).Blur(id)
				break
			}
			if call := f.pkg.callOf(f.locks[id].place.Root.V); call != nil {
				p = f.blurTaken(p, map[*ssa.Call]bool{call: true})
			}
			var fault lockset.Fault
			before := p
			p, fault = p.Release(id, m, f.locks[id].fresh, n)
			if f.rec != nil {
				f.rec.released(n, id, m, before, fault)
			}
		case lockset.Unknown:
			p = p.Blur(id)
		}
	}
	return p
}

// spawn is the effect of starting a goroutine: a lock that it gives up is
// handed to it.
func (f *flow) spawn(n int, ev *skeleton.Event, s lockset.Set) lockset.Set {
	b := f.bind(ev)
	if b == nil {
		return s
	}
	for i := range b.callee.Outcomes {
		for _, e := range b.callee.Outcomes[i].Effects {
			if e.Excl != lockset.Lent && e.Excl != lockset.Unknown && e.Share != lockset.Lent && e.Share != lockset.Unknown {
				continue
			}
			id, class := b.lock(e.Ref)
			s = s.Map(func(p lockset.Path) (lockset.Path, bool) {
				if id < 0 || f.mayBeOther(id, p) {
					p = f.blurClass(p, class)
				}
				if id >= 0 {
					p = p.Blur(id)
				}
				return p, true
			})
		}
	}
	return s
}
