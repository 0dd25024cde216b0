package explore

import (
	"cmp"
	"slices"

	"github.com/concvet/concvet/analyzers/internal/scope"
)

// A Verdict is what the search says about one operation.
type Verdict uint8

// The verdicts.
const (
	Unknown Verdict = iota // the operation, or its object, is not fully known, or the search gave up
	Passes                 // whoever gets there gets on, in every schedule
	Blocks                 // in some schedule a goroutine is blocked there for ever
)

// A Result is what the search of one scope found.
type Result struct {
	Leaks  []Leak // the cheapest schedule for each, cheapest first
	States int    // visited
	GaveUp bool   // a bound was hit: there may be more, and nothing is said to pass
	// partial says that not all schedules were searched, be it that the others
	// depend on more branches than one would believe in
	partial bool
	seen    map[*scope.Node]bool
}

// A Leak is a schedule after which goroutines are blocked for ever.
type Leak struct {
	Blocked []Blocked // those that wait for messages first, in the order in which they came to wait
	Steps   []Step    // the schedule, without steps in which only control flows
	// Cost counts the branches on data of which the schedule needs one way.
	Cost int
	// Always says that the search found no schedule in which all goroutines
	// end.
	Always bool
	Free   int  // branches on data in the schedule, whichever
	Test   bool // it is a schedule of a test, whose data are fixed
	// helpers are the threads that could have let the blocked goroutines go on.
	helpers map[*scope.Thread]bool
}

// A Blocked is a goroutine that waits for ever.
type Blocked struct {
	Node *scope.Node // what it waits at
	G    int         // its number among the goroutines of the schedule, from 0
	Op   OpKind
}

// A Step is one event of a schedule.
type Step struct {
	Node   *scope.Node
	G      int
	Op     OpKind
	Starts int         // the goroutine that it starts, -1 for none
	With   *scope.Node // the other side of a message that is handed over
	WithG  int
}

// rounds are the numbers of times that loops are taken to run whose bound is
// not a constant: what is reported must happen with each, and with those that
// the scope itself names, see [projection.numbers].
var rounds = [...]int{2, 3, 5}

// Search explores a scope. The result is nil if the scope has no object that is
// fully known and can block anybody.
func Search(s *scope.Scope) *Result {
	objs := findObjects(s)
	if objs == nil {
		return nil
	}
	p := project(s, objs)
	m, varies := compile(p, rounds[0])
	if m == nil {
		return &Result{GaveUp: true}
	}
	x := m.run(believed)
	out := &Result{States: len(x.nodes), GaveUp: x.over, partial: x.over || x.cut, seen: map[*scope.Node]bool{}}
	for n := range objs.at {
		out.seen[n] = true
	}
	if len(x.stuck) > 0 && !x.done { // then it takes less likely ones
		y := m.run(maxCost)
		out.States += len(y.nodes)
		x.done = y.done
	}
	out.add(x)
	for i := range out.Leaks {
		out.Leaks[i].helpers = objs.users(out.Leaks[i].Blocked)
	}
	for _, n := range append(rounds[1:], p.numbers()...) {
		if len(out.Leaks) > 0 && varies {
			out.confirm(p, n)
		}
	}
	return out
}

// add takes over what a search found. Of schedules that block one operation
// only the cheapest counts.
func (r *Result) add(x *search) {
	known := map[*scope.Node]bool{}
	for _, st := range x.stuck {
		l := x.leak(st)
		if !slices.ContainsFunc(l.Blocked, func(b Blocked) bool { return known[b.Node] }) {
			r.Leaks = append(r.Leaks, l)
		}
		for _, b := range l.Blocked {
			known[b.Node] = true
		}
	}
}

// confirm keeps what also happens if loops run n times.
func (r *Result) confirm(p *projection, n int) {
	m, _ := compile(p, n)
	if m == nil {
		r.Leaks, r.GaveUp = nil, true
		return
	}
	x := m.run(believed)
	r.States += len(x.nodes)
	r.GaveUp = r.GaveUp || x.over
	r.Leaks = slices.DeleteFunc(r.Leaks, func(l Leak) bool {
		return !slices.ContainsFunc(l.Blocked, func(b Blocked) bool { return x.blocked[b.Node] })
	})
}

