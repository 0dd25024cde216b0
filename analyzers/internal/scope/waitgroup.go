package scope

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// A WaitGroup is one WaitGroup of a scope.
type WaitGroup struct {
	Scope  *Scope
	Place  *place.Place
	Census *Census
	Adds   []*Node // Add of a number that is or may be positive
	Dones  []*Node // Done, also Add of a negative number, and the end of a function run by wg.Go
	Waits  []*Node
	Gos    []*Node // wg.Go
	all    *Censuses
}

// In returns the WaitGroups that s operates on and that are one object each,
// in the order of their first operation. What can never run, behind t.Skip or a
// receive that blocks for ever, is no operation.
func (cs *Censuses) In(s *Scope) []*WaitGroup {
	out, ok := cs.in[s]
	if !ok {
		out = cs.find(s)
		cs.in[s] = out
	}
	return out
}

func (cs *Censuses) find(s *Scope) []*WaitGroup {
	if !slices.ContainsFunc(s.Nodes, func(n *Node) bool { return n.Ev != nil && isWaitGroupOp(n.Ev) }) {
		return nil
	}
	byPlace := map[*place.Place]*WaitGroup{}
	var out []*WaitGroup
	live := s.live()
	for _, n := range s.Nodes {
		if n.Ev == nil || n.Obj == nil || !isWaitGroupOp(n.Ev) || !n.Obj.Exact() || !live.has(n.ID) {
			continue
		}
		w := byPlace[n.Obj]
		if w == nil {
			w = &WaitGroup{Scope: s, Place: n.Obj, Census: cs.Of(n.Obj.Class()), all: cs}
			byPlace[n.Obj] = w
			out = append(out, w)
		}
		switch wgKind(n.Ev) {
		case models.WGAdd:
			w.Adds = append(w.Adds, n)
		case models.WGDone, skeleton.AtReturn:
			w.Dones = append(w.Dones, n)
		case models.WGWait:
			w.Waits = append(w.Waits, n)
		case models.WGGo:
			w.Gos = append(w.Gos, n)
		}
	}
	return out
}

// live returns the nodes that control can reach from the start of the scope.
func (s *Scope) live() nodeSet {
	seen := s.newSet()
	work := []*Node{s.Threads[0].Entry}
	for len(work) > 0 {
		n := work[len(work)-1]
		work = work[:len(work)-1]
		if seen.has(n.ID) {
			continue
		}
		seen.add(n.ID)
		work = append(work, n.Succs...)
		if n.Starts != nil {
			work = append(work, n.Starts.Entry)
		}
	}
	return seen
}

// Name names the WaitGroup as the operation at n does.
func (w *WaitGroup) Name(n *Node) string { return n.Receiver(w.Place.String()) }

// Closed reports whether every operation on w of the given kinds, or of any
// kind if none is given, is among its nodes. Operations of the class that
// belong to a function which is only ever started by go statements outside of
// the scope do not count against it if spawned is true: they are the business
// of other goroutines.
func (w *WaitGroup) Closed(spawned bool, kinds ...models.Kind) bool {
	if w.Census == nil || w.Census.Open || !w.Scope.stable(w.Place) {
		return false
	}
	if _, ok := w.Place.Root.V.(*ssa.Parameter); ok && w.Place.Parent == nil {
		return false
	}
	here := map[ssa.Instruction]bool{}
	for _, ns := range [][]*Node{w.Adds, w.Dones, w.Waits, w.Gos} {
		for _, n := range ns {
			here[n.Ev.Instr] = true
		}
	}
	touch := map[*ssa.Function]bool{}
	for _, o := range w.Census.Ops {
		if !wanted(o.Kind(), kinds) {
			continue
		}
		touch[o.Fn] = true
		if !here[o.Ev.Instr] && !(spawned && w.all.spawned[o.Fn] && !w.Scope.fns[o.Fn]) {
			return false
		}
	}
	return !w.cut(touch)
}

func wanted(k models.Kind, kinds []models.Kind) bool {
	if k == models.None {
		return false
	}
	for _, x := range kinds {
		if x == k {
			return true
		}
	}
	return len(kinds) == 0
}

// cut reports whether the scope calls or starts one of the functions, or one
// that calls or holds them, without following it.
func (w *WaitGroup) cut(touch map[*ssa.Function]bool) bool {
	var work []*ssa.Function
	for fn := range touch {
		work = append(work, fn)
	}
	for len(work) > 0 {
		fn := work[len(work)-1]
		work = work[:len(work)-1]
		for _, u := range w.all.users[fn] {
			if !touch[u] {
				touch[u] = true
				work = append(work, u)
			}
		}
	}
	for _, n := range w.Scope.Nodes {
		if n.Ev == nil || n.inner != nil || n.Starts != nil && n.Starts.Known() {
			continue
		}
		if fn, _, _ := w.Scope.Target(n.Ev.Callee, n.Frame); fn != nil && touch[fn] {
			return true
		}
	}
	return false
}

// In returns the nodes among ns that run in thread t itself.
func In(ns []*Node, t *Thread) []*Node {
	var out []*Node
	for _, n := range ns {
		if n.Thread == t {
			out = append(out, n)
		}
	}
	return out
}

// Within reports whether t is u or was started, directly or not, by u.
func (t *Thread) Within(u *Thread) bool {
	for ; t != nil; t = t.Parent {
		if t == u {
			return true
		}
	}
	return false
}

// Lead returns the node of thread u that starts t or an ancestor of t, nil if t
// does not descend from u.
func (t *Thread) Lead(u *Thread) *Node {
	for ; t.Spawn != nil; t = t.Parent {
		if t.Parent == u {
			return t.Spawn
		}
	}
	return nil
}
