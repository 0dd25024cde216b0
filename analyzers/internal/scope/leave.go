package scope

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
	"github.com/concvet/concvet/analyzers/internal/summary"
)

// A Way is one way in which a goroutine ends or can end.
type Way uint8

// The ways.
const (
	Returns   Way = iota // its function returns
	Recovered            // it panics, and a deferred function of its own recovers
	Ends                 // t.Fatal, runtime.Goexit: it ends after its deferred calls
	Leaves               // a call in it can panic or end the goroutine, for all that is known
)

// A Miss is a way out of a goroutine that misses some of its operations.
type Miss struct {
	Way   Way
	Node  *Node // the return, the panic, or the call in the goroutine's own function
	Cause *Node // what leaves inside of that call: Node itself, or deeper
	// Survives says of Leaves that a deferred function recovers: the program
	// goes on after a panic.
	Survives bool
}

// Misses returns the ways out of t that pass none of the nodes ops, which are
// operations on one object that has been used before, in the order of the graph. Deferred calls that are pending count as passed. Of an
// operation in a func value that is handed to a function of the package, the
// call that hands it over counts: when that runs it is its own affair.
func (s *Scope) Misses(t *Thread, ops []*Node) []Miss {
	m := misses{s: s, t: t, ops: map[*Node]bool{}}
	for _, n := range ops {
		m.ops[n] = true
		m.note(n)
	}
	m.reach = s.newReach(t.Entry, func(n *Node) bool { return m.ops[n] }, ops[0].Obj)
	before := m.reach.search(nil)
	var out []Miss
	for _, n := range t.nodes {
		if n.Ev == nil || !before.has(n.ID) {
			continue
		}
		if way, ok := m.way(n); ok {
			out = append(out, Miss{Way: way, Node: m.top(n), Cause: n, Survives: s.Survives(t)})
		}
	}
	return out
}

type misses struct {
	s      *Scope
	t      *Thread
	ops    map[*Node]bool
	defers []pending
	reach  *reach
}

// A pending is a defer statement that leads to one of the operations.
type pending struct {
	f *Frame
	d *ssa.Defer
}

// note notes the defer statements that n is run by, and the calls that hand
// over the func values that it is in.
func (m *misses) note(n *Node) {
	for n != nil && n.Thread == m.t {
		if n.Ev.Defer != nil {
			m.defers = append(m.defers, pending{n.Frame, n.Ev.Defer})
		}
		at := n.Frame.At
		switch {
		case at == nil || at.Thread != m.t:
		case at.Ev.Kind != skeleton.CallFn: // once.Do and its like
			m.ops[at] = true
		case at.Ev.Callee.Fn == nil:
			m.ops[m.handed(at)] = true
		}
		n = at
	}
}

// handed returns the call that hands over the func value which is called at n:
// the start of the goroutine if its go statement does.
func (m *misses) handed(n *Node) *Node {
	_, maker := m.s.Resolve(n.Ev.Callee.Value, n.Frame)
	for n != nil && n.Thread == m.t {
		if n.Frame == maker {
			return n
		}
		n = n.Frame.At
	}
	return m.t.Entry
}

// way says whether the goroutine can end at n.
func (m *misses) way(n *Node) (Way, bool) {
	switch n.Ev.Kind {
	case skeleton.Return:
		return Returns, n.Frame == m.t.Frame
	case skeleton.GoExit:
		return Recovered, n.Frame == m.t.Frame && m.returns(n)
	case models.FailNow:
		return Ends, !m.covered(n)
	case models.Panic:
		return Leaves, n.Frame != m.t.Frame && !m.covered(n)
	case skeleton.CallFn:
		way, ok := m.risky(n)
		return way, ok && !m.covered(n)
	}
	return 0, false
}

// returns reports whether control goes from the panic at n to the end of the
// function: something recovers.
func (m *misses) returns(n *Node) bool {
	for _, x := range n.Succs {
		if x == m.t.Frame.Exit {
			return true
		}
	}
	return false
}

// Survives reports whether a deferred function of the first function of t
// recovers: a panic in t does not end the program.
func (s *Scope) Survives(t *Thread) bool {
	return t.Known() && s.recovers(t.Frame.Fn)
}

// top returns the node of the goroutine's first function in which n runs.
func (m *misses) top(n *Node) *Node {
	for n.Frame != m.t.Frame && n.Frame.At != nil && n.Frame.At.Thread == m.t {
		n = n.Frame.At
	}
	return n
}

// covered reports whether a deferred call that leads to one of the operations
// is surely pending at n.
func (m *misses) covered(n *Node) bool {
	for x := n; x != nil && x.Thread == m.t; x = x.Frame.At {
		for _, p := range m.defers {
			if p.f == x.Frame && m.passed(p, x) {
				return true
			}
		}
	}
	return false
}

