package scope

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// Bounds of a walk. Past them no path is found.
const (
	maxStates = 8000
	maxFacts  = 24
	maxRounds = 4  // loops whose rounds are counted
	maxTurns  = 64 // rounds of one that are
	maxExtra  = 40 // how far a balance may go beyond what is wanted
)

// A walk looks for a path of one goroutine on which a balance is at least what
// is wanted. Unlike [Scope.Reach] it follows one path at a time: a condition
// that is asked twice has one answer, a loop with a constant bound turns that
// often, and a deferred call runs if its defer statement was passed.
type walk struct {
	s     *Scope
	from  *Node
	bal   int // balance at the start
	want  int // balance at the goal, at least
	goal  func(*Node) bool
	stop  func(*Node) bool               // nodes that no path passes
	cut   func(at, br *Node, i int) bool // branches that no path takes: the i-th after node at, decided at br
	weigh func(*Node) int                // what a node adds to the balance
	seed  map[int]bool                   // conditions known from elsewhere, by their number
	asked map[int]bool                   // conditions that another goroutine of interest asks

	terms  *terms
	reach  *reach
	facts  map[*Node]fact   // what a branch depends on
	clear  map[*Node][]int  // the facts that a node makes void
	told   map[*Node][]told // the facts that the return of a callee decides
	number []int            // by fact: its term
	rounds map[*Node]int    // the branches that count a loop, by loop
	loops  []*skeleton.Loop
	homes  []*Frame
	defers map[pending]int
	onces  map[*place.Place]int // by sync.Once: the fact that it has run its function
	merged map[*Node][]merge    // where control comes to a merged value
	some   map[int]bool         // by fact, whether a variable is nil: it is not at first
}

// A fact is the answer to a condition that is asked more than once.
type fact struct {
	index   int
	negated bool
}

// A told is what a return says about a fact: 0 if nothing, or what is known of
// the condition that it passes on, or of its opposite.
type told struct {
	index   int
	val     int8
	same    int // number of a condition, -1 if none
	negated bool
}

// A step is a state of a walk: where it is, and what it remembers.
type step struct {
	n     *Node
	bal   int
	facts [maxFacts]int8 // 0: not known, 1: true, -1: false
	turns [maxRounds]int8
}

// find returns the nodes of a shortest path, nil if there is none. It is
// followed by what is then known of the conditions.
func (w *walk) find() (path []*Node, known map[int]bool) {
	if !w.prepare() {
		return nil, nil
	}
	first := step{n: w.from, bal: w.bal}
	for i, id := range w.number {
		if v, ok := w.seed[id]; ok && i < maxFacts {
			first.facts[i] = truth(v)
		} else if w.some[i] {
			first.facts[i] = truth(false)
		}
	}
	for p, i := range w.defers {
		if at := within(w.from, p.f); at != nil && at.Block != nil && (p.d.Block() == at.Block || p.d.Block().Dominates(at.Block)) {
			first.facts[i] = 1
		}
	}
	states, up := []step{first}, []int{-1}
	seen := map[step]bool{first: true}
	for i := 0; i < len(states) && len(states) < maxStates; i++ {
		st := states[i]
		if i > 0 && w.goal(st.n) {
			if st.bal >= w.want {
				return w.trace(states, up, i), w.known(st)
			}
			continue
		}
		for k := range st.n.Succs {
			next, ok := w.move(st, k)
			if ok && !seen[next] {
				seen[next] = true
				states, up = append(states, next), append(up, i)
			}
		}
	}
	return nil, nil
}

func truth(v bool) int8 {
	if v {
		return 1
	}
	return -1
}

func (w *walk) trace(states []step, up []int, i int) []*Node {
	var path []*Node
	for ; i >= 0; i = up[i] {
		path = append(path, states[i].n)
	}
	for a, b := 0, len(path)-1; a < b; a, b = a+1, b-1 {
		path[a], path[b] = path[b], path[a]
	}
	return path
}

func (w *walk) known(st step) map[int]bool {
	out := map[int]bool{}
	for i, id := range w.number {
		if i < maxFacts && st.facts[i] != 0 {
			out[id] = st.facts[i] > 0
		}
	}
	return out
}

