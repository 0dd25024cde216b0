package summary

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/lockset"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// holds lists the locks taken since entry that are surely held in s, as
// callers name them.
func (r *recorder) holds(s lockset.Set) []Hold {
	var out []Hold
	for _, l := range s.MustHeld() {
		if ref, ok := r.f.ref(r.f.locks[l.ID].place); ok {
			m, _ := l.Held()
			out = append(out, Hold{ref, m, r.step(l.Site, nil).Pos})
		}
	}
	return out
}

// write notes a write: what locks it is under, and that it is to memory that
// callers can name.
func (r *recorder) write(n int, ev *skeleton.Event, s lockset.Set) {
	at := r.step(n, nil)
	r.locked(LockedWrite{ev.Obj, r.held(s), nil, at})
	ref, ok := r.f.ref(ev.Obj)
	if !ok || FieldOf(ev.Obj) == nil && ev.Obj.Parent != nil {
		return
	}
	r.addWrite(Write{Ref: ref, Held: r.holds(s), Conds: r.commonConds(s), Step: at})
}

// A LockedWrite is a write that a function does, itself or by a call, while it
// holds locks.
type LockedWrite struct {
	Obj   *place.Place // what is written, in terms of the function
	Held  []HeldLock   // the locks that the function has taken
	Inner []HeldLock   // the locks that its callees have taken; these may have no Place
	At    Step
}

// LockedWrites returns the writes of fn under locks that it has taken, in the
// order of its skeleton.
func (p *Package) LockedWrites(fn *ssa.Function) []LockedWrite {
	if l := p.locks[fn]; l != nil {
		return l.writes
	}
	return nil
}

func (r *recorder) locked(w LockedWrite) {
	if len(w.Held) > 0 && FieldOf(w.Obj) != nil {
		r.writes = append(r.writes, w)
	}
}

// held lists the locks taken since entry that are surely held in s.
func (r *recorder) held(s lockset.Set) []HeldLock {
	var out []HeldLock
	for _, l := range s.MustHeld() {
		m, _ := l.Held()
		name := r.f.locks[l.ID]
		out = append(out, HeldLock{name.place, name.class, m, r.step(l.Site, nil).Pos})
	}
	return out
}

// commonConds returns the conditions that hold on all paths of s.
func (r *recorder) commonConds(s lockset.Set) []PathCond {
	out := r.pathConds(s.Paths[0])
	for _, p := range s.Paths[1:] {
		out = intersect(out, r.pathConds(p), PathCond.equal)
	}
	return out
}

func (c PathCond) equal(d PathCond) bool {
	return c.Arg == d.Arg && c.Nil == d.Nil && c.Val == d.Val && c.Ref.equal(d.Ref)
}

// addWrite keeps one write of each place for each set of locks.
func (r *recorder) addWrite(w Write) {
	same := func(x Write) bool {
		return x.Ref.equal(w.Ref) && slices.EqualFunc(x.Held, w.Held, func(a, b Hold) bool {
			return a.Mode == b.Mode && a.Ref.equal(b.Ref)
		})
	}
	switch {
	case slices.ContainsFunc(r.out.Writes, same):
	case len(r.out.Writes) >= maxWrites:
		r.out.Truncated = true
	default:
		r.out.Writes = append(r.out.Writes, w)
	}
}

// calleeWrite notes a write that a callee does.
func (r *recorder) calleeWrite(n int, b *binding, w *Write, s lockset.Set) {
	var conds []PathCond
	s = s.Map(func(p lockset.Path) (lockset.Path, bool) {
		c, feasible := b.translate(w.Conds, p)
		if feasible {
			conds = c
		}
		return p, feasible
	})
	q, _ := b.place(w.Ref)
	if len(s.Paths) == 0 || q == nil {
		return
	}
	at := r.step(n, &w.Step)
	var inner []HeldLock
	holds := r.holds(s)
	for _, h := range w.Held {
		lock, class := b.place(h.Ref)
		inner = append(inner, HeldLock{lock, class, h.Mode, h.Pos})
		if ref, ok := b.f.ref(lock); ok {
			holds = append(holds, Hold{ref, h.Mode, h.Pos})
		}
	}
	r.locked(LockedWrite{q, r.held(s), inner, at})
	if ref, ok := b.f.ref(q); ok && (FieldOf(q) != nil || q.Parent == nil) {
		r.addWrite(Write{Ref: ref, Held: holds, Conds: conds, Step: at})
	}
}

// paramCall notes a call of a function that the caller gave.
func (r *recorder) paramCall(n int, ev *skeleton.Event, s lockset.Set) {
	if ev.Callee.Fn != nil || ev.Callee.Value == nil {
		return
	}
	par, ok := r.f.pkg.Places.Resolve(ev.Callee.Value).(*ssa.Parameter)
	if !ok || par.Parent() != r.f.fn {
		return
	}
	c := ParamCall{Param: slices.Index(r.f.fn.Params, par), Held: r.holds(s), Step: r.step(n, nil)}
	for _, p := range s.Paths {
		c.Lent = append(c.Lent, r.f.loans(p)...)
	}
	c.Lent = slices.CompactFunc(c.Lent, Loan.equal)
	r.addCall(c)
}

func (r *recorder) addCall(c ParamCall) {
	if len(r.out.Calls) >= maxCalls {
		r.out.Truncated = true
		return
	}
	r.out.Calls = append(r.out.Calls, c)
}

// callback notes what happens when the callee runs a function that it was
// given, on path p.
func (r *recorder) callback(n int, b *binding, c *ParamCall, p lockset.Path) {
	var held []Hold
	p = b.lend(c.Lent, -1, p)
	for _, h := range c.Held {
		if id, _ := b.lock(h.Ref); id >= 0 {
			if q, _ := p.Acquire(id, h.Mode, n); true {
				p = q
			}
			if ref, ok := b.f.ref(b.f.locks[id].place); ok {
				held = append(held, Hold{ref, h.Mode, h.Pos})
			}
		}
	}
	if g := b.handed(c.Param); g != nil {
		r.callee(r.step(n, &c.Step), g, p)
		return
	}
	if c.Param >= len(b.args) {
		return
	}
	par, ok := b.args[c.Param].(*ssa.Parameter)
	if !ok || par.Parent() != r.f.fn {
		return
	}
	held = append(held, r.holds(lockset.Of(p))...)
	r.addCall(ParamCall{Param: slices.Index(r.f.fn.Params, par), Held: held, Lent: r.f.loans(p), Step: r.step(n, &c.Step)})
}