// Check says whether a goroutine may be blocked for ever at n.
func (r *Result) Check(n *scope.Node) Verdict {
	if r == nil || !r.seen[n] {
		return Unknown
	}
	for _, l := range r.Leaks {
		for _, b := range l.Blocked {
			if b.Node == n {
				return Blocks
			}
		}
	}
	if r.partial {
		return Unknown
	}
	return Passes
}

// leak reads the schedule that leads to a state.
func (x *search) leak(st stuck) Leak {
	var path []int
	for n := st.node; n >= 0; n = x.nodes[n].parent {
		path = append(path, n)
	}
	slices.Reverse(path)
	l := Leak{Cost: x.nodes[st.node].cost, Always: !x.done, Test: x.m.Test}
	ids, next := []int{0}, 1
	came := map[int]int{} // goroutine → number of its last step
	for i, n := range path[1:] {
		v := &x.nodes[n]
		step := Step{Node: v.mv.a.Node, G: ids[v.mv.i], Op: v.mv.a.Op, Starts: -1, WithG: -1}
		if v.mv.a.Branch != nil && v.mv.a.Cost > 0 {
			l.Free++
		}
		came[step.G] = i
		if v.mv.j >= 0 {
			step.With, step.WithG = v.mv.b.Node, ids[v.mv.j]
			came[step.WithG] = i
		}
		moved := make([]int, len(v.from))
		for k, f := range v.from {
			if f < 0 {
				moved[k], step.Starts = next, next
				next++
			} else {
				moved[k] = ids[f]
			}
		}
		if v.mv.a.Start > 0 && step.Starts < 0 {
			step.Starts = next // has ended at once
			next++
		}
		ids = moved
		if step.Starts >= 0 || step.Op != Skip && step.Op != Default && step.Op != Make && step.Op != Arrive {
			l.Steps = append(l.Steps, step)
		}
	}
	s := &x.nodes[st.node].s
	for _, i := range st.gors {
		p := x.m.pos(&s.gors[i])
		l.Blocked = append(l.Blocked, Blocked{Node: p.Node, G: ids[i], Op: p.Alts[0].Op})
	}
	slices.SortStableFunc(l.Blocked, func(a, b Blocked) int {
		return cmp.Or(cmp.Compare(weight(a.Op), weight(b.Op)), cmp.Compare(came[a.G], came[b.G]))
	})
	return l
}

// weight orders what goroutines are blocked in: a message that is not taken is
// more often the mistake than that somebody waits for the end.
func weight(k OpKind) int {
	switch k {
	case Send, Recv:
		return 0
	case Lock, RLock:
		return 2
	case Wait:
		return 3
	}
	return 1
}

// Certain reports whether the schedule may be believed: it needs at most one
// branch on data to go a certain way, in a test none, and if no schedule lets all
// goroutines end, there is no such branch at all, or the model rather than the program
// would be to blame.
func (l *Leak) Certain() bool {
	if l.Always {
		return l.Free == 0
	}
	if l.Test {
		return l.Cost == 0
	}
	return l.Cost <= 1
}

// maxSteps bounds the steps of a witness.
const maxSteps = 16

// Essential returns the steps of the schedule that show how the goroutines came
// to wait, the last of them if they are many: those of these goroutines and of
// all who could have operated on what they wait for, and the starts of these.
func (l *Leak) Essential() []Step {
	objs, gors := map[any]bool{}, map[int]bool{}
	for _, b := range l.Blocked {
		objs[objectOf(b.Node)] = true
		gors[b.G] = true
	}
	keep := make([]bool, len(l.Steps))
	n := 0
	for i := len(l.Steps) - 1; i >= 0; i-- {
		st := &l.Steps[i]
		switch {
		case st.Starts >= 0:
			keep[i] = gors[st.Starts]
		default:
			keep[i] = objs[objectOf(st.Node)] || gors[st.G] || l.helpers[st.Node.Thread]
		}
		if keep[i] && n < maxSteps {
			gors[st.G] = true
			n++
		} else {
			keep[i] = false
		}
	}
	var out []Step
	for i, st := range l.Steps {
		if keep[i] {
			out = append(out, st)
		}
	}
	return out
}

func objectOf(n *scope.Node) any {
	if n == nil || n.Obj == nil {
		return n
	}
	return n.Obj
}
