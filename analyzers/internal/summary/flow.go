package summary

import (
	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/dataflow"
	"github.com/concvet/concvet/analyzers/internal/lockset"
	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// Bounds of the analysis of one function. Past them it is unknown what the
// function does to locks.
const (
	maxFlowNodes = 5000
	maxLocks     = 60
	maxClasses   = 63 // a class numbered so stands for all further ones
)

// A flow computes the locksets of one function. It is a [dataflow.Problem].
type flow struct {
	pkg *Package
	fn  *ssa.Function
	sk  *skeleton.Func

	locks   []lockName
	ids     map[*place.Place]int
	classes map[place.Class]int
	conds   *conds
	maybe   map[*ssa.Defer]int // numbers of the conditional defers
	pushes  map[int]uint64     // by node: the conditional defers of the block it starts

	states []lockset.Set // before each node; nil if no lock is touched
	rec    *recorder     // what to note in the pass after the fixpoint, nil before
}

// A lockName is a lock as one function names it.
type lockName struct {
	place *place.Place
	class place.Class
	fresh bool // the function makes it: it is free at entry
}

// Graph of the skeleton, for package dataflow.
type graph struct{ sk *skeleton.Func }

func (g graph) Len() int          { return len(g.sk.Nodes) }
func (g graph) Succs(n int) []int { return g.sk.Nodes[n].Succs }

func newFlow(p *Package, fn *ssa.Function, sk *skeleton.Func) *flow {
	f := &flow{
		pkg: p, fn: fn, sk: sk,
		ids: map[*place.Place]int{}, classes: map[place.Class]int{},
		maybe: map[*ssa.Defer]int{}, pushes: map[int]uint64{},
	}
	f.conds = newConds(p, sk)
	f.wantConds()
	f.conds.finish()
	f.findDefers()
	return f
}

// wantConds adds the conditions on which callees do different things.
func (f *flow) wantConds() {
	for i := range f.sk.Nodes {
		ev := f.sk.Nodes[i].Ev
		if ev == nil || ev.Callee.Call == nil {
			continue
		}
		b := f.bind(ev)
		if b == nil {
			continue
		}
		for _, o := range b.callee.Outcomes {
			b.want(o.Conds)
		}
		for _, a := range b.callee.Acquires {
			b.want(a.Conds)
		}
	}
}

// findDefers numbers the defer statements that not every path passes.
func (f *flow) findDefers() {
	for i := range f.sk.Nodes {
		ev := f.sk.Nodes[i].Ev
		if ev == nil || !ev.Maybe {
			continue
		}
		if _, ok := f.maybe[ev.Defer]; ok || len(f.maybe) >= 64 {
			continue
		}
		k := len(f.maybe)
		f.maybe[ev.Defer] = k
		f.pushes[f.sk.First[ev.Defer.Block()]] |= 1 << k
	}
}

// id returns the number of a lock, -1 if there are too many.
func (f *flow) id(p *place.Place, class place.Class) int {
	if i, ok := f.ids[p]; ok {
		return i
	}
	if len(f.locks) >= maxLocks {
		return -1
	}
	i := len(f.locks)
	f.ids[p] = i
	f.locks = append(f.locks, lockName{p, class, f.pkg.Fresh(p, f.fn)})
	return i
}

// classBit returns the bit of a class in [lockset.Path.Lost].
func (f *flow) classBit(c place.Class) uint64 {
	i, ok := f.classes[c]
	if !ok {
		i = min(len(f.classes), maxClasses)
		f.classes[c] = i
	}
	return 1 << i
}

func (f *flow) solve() {
	if len(f.sk.Nodes) > maxFlowNodes {
		return
	}
	f.states = dataflow.Forward[lockset.Set](graph{f.sk}, f)
}

// Entry, Flow and Join make flow a dataflow problem.

func (f *flow) Entry() lockset.Set { return lockset.Of(f.conds.enter(lockset.Path{})) }

func (f *flow) Join(into, from lockset.Set) (lockset.Set, bool) { return into.Union(from) }

func (f *flow) Flow(n, i int, before lockset.Set) lockset.Set {
	after := f.node(n, before)
	return f.edge(n, i, after)
}

// node is the effect of a node, its edges aside.
func (f *flow) node(n int, before lockset.Set) lockset.Set {
	if len(before.Paths) == 0 || f.plain(n) {
		return before
	}
	return f.event(n, f.sk.Nodes[n].Ev, f.enter(n, before))
}

// plain reports whether nothing happens at a node that concerns locks.
func (f *flow) plain(n int) bool {
	node := &f.sk.Nodes[n]
	return node.Ev == nil && (node.Block == nil || f.sk.First[node.Block] != n)
}

// enter is the effect of coming into a block: what it defines has a new value
// from here on, so names that start there mean other objects.
func (f *flow) enter(n int, s lockset.Set) lockset.Set {
	b := f.sk.Nodes[n].Block
	if b == nil || f.sk.First[b] != n {
		return s
	}
	push := f.pushes[n]
	inLoop := f.sk.InLoop(b)
	if push == 0 && !inLoop && len(f.conds.zero[b]) == 0 {
		return s
	}
	return s.Map(func(p lockset.Path) (lockset.Path, bool) {
		p.Pending |= push
		if inLoop {
			p = f.renew(p, func(v *place.Place) bool { return definedIn(v.Root.V, b) })
			p = p.Unlearn(func(key int) bool { return f.conds.definedIn(key, b, false) })
		}
		return f.conds.fresh(p, b), true
	})
}

func definedIn(v ssa.Value, b *ssa.BasicBlock) bool {
	instr, ok := v.(ssa.Instruction)
	return ok && instr.Block() == b
}

// renew forgets the locks whose name means another object from here on.
func (f *flow) renew(p lockset.Path, stale func(*place.Place) bool) lockset.Path {
	for _, l := range p.Locks {
		name := f.locks[l.ID]
		if !stale(name.place) {
			continue
		}
		if _, held := l.Held(); held || l.Blurred() || l.Excl == lockset.Lent || l.Share == lockset.Lent {
			p.Lost |= f.classBit(name.class)
		}
		p = p.Drop(l.ID)
	}
	return p
}

// edge is the effect of taking edge i out of n.
func (f *flow) edge(n, i int, s lockset.Set) lockset.Set {
	node := &f.sk.Nodes[n]
	switch {
	case node.Cond != nil:
		s = f.conds.branch(s, node.Cond, i == 0)
	case len(node.Succs) == 2:
		s = f.skip(node, i, s)
	}
	if k := f.conds.phis(node, node.Succs[i]); k != nil {
		return s.Map(func(p lockset.Path) (lockset.Path, bool) { return k(p), true })
	}
	return s
}

// skip drops the paths that cannot take edge i before a deferred call that not
// every path has deferred: edge 0 leads to the call, edge 1 past it.
func (f *flow) skip(node *skeleton.Node, i int, s lockset.Set) lockset.Set {
	ev := f.sk.Nodes[node.Succs[0]].Ev
	if ev == nil || !ev.Maybe {
		return s
	}
	k, ok := f.maybe[ev.Defer]
	if !ok {
		return s
	}
	return s.Map(func(p lockset.Path) (lockset.Path, bool) {
		return p, p.Vague || (p.Pending&(1<<k) != 0) == (i == 0)
	})
}

// event is the effect of an event.
func (f *flow) event(n int, ev *skeleton.Event, s lockset.Set) lockset.Set {
	if ev == nil || len(s.Paths) == 0 {
		return s
	}
	if f.rec != nil {
		f.rec.event(n, ev, s)
	}
	switch ev.Kind {
	case models.Acquire, models.AcquireShared:
		return f.lockOp(n, ev, s, f.acquire)
	case models.Release, models.ReleaseShared:
		return f.lockOp(n, ev, s, f.release)
	case models.TryAcquire, models.TryAcquireShr:
		return s // decided by the branch on its result, which has an event of its own
	case skeleton.Write:
		return f.write(ev, s)
	case models.CondWait, models.WGWait, models.Recv, models.Select, models.Sleep:
		return s.Map(func(p lockset.Path) (lockset.Path, bool) { return f.conds.locked(p, nil), true })
	case models.Spawn, models.WGGo, models.AfterFunc:
		return f.spawn(n, ev, s)
	case skeleton.CallFn, models.Call, models.OnceDo, models.RunTest:
		return f.call(n, ev, s)
	}
	return s
}

// lockOp applies a lock operation to every path, except to locks that have no
// name.
func (f *flow) lockOp(n int, ev *skeleton.Event, s lockset.Set, op func(n, id int, m lockset.Mode, ev *skeleton.Event, p lockset.Path) (lockset.Path, bool)) lockset.Set {
	m := lockset.Exclusive
	if ev.Kind == models.AcquireShared || ev.Kind == models.ReleaseShared {
		m = lockset.Shared
	}
	id := f.eventLock(ev)
	return s.Map(func(p lockset.Path) (lockset.Path, bool) {
		if id < 0 {
			return f.blurClass(p, ev.Obj.Class()), true
		}
		return op(n, id, m, ev, p)
	})
}

// eventLock returns the number of the lock that an event is on, -1 if it has
// no name.
func (f *flow) eventLock(ev *skeleton.Event) int {
	q := f.pkg.lockPlace(ev)
	if q == nil {
		return -1
	}
	return f.id(q, lockClass(ev.Obj, q))
}

// lockClass returns the class of the lock that is called by two places.
func lockClass(of, instance *place.Place) place.Class {
	if of == nil {
		return instance.Class()
	}
	return of.Class()
}

func (f *flow) acquire(n, id int, m lockset.Mode, ev *skeleton.Event, p lockset.Path) (_ lockset.Path, ok bool) {
	q, fault := p.Acquire(id, m, n)
	if f.rec != nil {
		f.rec.acquired(n, id, m, p, fault, ev)
	}
	q = f.conds.locked(q, f.locks[id].place)
	switch fault {
	case lockset.Double, lockset.Upgrade, lockset.Downgrade:
		return q, p.Vague // else it blocks here for ever, or the try fails
	}
	return q, true
}

func (f *flow) release(n, id int, m lockset.Mode, ev *skeleton.Event, p lockset.Path) (_ lockset.Path, ok bool) {
	if f.mayBeOther(id, p) {
		return f.blurClass(p, f.locks[id].class).Blur(id), true
	}
	if call := f.pkg.callOf(f.locks[id].place.Root.V); call != nil { // perhaps a lock that it took, or got, and returned
		p = f.blurTaken(p, map[*ssa.Call]bool{call: true})
	}
	q, fault := p.Release(id, m, f.locks[id].fresh, n)
	if f.rec != nil {
		f.rec.released(n, id, m, p, fault)
	}
	return q, true
}

// mayBeOther reports whether a lock that p does not hold may be one that it
// holds under another name.
func (f *flow) mayBeOther(id int, p lockset.Path) bool {
	if _, held := p.Lock(id).Held(); held {
		return false
	}
	class := f.locks[id].class
	if p.Lost&f.classBit(class) != 0 {
		return true
	}
	for _, l := range p.Locks {
		if _, held := l.Held(); held && l.ID != id && f.locks[l.ID].class == class {
			return true
		}
	}
	return false
}

// blurClass is the effect of something unknown that happens to some lock of a
// class, of any if the class is zero.
func (f *flow) blurClass(p lockset.Path, c place.Class) lockset.Path {
	for _, l := range p.Locks {
		if c.Obj == nil || f.locks[l.ID].class == c {
			p = p.Blur(l.ID)
		}
	}
	if c.Obj != nil {
		p.Lost |= f.classBit(c)
	}
	return p
}

// write is the effect of a store on names and conditions.
func (f *flow) write(ev *skeleton.Event, s lockset.Set) lockset.Set {
	if ev.Access != skeleton.Scalar || ev.Obj == nil {
		return s
	}
	return s.Map(func(p lockset.Path) (lockset.Path, bool) {
		if len(p.Locks) > 0 {
			p = f.renew(p, func(q *place.Place) bool { return goesThrough(q, ev.Obj) })
		}
		if st, ok := ev.Instr.(*ssa.Store); ok {
			p = f.conds.stored(p, ev.Obj, st.Val)
		}
		return p, true
	})
}

// goesThrough reports whether p is found by following the reference in cell.
func goesThrough(p, cell *place.Place) bool {
	for q := p; q.Parent != nil; q = q.Parent {
		if q.Sel.Kind == place.Deref && q.Parent == cell {
			return true
		}
	}
	return false
}
