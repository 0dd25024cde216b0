package scope

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// Late returns a Wait that can return before add, an Add by the goroutine that
// it counts, has run: nothing orders the two, and nothing else keeps the
// counter up. It is a node, or an operation of the package that nothing of the
// scope comes before. Both are nil if there is none, or if add is for
// goroutines that an already counted one starts.
func (w *WaitGroup) Late(add *Node) (wait *Node, outside *Op) {
	t := add.Thread
	if t.Spawn == nil || !w.Closed(false, models.WGAdd, models.WGGo, models.WGDone) {
		return nil, nil
	}
	if net, low, ok := w.Balance(t); !ok || net != 0 || low < 0 {
		return nil, nil // it has been counted before: Done comes once more than Add
	}
	for _, d := range w.Dones {
		if !d.Thread.Within(t) && w.ordered(add, d) {
			return nil, nil // until that Done nobody's Wait returns
		}
	}
	for _, wait := range w.Waits {
		if !wait.Thread.Within(t) && !w.ordered(add, wait) {
			return wait, nil
		}
	}
	if len(w.Waits) > 0 || w.Scope.orderWithout(add, w.Place).after.has(w.Scope.Threads[0].Frame.Exit.ID) {
		return nil, nil
	}
	for i, o := range w.Census.Ops {
		if o.Kind() == models.WGWait && w.unprepared(o, add) {
			return nil, &w.Census.Ops[i]
		}
	}
	return nil, nil
}

// unprepared reports whether anybody can call the function of the Wait o, and
// nothing in it before o can wait for, or ask about, what the goroutine of add
// does after add.
func (w *WaitGroup) unprepared(o Op, add *Node) bool {
	obj, ok := o.Fn.Object().(*types.Func)
	if !ok || !obj.Exported() {
		return false
	}
	sk := w.Scope.Pkg.Skeleton(o.Fn)
	for _, i := range earlier(sk, o.Ev) {
		ev := sk.Nodes[i].Ev
		if ev != nil && ev.Instr != o.Ev.Instr && w.mayTell(add, ev) {
			return false
		}
	}
	return true
}

// earlier returns the nodes of a skeleton from which control can go to ev.
func earlier(sk *skeleton.Func, ev *skeleton.Event) []int {
	preds := make([][]int, len(sk.Nodes))
	var work, out []int
	for i := range sk.Nodes {
		for _, j := range sk.Nodes[i].Succs {
			preds[j] = append(preds[j], i)
		}
		if sk.Nodes[i].Ev == ev {
			work = append(work, i)
		}
	}
	seen := make([]bool, len(sk.Nodes))
	for len(work) > 0 {
		i := work[len(work)-1]
		work = work[:len(work)-1]
		for _, j := range preds[i] {
			if !seen[j] {
				seen[j] = true
				work, out = append(work, j), append(out, j)
			}
		}
	}
	return out
}

// mayTell reports whether ev, in a function outside of the scope, may be told
// of add: it waits on a channel or for who knows what, or uses a lock or an
// atomic of a class that the goroutine of add uses as well.
func (w *WaitGroup) mayTell(add *Node, ev *skeleton.Event) bool {
	switch ev.Kind {
	case models.Acquire, models.AcquireShared, models.AtomicLoad, models.AtomicRMW, models.AtomicCAS:
		for _, n := range w.Scope.Nodes {
			if n.Thread.Within(add.Thread) && n.Ev != nil && n.Obj != nil && family(n.Ev.Kind) == family(ev.Kind) &&
				(ev.Obj == nil || n.Obj.Class() == ev.Obj.Class()) {
				return true
			}
		}
		return false
	case skeleton.CallFn:
		if ev.Callee.Fn != nil {
			return !w.Scope.env.inert[ev.Callee.Fn]
		}
		return ev.Effect.MayWait()
	case models.Recv, models.Select, skeleton.RecvClosed, models.CondWait, models.WGWait, models.SemAcquire, models.OnceDo, models.Send, models.MapLoad:
		return true
	}
	return false
}

// ordered reports whether something besides w itself orders a and b.
func (w *WaitGroup) ordered(a, b *Node) bool {
	s := w.Scope
	made := s.made(w.Place)
	if s.timed(a.Thread) || s.timed(b.Thread) {
		return true
	}
	return s.orderWithout(a, w.Place).before(a, b, made) || s.orderWithout(b, w.Place).before(b, a, made)
}

