package scope

import (
	"go/token"
	"slices"
	"strings"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/report"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// A Conflict is a race as it is told to people: once for a variable and two
// goroutines, from the side that is to change.
type Conflict struct {
	Scope *Scope
	// At is the access to change: the one that holds no lock if the other
	// holds one, else the write, of two writes the started goroutine's.
	At    *Node
	Other *Node
	Write *Node // the one of the two that writes, At if both do
	Load  *Node // of a lost update, the load that At's value is computed from
}

// Twins reports whether the two accesses are those of two goroutines that one
// statement starts.
func (c *Conflict) Twins() bool { return c.At.Thread == c.Other.Thread }

// Conflicts returns the races of one kind, [Scope.Races] or another, in all
// scopes of the package as they are told. A race that shows in several scopes
// comes up once in each.
func (p *Package) Conflicts(kind func(*Scope) []Race) []*Conflict {
	var out []*Conflict
	for _, s := range p.all() {
		for _, c := range s.conflicts(kind(s)) {
			if !p.refuted(c) {
				out = append(out, c)
			}
		}
	}
	return out
}

// Conflicting returns the Conflicts of plain accesses, found once for all rules.
func (p *Package) Conflicting() []*Conflict {
	p.once.Do(func() { p.plain = p.Conflicts((*Scope).Races) })
	return p.plain
}

// conflicts groups races of the scope by variable and goroutines and returns
// the one of each group that is told best: near the scope's function, of two
// writes, early.
func (s *Scope) conflicts(races []Race) []*Conflict {
	type key struct {
		v    *place.Place
		t, u *Thread
	}
	var out []*Conflict
	index := map[key]int{}
	for _, r := range races {
		c := s.conflict(r)
		k := key{variable(r), r.A.Thread, r.B.Thread}
		if k.t.ID > k.u.ID {
			k.t, k.u = k.u, k.t
		}
		i, ok := index[k]
		switch {
		case !ok:
			index[k] = len(out)
			out = append(out, c)
		case c.better(out[i]):
			out[i] = c
		}
	}
	return out
}

// variable returns the smallest variable that both accesses are to: what
// contains the other, without elements.
func variable(r Race) *place.Place {
	p := r.A.Obj
	if r.B.Obj.Depth() < p.Depth() {
		p = r.B.Obj
	}
	for p.Parent != nil {
		switch p.Sel.Kind {
		case place.Index, place.Any, place.All, place.Elem, place.Span:
			p = p.Parent
			continue
		}
		break
	}
	return p
}

// Distance returns how many calls and go statements lead from the scope's
// function to the accesses.
func (c *Conflict) Distance() int { return len(route(c.At, nil)) + len(route(c.Other, nil)) }

// better reports whether c tells the same race better than d does.
func (c *Conflict) better(d *Conflict) bool {
	rank := func(c *Conflict) [4]int {
		reads := 0
		if !writes(c.At) || !writes(c.Other) {
			reads = 1
		}
		return [4]int{c.Distance(), reads, c.At.ID, c.Other.ID}
	}
	x, y := rank(c), rank(d)
	return slices.Compare(x[:], y[:]) < 0
}

func (s *Scope) conflict(r Race) *Conflict {
	c := &Conflict{Scope: s, At: r.A, Other: r.B, Write: r.A}
	if !writes(r.A) {
		c.Write = r.B
	}
	free := func(n *Node) bool { return s.Held(n) == 0 }
	switch {
	case free(r.A) != free(r.B):
		if free(r.B) {
			c.At, c.Other = r.B, r.A
		}
	case writes(r.B) && r.A.Thread.ID == 0:
		c.At, c.Other = r.B, r.A
	}
	if isAtomic(c.At) { // it is the plain access that is to change
		c.At, c.Other = c.Other, c.At
	}
	if writes(c.At) {
		c.Write = c.At
	}
	return c
}

// Range returns where an access stands in the source.
func (s *Scope) Range(n *Node) (pos, end token.Pos) {
	if x := s.Access(n); x != nil {
		return x.Pos(), x.End()
	}
	return n.Range()
}

// Verb says what n does to what it accesses, in the active and the passive:
// "writes", "written".
func (s *Scope) Verb(n *Node) (active, passive string) {
	switch n.Ev.Kind {
	case skeleton.Read, models.AtomicLoad:
		active, passive = "reads", "read"
	case models.MapLoad:
		return "loads from", "loaded"
	case models.MapStore, models.MapRMW:
		return "stores to", "stored to"
	case models.Acquire, models.AcquireShared:
		return "locks", "locked"
	case models.Release, models.ReleaseShared:
		return "unlocks", "unlocked"
	default:
		active, passive = "writes", "written"
	}
	switch {
	case s.AppendBack(n) != nil || n.Ev.Access == skeleton.Append:
		return "appends to", "appended to"
	case n.Ev.Access == skeleton.Map && active == "writes":
		return "updates", "updated"
	case isAtomic(n):
		return "atomically " + active, passive + " atomically"
	}
	return active, passive
}

// Parties names the two goroutines: the one of At, and the other in a way that
// can follow it in a sentence.
func (c *Conflict) Parties() (at, other string) {
	t, u := c.At.Thread, c.Other.Thread
	switch {
	case c.Twins():
		return goroutine(t, starter(t)), "another"
	case t.Spawn == nil:
		return starter(t), goroutine(u, starter(u))
	case u.Spawn == nil:
		return goroutine(t, starter(t)), starter(u)
	case starter(t) == starter(u) && t.request() != nil && u.request() != nil:
		return goroutine(t, starter(t)), "a request to another"
	case starter(t) == starter(u) && u.Spawn.Ev.Kind == models.RunTest:
		return goroutine(t, starter(t)), "another subtest"
	case starter(t) == starter(u) && u.Spawn.Ev.Kind != models.Handler:
		return goroutine(t, starter(t)), "another goroutine that it starts"
	}
	return goroutine(t, starter(t)), goroutine(u, starter(u))
}

// starter names the declared function that starts t, or that t runs if it is
// the scope's first.
func starter(t *Thread) string {
	f := t.Frame
	if t.Spawn != nil {
		f = t.Spawn.Frame
	}
	fn := f.Fn
	for fn.Parent() != nil {
		fn = fn.Parent()
	}
	return fn.Name()
}

func goroutine(t *Thread, by string) string {
	article := "the"
	if t.Count > 1 {
		article = "a"
	}
	switch t.Spawn.Ev.Kind {
	case models.RunTest:
		return "a subtest of " + by
	case models.Handler:
		return "a request to the handler that " + by + " registers"
	case models.AfterFunc:
		return article + " function that " + by + " gives to " + t.Spawn.Called()
	}
	return article + " goroutine that " + by + " starts"
}

// Locks says which locks are held on the two sides, as the end of a sentence.
func (c *Conflict) Locks() string {
	a, b := c.Scope.lockNames(c.At), c.Scope.lockNames(c.Other)
	switch {
	case a == "" && b == "":
		return "neither holds a lock"
	case a == "":
		return "only the other holds " + b
	case b == "":
		return "the other holds no lock"
	case a == b:
		return "both hold " + a + " only"
	}
	return "one holds " + a + ", the other " + b
}

// lockNames lists the locks that are held at n.
func (s *Scope) lockNames(n *Node) string {
	var names []string
	places, modes := s.Locks(s.Held(n))
	for i, p := range places {
		switch {
		case p == nil:
			names = append(names, "some lock")
		case modes[i] == models.AcquireShared:
			names = append(names, "a read lock of "+p.String())
		default:
			names = append(names, p.String())
		}
	}
	slices.Sort(names)
	return strings.Join(names, " and ")
}

// Witness returns the interleaving: what starts the goroutines, then the two
// accesses.
func (c *Conflict) Witness() []report.Step {
	var ms []Moment
	started := map[*Thread]int{}
	start := func(t *Thread) int {
		if t.Spawn == nil {
			return 0
		}
		if started[t] == 0 {
			ms = append(ms, Moment{Node: t.Spawn, Verb: "starts", Object: t.Spawn.Called()})
			started[t] = len(ms)
		}
		return started[t]
	}
	first, second := start(c.At.Thread), start(c.Other.Thread)
	s := c.Scope
	do := func(n *Node, after int, mark report.Mark, twin bool) {
		verb, _ := s.Verb(n)
		ms = append(ms, Moment{Node: n, Verb: verb, Object: s.Name(n), After: after, Mark: mark, Twin: twin})
	}
	if c.Load != nil {
		do(c.Load, first, report.Plain, false)
		do(c.Other, second, report.Racing, c.Twins())
		do(c.At, len(ms)-1, report.Racing, false)
		return s.Witness(ms...)
	}
	do(c.At, first, report.Racing, false)
	do(c.Other, second, report.Racing, c.Twins())
	return s.Witness(ms...)
}
