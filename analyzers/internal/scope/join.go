package scope

import (
	"go/types"
	"slices"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// A Join is one Wait of a scope, of a WaitGroup or errgroup, with the
// goroutines that it surely waits for.
type Join struct {
	Scope   *Scope
	Wait    *Node
	Workers []Worker
	Group   *WaitGroup // nil for an errgroup
}

// A Worker is a goroutine that is counted, and what counts it down.
type Worker struct {
	Thread *Thread
	Dones  []*Node
}

// Joins returns the Waits of s, in the order of the graph. Of the goroutines
// that a sync.WaitGroup counts it has those for which exactly one Done is owed.
func (cs *Censuses) Joins(s *Scope) []Join {
	var out []Join
	for _, w := range cs.In(s) {
		if w.Census.Copied || len(w.Waits) == 0 {
			continue
		}
		workers := s.runBy(w.Place)
		for _, t := range s.Threads[1:] {
			if dones, add := w.Owed(t); add != nil {
				workers = append(workers, Worker{t, dones})
			}
		}
		for _, n := range w.Waits {
			out = append(out, Join{s, n, workers, w})
		}
	}
	for _, n := range s.Nodes {
		if n.Ev != nil && n.Ev.Kind == models.WGWait && !isWaitGroupOp(n.Ev) && n.Obj.Exact() {
			out = append(out, Join{s, n, s.runBy(n.Obj), nil})
		}
	}
	return out
}

// runBy returns the goroutines that the group at p has started itself.
func (s *Scope) runBy(p *place.Place) []Worker {
	var out []Worker
	for _, t := range s.Threads[1:] {
		if !t.Known() || t.Spawn.Ev.Kind != models.WGGo || t.Spawn.Obj != p {
			continue
		}
		for _, n := range t.nodes {
			if n.Ev != nil && n.Ev.Kind == skeleton.AtReturn {
				out = append(out, Worker{t, []*Node{n}})
				break
			}
		}
	}
	return out
}

// Name names the group as the Wait does.
func (j *Join) Name() string { return j.Wait.Receiver(j.Wait.Obj.String()) }

// lead returns the node in the thread of the Wait that starts the worker, nil
// if that does not come before the Wait.
func (j *Join) lead(w Worker) *Node {
	l := w.Thread.Lead(j.Wait.Thread)
	if l == nil || !j.Scope.leads(l, j.Wait) {
		return nil
	}
	return l
}

// needs reports whether the worker can come to n before any of its calls of
// Done, and to one of these only behind n.
func (j *Join) needs(w Worker, n *Node) bool {
	if n.Thread != w.Thread || !slices.ContainsFunc(w.Dones, func(d *Node) bool { return j.Scope.leads(n, d) }) {
		return false
	}
	return j.Scope.Reach(w.Thread.Entry, func(m *Node) bool { return slices.Contains(w.Dones, m) })(n)
}

// Own reports whether the goroutine that calls Wait waits for itself: it is
// counted, and its Done comes after.
func (j *Join) Own() bool {
	t := j.Wait.Thread
	for _, w := range j.Workers {
		if w.Thread == t && t.Spawn.Ev.Kind == models.WGGo {
			return j.needs(w, j.Wait)
		}
	}
	w := j.Group
	if w == nil || !slices.Contains(w.Workers(), t) || !w.Closed(true, models.WGDone) || !j.needs(Worker{t, In(w.Dones, t)}, j.Wait) {
		return false
	}
	counted := false
	for _, a := range w.Adds {
		if a.Thread.Within(t) {
			return false // it counts itself, or what it waits for
		}
		counted = counted || j.Scope.Dominates(a, t.Spawn)
	}
	return counted
}

// Needed returns a lock that is held over the Wait, by its acquisition, and the
// operation of a worker that waits for the same lock before it calls Done. Both
// are nil if there is none, or if the worker surely has done so before the lock
// is taken.
func (j *Join) Needed() (holds, needs *Node) {
	s := j.Scope
	held, modes := s.Locks(s.Held(j.Wait))
	for i, lock := range held {
		bit := excl(s.locks.id(lock))
		if lock == nil || slices.ContainsFunc(s.Threads[1:], func(t *Thread) bool { return s.handed(t)&bit != 0 }) {
			continue // another goroutine gives it up
		}
		for _, w := range j.Workers {
			lead := j.lead(w)
			if lead == nil {
				continue
			}
			for _, n := range w.Thread.nodes {
				if n.Obj != lock || !blocksOn(n, modes[i]) || !j.needs(w, n) {
					continue
				}
				if at := j.taken(lock, lead, n); at != nil {
					return at, n
				}
			}
		}
	}
	return nil, nil
}

// blocksOn reports whether n waits for a lock that somebody else holds in the
// given mode.
func blocksOn(n *Node, held models.Kind) bool {
	if n.Ev == nil || n.Ev.Try {
		return false
	}
	switch n.Ev.Kind {
	case models.Acquire, models.OnceDo:
		return true
	case models.AcquireShared:
		return held == models.Acquire
	}
	return false
}

// taken returns the node that takes the lock which is held over the Wait, nil
// if the operation n of the worker that lead starts surely comes before it.
func (j *Join) taken(lock *place.Place, lead, n *Node) *Node {
	s := j.Scope
	for _, m := range j.Wait.Thread.nodes {
		if m.Obj != lock || m.Ev == nil || !s.leads(m, j.Wait) {
			continue
		}
		switch m.Ev.Kind {
		case models.Acquire, models.AcquireShared, models.OnceDo:
			if s.holds(lead, lock) && s.leads(m, lead) {
				return m
			}
			o := s.orderOf(n)
			if o != nil && !o.before(n, m, nil) && !o.conceivably(m) {
				return m
			}
		}
	}
	return nil
}

// Undrained returns a send by a worker on a channel that is received from only
// after the Wait, and such a receive: before that the channel has no room for
// all that the workers send.
func (j *Join) Undrained() (send, recv *Node) {
	s := j.Scope
	for _, w := range j.Workers {
		lead := j.lead(w)
		if lead == nil {
			continue
		}
		for _, n := range s.Nodes {
			if n.Ev == nil || n.Ev.Kind != models.Send || n.Ev.Arm || !j.needs(w, n) {
				continue
			}
			p := s.Prim(n)
			if p == nil || !p.Exact || !j.overflows(p, w, n) {
				continue
			}
			if recv := j.late(p, lead); recv != nil {
				return n, recv
			}
		}
	}
	return nil, nil
}

// overflows reports whether the worker's sends at n, before the Wait, are more
// than the channel holds.
func (j *Join) overflows(p *Primitive, w Worker, n *Node) bool {
	s := j.Scope
	if p.Cap == 0 {
		return true
	}
	if p.Cap >= Many || w.Thread.Parent != j.Wait.Thread {
		return false
	}
	past := s.avoiding(w.Thread.Entry, func(m *Node) bool { return m == n })
	if slices.ContainsFunc(w.Dones, func(d *Node) bool { return past.has(d.ID) }) {
		return s.anyFails(n, w.Thread.Spawn, p.Cap) // else who knows how many workers send
	}
	return s.sure(w.Thread.Spawn, j.Wait, s.made(p.Place)) > p.Cap
}

// anyFails reports whether n sends an error, each of the goroutines started at
// spawn for itself, and these are more than there is room: if one fails, so can
// others. Where their number is not known, room for one is too little for a loop of
// them; more may have been chosen to be enough.
func (s *Scope) anyFails(n, spawn *Node, room int) bool {
	ch, ok := n.Ev.Val.Type().Underlying().(*types.Chan)
	if !ok || !skeleton.IsError(ch.Elem()) || len(s.electors(n)) > 0 || s.flagged(n) || s.Held(n) != 0 {
		return false
	}
	trips, _ := spawn.Frame.Skel.Trips(spawn.Block)
	return trips > room && (trips < Many || room == 1)
}

// late returns a receive from p, if none can come between the start of a worker
// at lead and the return of the Wait.
func (j *Join) late(p *Primitive, lead *Node) *Node {
	s, t := j.Scope, j.Wait.Thread
	if made := s.made(p.Place); !s.single(t) && (made == nil || made.Thread != t) {
		return nil // another instance may receive
	}
	between := s.avoidingAll(lead.Succs, func(m *Node) bool { return m == j.Wait })
	var first *Node
	for _, n := range p.Ops {
		if n.Ev.Kind != models.Recv {
			continue
		}
		at := n
		if n.Thread != t {
			if at = n.Thread.Lead(t); at == nil || !s.Dominates(j.Wait, at) {
				return nil
			}
		}
		if between.has(at.ID) {
			return nil
		}
		if first == nil && s.leads(j.Wait, at) {
			first = n
		}
	}
	return first
}

// Early returns the go statement of a loop that the Wait is in too, and the Add
// before the loop, if that counts more goroutines than the first turn of the
// loop has started when it comes to the Wait.
func (j *Join) Early() (add, spawn *Node) {
	w, s := j.Group, j.Scope
	if w == nil || len(w.Adds) != 1 || len(w.Gos) > 0 || !w.Closed(false) {
		return nil, nil
	}
	workers := w.Workers()
	a := w.Adds[0]
	if len(workers) == 0 || a.Thread != j.Wait.Thread || !s.nested(a, j.Wait) || !s.Dominates(a, j.Wait) {
		return nil, nil
	}
	for _, t := range workers {
		if t.Parent != j.Wait.Thread || !s.SameLoop(t.Spawn, j.Wait) || !s.nested(a, t.Spawn) {
			return nil, nil
		}
		if s.avoidingAll(t.Spawn.Succs, func(m *Node) bool { return m == j.Wait }).has(t.Spawn.ID) {
			return nil, nil // more than one before the Wait, or the Wait is for the last turn
		}
	}
	t := workers[0]
	if a.Ev.Known && a.Ev.Delta <= int64(len(workers)) || !a.Ev.Known && (len(workers) > 1 || w.countedAhead(t, workers) != a) {
		return nil, nil
	}
	return a, t.Spawn
}

// Unawaited returns the first Add of a WaitGroup that goroutines count down and
// that nobody ever waits for, nil if it is another.
func (cs *Censuses) Unawaited(c *Census) (add *Op) {
	add = c.First(models.WGAdd)
	if add == nil {
		add = c.First(models.WGGo)
	}
	if _, field := c.Class.Obj.(*types.Var); !field || add == nil || c.Open || c.Copied || c.First(models.WGWait) != nil || c.Elsewhere(cs.p.Pass) {
		return nil
	}
	return add
}
