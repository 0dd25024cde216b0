package guardedby

import (
	"fmt"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/lockset"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/report"
	"github.com/concvet/concvet/analyzers/internal/rule"
	"github.com/concvet/concvet/analyzers/internal/scope"
	"github.com/concvet/concvet/analyzers/internal/summary"
)

// Rule is the rule.
var Rule = &rule.Rule{Name: "guardedby", Doc: doc, Check: check}

// check looks at every field that is said to be guarded, at every function that
// is said to be called with a lock held, and at those whose name says so.
func check(p *rule.Pass) []report.Finding {
	c := checker{p: p, seen: map[key]bool{}}
	for _, g := range p.Guards() {
		c.field(&g)
	}
	for _, n := range p.Needs() {
		c.calls(n.Fn, n.Lock, false)
	}
	for _, fn := range p.Funcs {
		c.convention(fn)
	}
	return c.found
}

type key struct {
	fn   *ssa.Function
	what any
}

type checker struct {
	p     *rule.Pass
	seen  map[key]bool // one finding of a field in a function
	found []report.Finding
}

// field reports accesses to a guarded field without its lock. What a comment
// says in words must be borne out by the code.
func (c *checker) field(g *summary.Guard) {
	lock := summary.LockClass(g.Lock)
	accesses := slices.Clone(c.p.Accesses(g.Field))
	example, ok := c.evidence(accesses, g.Lock)
	if !g.Annotated && !ok {
		return
	}
	slices.SortStableFunc(accesses, writesFirst)
	for _, a := range accesses {
		k := key{a.Fn, g.Field}
		if c.seen[k] || c.p.InTest(a.Ev.Pos()) || !c.bare(&a, lock) || !g.Annotated && !c.meets(&a) {
			continue
		}
		c.seen[k] = true
		pos, end := c.position(&a)
		does, done := verb(&a)
		f := report.Finding{
			Pos: pos, End: end,
			Message: fmt.Sprintf("%s.%s is %s without %s, which its declaration says guards it: a goroutine that holds the lock can write it at the same time",
				a.Owner, g.Field.Name(), done, g.Lock.Name()),
		}
		if example != nil {
			at, _ := c.position(example)
			f.Witness = append(f.Witness, report.Step{Pos: at, G: 2, Role: "other", Verb: "writes", Object: name(example, g), Mark: report.Racing})
		}
		f.Witness = append(f.Witness, report.Step{Pos: pos, G: 1, Role: "parent", Verb: does, Object: name(&a, g), Mark: report.Racing})
		c.found = append(c.found, f)
	}
}

// bare reports whether surely no lock is held at an access to an object that
// the function has not just made.
func (c *checker) bare(a *summary.Access, lock place.Class) bool {
	return !c.p.Fresh(a.Owner, a.Fn) && c.p.Unlocked(a.Fn, a.Node, lock)
}

// meets reports whether others can use the object at the time of an access.
func (c *checker) meets(a *summary.Access) bool {
	return c.p.Exposed(a.Fn, a.Owner.Root.V) && !c.p.Settled(a.Fn, a.Node)
}

func (c *checker) position(a *summary.Access) (pos, end token.Pos) {
	if x := scope.AccessOf(c.p.Package.Package, a.Fn, a.Ev); x != nil {
		return x.Pos(), x.End()
	}
	return summary.Range(a.Fn, a.Ev.Pos())
}

func writesFirst(a, b summary.Access) int {
	switch {
	case a.Write() == b.Write():
		return 0
	case a.Write():
		return -1
	}
	return 1
}

func name(a *summary.Access, g *summary.Guard) string { return a.Owner.String() + "." + g.Field.Name() }

func verb(a *summary.Access) (active, passive string) {
	if a.Write() {
		return "writes", "written"
	}
	return "reads", "read"
}

// evidence returns a write under the lock, and whether the code bears out that
// the lock guards the field: some write holds it, none holds it only shared, and
// no more functions use the field without it than with it.
func (c *checker) evidence(accesses []summary.Access, lock *types.Var) (example *summary.Access, ok bool) {
	with, without := map[*ssa.Function]bool{}, map[*ssa.Function]bool{}
	for i := range accesses {
		a := &accesses[i]
		mode, held := modeOf(c.p.LocksAt(a.Fn, a.Node), lock)
		switch {
		case c.p.Fresh(a.Owner, a.Fn):
		case a.Write() && held && mode == lockset.Shared:
			return nil, false
		case held:
			with[a.Fn] = true
			if a.Write() && example == nil && !c.p.InTest(a.Ev.Pos()) {
				example = a
			}
		case c.bare(a, summary.LockClass(lock)) && c.meets(a):
			without[a.Fn] = true
		}
	}
	return example, example != nil && len(with) >= len(without)
}

func modeOf(held []summary.HeldLock, lock *types.Var) (m lockset.Mode, ok bool) {
	for _, h := range held {
		if h.Of(lock) {
			return h.Mode, true
		}
	}
	return 0, false
}