// orderWithout is orderOf as if operations on p ordered nothing.
func (s *Scope) orderWithout(a *Node, p *place.Place) *order {
	return s.orderAs(a, orderKind{without: p})
}

// Uncounted reports whether t calls Done though no Add can have come before
// the go statement that starts it. done is that call; add is an Add that comes
// later, nil if there is none at all. A goroutine that recovers from the panic
// has made its own arrangements.
func (w *WaitGroup) Uncounted(t *Thread) (done, add *Node, ok bool) {
	s := w.Scope
	dones := In(w.Dones, t)
	if len(dones) == 0 || t.Spawn.Ev.Kind != models.Spawn || s.Survives(t) || !w.Closed(false, models.WGAdd, models.WGGo) || w.shared() {
		return nil, nil, false
	}
	for _, a := range slices.Concat(w.Adds, w.Gos) {
		lead := t.Lead(a.Thread)
		if a.Thread.Within(t) || lead == nil || s.first(a, lead) {
			return nil, nil, false
		}
		if !slices.ContainsFunc(dones, func(d *Node) bool { return !w.ordered(a, d) }) {
			return nil, nil, false // the goroutine waits for it
		}
		if add == nil {
			add = a
		}
	}
	return dones[0], add, true
}

// shared reports whether a function that calls Add can be called from outside
// of the scope, on the same WaitGroup as far as is known.
func (w *WaitGroup) shared() bool {
	if _, ok := w.Place.Root.V.(*ssa.Alloc); ok {
		return false
	}
	for _, a := range slices.Concat(w.Adds, w.Gos) {
		fn := a.Frame.Fn
		for fn.Parent() != nil {
			fn = fn.Parent()
		}
		if fn == w.Scope.Root {
			continue
		}
		if obj := fn.Object(); obj == nil || obj.Exported() {
			return true
		}
		for _, user := range w.all.users[fn] {
			if !w.Scope.fns[user] {
				return true
			}
		}
	}
	return false
}

// first reports whether a can run before the first run of b, in one thread.
func (s *Scope) first(a, b *Node) bool {
	return s.backward(b).has(a.ID) && s.avoiding(a.Thread.Entry, func(m *Node) bool { return m == b }).has(a.ID)
}

// Totals counts what Add adds and how many goroutines take off again until the
// Wait, where both are constant. add is the first Add, spawn the first go
// statement; all are nil if something is not known.
func (w *WaitGroup) Totals() (add, wait, spawn *Node, counted, started int) {
	workers := w.Workers()
	if len(w.Adds) == 0 || len(workers) == 0 || len(w.Gos) > 0 || !w.Closed(false) {
		return nil, nil, nil, 0, 0
	}
	p := w.Adds[0].Thread
	wait, ref := w.waitOf(p)
	if wait == nil || slices.ContainsFunc(workers, wait.Thread.Within) {
		return nil, nil, nil, 0, 0
	}
	made := w.Scope.made(w.Place)
	for _, a := range w.Adds {
		k := 0
		if a.Thread == p && a.Ev.Known {
			k = w.Scope.sure(a, ref, made)
		}
		if k == 0 {
			return nil, nil, nil, 0, 0
		}
		counted += k * int(a.Ev.Delta)
	}
	for _, t := range workers {
		net, _, ok := w.Balance(t)
		if !ok || t.Parent != p {
			return nil, nil, nil, 0, 0
		}
		k := w.Scope.sure(t.Spawn, ref, made)
		if k == 0 {
			return nil, nil, nil, 0, 0
		}
		started += -k * net
	}
	return w.Adds[0], wait, workers[0].Spawn, counted, started
}

// waitOf returns the only Wait, and the node of thread p from which on it may
// return: itself, or the go statement that leads to it.
func (w *WaitGroup) waitOf(p *Thread) (wait, ref *Node) {
	if len(w.Waits) != 1 {
		return nil, nil
	}
	wait = w.Waits[0]
	if wait.Thread == p {
		return wait, wait
	}
	if ref = wait.Thread.Lead(p); ref == nil {
		return nil, nil
	}
	return wait, ref
}