// move goes from a state to the k-th successor of its node.
func (w *walk) move(st step, k int) (step, bool) {
	n, m := st.n, st.n.Succs[k]
	if len(n.Succs) == 2 && !w.branch(&st, k) {
		return st, false
	}
	if w.stop(m) && !w.goal(m) {
		return st, false
	}
	for i, l := range w.loops {
		f := w.homes[i]
		if m == f.First(l.Head) && (n.Frame != f || !l.Body[n.Block]) {
			st.turns[i] = 0
		}
	}
	for _, i := range w.clear[m] {
		st.facts[i] = 0
	}
	for _, t := range w.told[m] {
		st.facts[t.index] = w.says(st, t)
	}
	for _, x := range w.merged[m] {
		st.facts[x.index] = x.from(n, st.facts[x.index])
	}
	for p, i := range w.defers {
		if m == p.f.First(p.d.Block()) {
			st.facts[i] = 1
		}
	}
	st.n = m
	if st.bal < Many {
		st.bal += w.weigh(m)
	}
	if st.bal >= Many {
		st.bal = Many
	} else if st.bal > w.want+maxExtra {
		return st, false
	}
	return st, st.bal > -maxExtra
}

// says returns the value that a return gives a fact.
func (w *walk) says(st step, t told) int8 {
	if t.same < 0 {
		return t.val
	}
	i := slices.Index(w.number, t.same)
	switch {
	case i < 0 || i >= maxFacts:
		return 0
	case t.negated:
		return -st.facts[i]
	}
	return st.facts[i]
}

// branch takes the k-th of two ways from the node of st, if that can be.
func (w *walk) branch(st *step, k int) bool {
	n := st.n
	br := w.reach.conds[n]
	if br == nil {
		if i, ok := w.once(n); ok {
			if (st.facts[i] > 0) != (k == 1) {
				return false
			}
			st.facts[i] = 1
			return true
		}
		ev := n.Succs[0].Ev
		if ev == nil || !ev.Maybe {
			return true
		}
		i, ok := w.defers[pending{n.Succs[0].Frame, ev.Defer}]
		return !ok || (st.facts[i] > 0) == (k == 0)
	}
	if v, ok := w.reach.decide(br.Cond, br.Frame, 0); ok && v != (k == 0) {
		return false
	}
	if w.cut != nil && w.cut(n, br, k) {
		return false
	}
	if i, ok := w.rounds[br]; ok {
		l := w.loops[i]
		test, most := l.Counted()
		if l.Body[test.Succs[k]] {
			st.turns[i]++
			if int(st.turns[i]) > most {
				return false
			}
		} else if int(st.turns[i]) < most {
			return false
		} else {
			st.turns[i] = 0
		}
	}
	if f, ok := w.facts[br]; ok {
		v := truth((k == 0) != f.negated)
		if st.facts[f.index] == -v {
			return false
		}
		st.facts[f.index] = v
	}
	return true
}

// prepare finds the conditions, loops and deferred calls that a path has to
// remember. It is false if there are too many.
func (w *walk) prepare() bool {
	w.reach = w.s.newReach(w.from, w.stop, nil)
	w.facts, w.clear = map[*Node]fact{}, map[*Node][]int{}
	w.rounds, w.defers = map[*Node]int{}, map[pending]int{}
	w.told, w.onces, w.merged, w.some = map[*Node][]told{}, map[*place.Place]int{}, map[*Node][]merge{}, map[int]bool{}
	sites := map[int][]*Node{}
	replies := map[int][]answer{} // by condition, in its positive form
	var order []int
	for _, n := range w.from.Thread.nodes {
		if n.Cond != nil {
			id, neg := w.terms.cond(n)
			if len(sites[id]) == 0 {
				order = append(order, id)
				replies[id] = w.s.replies(n.Cond, n.Frame, neg)
			}
			sites[id] = append(sites[id], n)
			w.facts[n] = fact{negated: neg}
			w.count(n)
		}
		w.noteOnce(n)
		if n.Ev != nil && n.Ev.Maybe {
			p := pending{n.Frame, n.Ev.Defer}
			if _, ok := w.defers[p]; !ok {
				w.defers[p] = len(w.number)
				w.number = append(w.number, -1)
			}
		}
	}
	for _, id := range order {
		sets := w.sets(id)
		if _, again := w.asked[id]; len(sites[id]) < 2 && !again && (len(replies[id])+len(sets) == 0 && !w.merges(id) || len(w.number) >= maxFacts) {
			for _, n := range sites[id] {
				delete(w.facts, n)
			}
			continue
		}
		for _, n := range sites[id] {
			w.facts[n] = fact{len(w.number), w.facts[n].negated}
		}
		w.voids(id, len(w.number))
		w.tell(id, replies[id], sets)
		w.number = append(w.number, id)
	}
	return len(w.number) <= maxFacts && len(w.loops) <= maxRounds
}

