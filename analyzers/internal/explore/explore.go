package explore

import (
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
	seen   map[*scope.Node]bool
}

// A Leak is a schedule after which goroutines are blocked for ever.
type Leak struct {
	Blocked []Blocked // in the order in which they came to wait
	Steps   []Step    // the schedule, without steps in which only control flows
	// Cost counts the branches on data of which the schedule needs one way.
	Cost int
	// Always says that the search found no schedule in which all goroutines
	// end.
	Always bool
	Free   int // branches on data in the schedule, whichever
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

// Rounds are the numbers of times that loops are taken to run whose bound is
// not a constant: what is reported must happen with each.
var rounds = [...]int{2, 3}

// Search explores a scope. The result is nil if the scope has no object that is
// fully known and can block anybody.
func Search(s *scope.Scope) *Result {
	objs := findObjects(s)
	if objs == nil {
		return nil
	}
	p := project(s, objs)
	first := searchRounds(p, rounds[0])
	if first == nil {
		return &Result{GaveUp: true}
	}
	out := &Result{States: len(first.nodes), GaveUp: first.over, seen: map[*scope.Node]bool{}}
	for n := range objs.at {
		out.seen[n] = true
	}
	if len(first.stuck) == 0 {
		return out
	}
	again := searchRounds(p, rounds[1])
	if again == nil || again.over && len(again.stuck) == 0 {
		out.GaveUp = true
		return out
	}
	out.States += len(again.nodes)
	for _, st := range first.stuck {
		l := first.leak(st)
		if slices.ContainsFunc(l.Blocked, func(b Blocked) bool { return again.blocked[b.Node] }) {
			out.Leaks = append(out.Leaks, l)
		}
	}
	return out
}

func searchRounds(p *projection, n int) *search {
	m := compile(p, n)
	if m == nil {
		return nil
	}
	return m.run()
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
	if r.GaveUp {
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
	l := Leak{Cost: x.nodes[st.node].cost, Always: !x.done}
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
	slices.SortStableFunc(l.Blocked, func(a, b Blocked) int { return came[a.G] - came[b.G] })
	return l
}

// Certain reports whether the schedule may be believed: it needs at most one
// branch on data to go a certain way, and if no schedule lets all goroutines
// end, there is no such branch at all, or the model rather than the program
// would be to blame.
func (l *Leak) Certain() bool {
	if l.Always {
		return l.Free == 0
	}
	return l.Cost <= 1
}

// maxSteps bounds the steps of a witness.
const maxSteps = 16

// Essential returns the steps of the schedule that show how the goroutines came
// to wait: those of these goroutines and of all who operated on what they wait
// for, and the starts of these.
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
			keep[i] = objs[objectOf(st.Node)] || gors[st.G]
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