// passed reports whether control that reaches n has run the defer statement.
func (m *misses) passed(p pending, n *Node) bool {
	if n.Block == p.d.Block() && n.Ev.Defer == nil {
		for _, instr := range n.Block.Instrs {
			switch instr {
			case ssa.Instruction(p.d):
				return true
			case n.Ev.Instr:
				return false
			}
		}
	}
	return n.Ev.Defer != p.d && !m.reach.search(&p).has(n.ID)
}

// risky reports whether the call at n can panic or end the goroutine. Unknown
// code can, which a func value or the method of an interface stands for, called
// in the goroutine's own function; so can a function of the package that is
// perilous. Functions of other packages are taken not to panic. In a test, where
// a panic ends everything, only what can fail the test counts: it gets the T.
func (m *misses) risky(n *Node) (Way, bool) {
	test := m.s.inTest(m.t)
	if n.inner != nil {
		return Leaves, !test && perilous(n.inner.Fn) && !m.inside(n.inner)
	}
	fn, _, _ := m.s.Target(n.Ev.Callee, n.Frame)
	if fn != nil && m.s.Pkg.Skeleton(fn) != nil {
		fails, panics := m.s.perils(fn, map[*ssa.Function]bool{})
		if fails {
			return Ends, true
		}
		return Leaves, panics && !test
	}
	c := n.Ev.Callee.Call
	if c == nil || n.Ev.Effect&models.Unknown == 0 {
		return Leaves, false
	}
	if test {
		return Leaves, summary.TakesT(c)
	}
	return Leaves, n.Frame == m.t.Frame && anybodys(c)
}

// inside reports whether one of the operations is in f or in what it calls: what
// panics before it there is looked at by itself.
func (m *misses) inside(f *Frame) bool {
	for op := range m.ops {
		if within(op, f) != nil {
			return true
		}
	}
	return false
}

// inTest reports whether the function of t is in a test file.
func (s *Scope) inTest(t *Thread) bool {
	return strings.HasSuffix(s.Pkg.Pass.Fset.Position(t.Frame.Fn.Pos()).Filename, "_test.go")
}

// anybodys reports whether the code that a call runs can be anybody's: it calls
// a func value or a method of an interface, other than those of the standard
// library, such as the func that cancels a context.
func anybodys(c *ssa.CallCommon) bool {
	if c.IsInvoke() {
		return c.Method.Pkg() != nil && !models.IsStd(c.Method.Pkg().Path())
	}
	if c.StaticCallee() != nil {
		return false
	}
	n, ok := types.Unalias(c.Value.Type()).(*types.Named)
	return !ok || n.Obj().Pkg() == nil || !models.IsStd(n.Obj().Pkg().Path())
}

// perils reports whether fn, or what it calls in the package, can fail a test,
// and whether it is perilous. It is for functions that the scope does not follow.
func (s *Scope) perils(fn *ssa.Function, seen map[*ssa.Function]bool) (fails, panics bool) {
	if seen[fn] {
		return false, false
	}
	seen[fn] = true
	panics = perilous(fn)
	sk := s.Pkg.Skeleton(fn)
	if sk == nil {
		return false, panics
	}
	for i := range sk.Nodes {
		ev := sk.Nodes[i].Ev
		if ev == nil {
			continue
		}
		switch {
		case ev.Kind == models.FailNow:
			fails = true
		case ev.Kind == models.Panic:
			panics = true
		case ev.Kind != skeleton.CallFn:
		case ev.Callee.Fn != nil:
			f, p := s.perils(ev.Callee.Fn, seen)
			fails, panics = fails || f, panics || p
		}
	}
	return fails, panics
}

// perilous reports whether fn itself has an explicit panic, or takes a fixed
// element of a slice or string of which it never asks the length.
func perilous(fn *ssa.Function) bool {
	for _, blk := range fn.Blocks {
		for _, instr := range blk.Instrs {
			switch x := instr.(type) {
			case *ssa.Panic:
				if x.Pos().IsValid() {
					return true
				}
			case *ssa.IndexAddr:
				if unchecked(x.X, x.Index) {
					return true
				}
			case *ssa.Index:
				if unchecked(x.X, x.Index) {
					return true
				}
			}
		}
	}
	return false
}

// unchecked reports whether the index is constant, the indexed value is no
// array, and its length is never asked for.
func unchecked(x, index ssa.Value) bool {
	t := x.Type().Underlying()
	if p, ok := t.(*types.Pointer); ok {
		t = p.Elem().Underlying()
	}
	if _, array := t.(*types.Array); array {
		return false
	}
	if _, ok := index.(*ssa.Const); !ok || x.Referrers() == nil {
		return false
	}
	for _, r := range *x.Referrers() {
		if call, ok := r.(*ssa.Call); ok {
			if _, ok := call.Call.Value.(*ssa.Builtin); ok {
				return false
			}
		}
	}
	return true
}