// count notes the loop that the branch at n bounds by a constant.
func (w *walk) count(n *Node) {
	for _, l := range n.Frame.Skel.Loops {
		test, most := l.Counted()
		if test == nil || test != n.Block || most > maxTurns || !w.matters(n.Frame, l) {
			continue
		}
		w.rounds[n] = len(w.loops)
		w.loops, w.homes = append(w.loops, l), append(w.homes, n.Frame)
		return
	}
}

// matters reports whether something in the loop stops a path or adds to the
// balance.
func (w *walk) matters(f *Frame, l *skeleton.Loop) bool {
	for _, n := range w.from.Thread.nodes {
		if n.Ev == nil || !w.stop(n) && w.weigh(n) == 0 {
			continue
		}
		if m := within(n, f); m != nil && l.Body[m.Block] {
			return true
		}
	}
	return false
}

// voids notes where the answer to condition id has to be asked again: where
// control comes to a value in it once more, and where memory is written.
func (w *walk) voids(id, index int) {
	for _, n := range w.from.Thread.nodes {
		for _, v := range w.terms.deps[id] {
			if instr, ok := v.(ssa.Instruction); ok && n == n.Frame.First(instr.Block()) {
				w.clear[n] = append(w.clear[n], index)
			}
		}
		for _, p := range w.terms.mem[id] {
			if n.Ev != nil && n.Obj == p && (n.Ev.Kind == skeleton.Write || n.Ev.Kind == models.AtomicStore) {
				w.clear[n] = append(w.clear[n], index)
			}
		}
	}
}

// leavesWhole reports whether the k-th way from the branch at br leaves a loop
// for which inside holds because the loop has done what it came for: its
// counter is at the end, or there is nothing left to range over.
func (s *Scope) leavesWhole(br *Node, k int, inside func(*Frame, *skeleton.Loop) bool) bool {
	if br.Block == nil {
		return false
	}
	for _, l := range br.Frame.Skel.Loops {
		if l.Body[br.Block] && k < len(br.Block.Succs) && !l.Body[br.Block.Succs[k]] && inside(br.Frame, l) && countsDown(br.Cond, l) {
			return true
		}
	}
	return false
}

// countsDown reports whether a condition is about how far a loop has got.
func countsDown(cond ssa.Value, l *skeleton.Loop) bool {
	found := false
	leaves(cond, func(v ssa.Value) bool {
		switch v := v.(type) {
		case *ssa.Phi:
			b, ok := v.Type().Underlying().(*types.Basic)
			found = found || l.Body[v.Block()] && ok && b.Info()&(types.IsInteger|types.IsBoolean) != 0
			return false
		case *ssa.UnOp:
			b, ok := v.Type().Underlying().(*types.Basic)
			found = found || l.Body[v.Block()] && ok && b.Info()&types.IsInteger != 0
		case *ssa.Next:
			found = true
		case *ssa.Call:
			bi, ok := v.Call.Value.(*ssa.Builtin)
			found = found || l.Body[v.Block()] && (ok && bi.Name() == "len" || countsAtomically(v))
		}
		return !found
	})
	return found
}

// countsAtomically reports whether a call is an atomic operation that gives a
// number.
func countsAtomically(call *ssa.Call) bool {
	obj := skeleton.Object(&call.Call)
	if obj == nil {
		return false
	}
	m, ok := models.Lookup(obj)
	return ok && family(m.Kind) == famAtomic
}
