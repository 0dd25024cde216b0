package scope

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/census"
	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
	"github.com/concvet/concvet/analyzers/internal/summary"
)

// maxCloseOps bounds the sends and closes of one function that are paired.
const maxCloseOps = 40

func isClose(n *Node) bool { return n.Ev != nil && n.Ev.Kind == models.Close }

// fatalClosed reports whether n panics on a closed channel.
func fatalClosed(n *Node) bool {
	return n.Ev != nil && (n.Ev.Kind == models.Close || n.Ev.Kind == models.Send)
}

// Closes returns the pairs of a close, A, with a close or a send by another
// goroutine, B, that nothing orders and nothing keeps apart.
func (s *Scope) Closes() []Race {
	var out []Race
	for _, p := range s.Primitives() {
		for _, a := range p.Ops {
			if !isClose(a) {
				continue
			}
			for _, b := range p.Ops {
				if fatalClosed(b) && (a.ID <= b.ID || !isClose(b)) && s.closesUnder(a, b) {
					out = append(out, Race{a, b})
				}
			}
		}
	}
	slices.SortStableFunc(out, func(x, y Race) int { return x.A.ID - y.A.ID })
	return out
}

func (s *Scope) closesUnder(a, b *Node) bool {
	if a.Thread == b.Thread && s.single(a.Thread) || !a.Obj.Exact() || !s.stable(a.Obj) || s.Protected(s.Held(a), s.Held(b)) {
		return false
	}
	if s.elected(a, b) || s.apart(a, b) || s.flagged(a) || s.flagged(b) || s.rescued(a) {
		return false
	}
	if s.closeOrdered(a, b, s.made(a.Obj)) {
		return false
	}
	cell := s.variable(a)
	return cell == nil || !s.closeOrdered(a, b, cell) // else each round has a variable of its own
}

// rescued reports whether there is an operation on the channel of n that runs only
// when a panic was stopped: then another may not have been done.
func (s *Scope) rescued(n *Node) bool {
	return slices.ContainsFunc(n.prim.Ops, func(m *Node) bool { return fatalClosed(m) && s.panicking(m) })
}

// closeOrdered is [Scope.Ordered] for a close and another close or a send. A
// send that nobody receives does not complete, and orders nothing by that.
func (s *Scope) closeOrdered(a, b, made *Node) bool {
	if p := s.Prim(b); p.Exact && !p.has(models.Recv) {
		return s.orderWithout(a, a.Obj).before(a, b, made) || s.orderWithout(b, a.Obj).before(b, a, made)
	}
	return s.Ordered(a, b, made)
}

// variable returns the node at which the local variable is made that n reads
// its object from, nil if there is none.
func (s *Scope) variable(n *Node) *Node {
	load, ok := n.Ev.Val.(*ssa.UnOp)
	if !ok {
		return nil
	}
	v := load.X
	for {
		fv, ok := v.(*ssa.FreeVar)
		if !ok {
			break
		}
		if v = place.Binding(fv); v == nil {
			return nil
		}
	}
	cell, ok := v.(*ssa.Alloc)
	if !ok {
		return nil
	}
	f := frameOf(n.Frame, cell.Parent())
	if f == nil {
		return nil
	}
	return f.First(cell.Block())
}

// flagged reports whether n runs only if a variable that somebody sets says so.
func (s *Scope) flagged(n *Node) bool { return s.under(n, s.asksFlag) }

// under reports whether n runs only behind a branch on a condition for which is
// holds.
func (s *Scope) under(n *Node, is func(cond ssa.Value, f *Frame) bool) bool {
	for g := range guards(n) {
		if is(g.Cond, g.f) {
			return true
		}
	}
	return false
}

// asksFlag reports whether a condition is about a boolean or number in memory
// that the scope writes. A variable that is set once, like a parameter that a
// literal captures, is none.
func (s *Scope) asksFlag(cond ssa.Value, f *Frame) bool {
	found := false
	leaves(cond, func(v ssa.Value) bool {
		switch v := v.(type) {
		case *ssa.UnOp:
			if s.Pkg.Places.Resolve(v) != ssa.Value(v) {
				return true
			}
			if p := s.Place(s.Pkg.Places.Of(v.X), f); p != nil {
				for _, n := range s.writes[p.Root] {
					found = found || n.Obj == p
				}
			}
		case *ssa.Phi:
			found = found || isFlag(v)
		}
		return !found
	})
	return found
}

// A Reclosed is a close of a channel and what follows it in the same goroutine,
// on a path on which the conditions fit together: a send or another close.
type Reclosed struct {
	Scope *Scope
	Close *Node
	Then  *Node
}

// Reclosed returns, for every function of the package, what it does to a
// channel that it has closed.
func (p *Package) Reclosed() []Reclosed {
	var out []Reclosed
	closing := map[*ssa.Function]closeCount{}
	for _, fn := range p.Funcs {
		closing[fn] = countCloses(p.Package, fn)
	}
	for _, fn := range p.Funcs {
		if !mayReclose(p.Package, fn, closing) {
			continue
		}
		s := build(p.Package, fn, p.env, false)
		if s.over {
			continue
		}
		out = append(out, s.reclosed(p.Census)...)
	}
	return out
}

// A closeCount counts the closes of a function by class of channel, and one more
// for sends on it. Channels that are not those of a field or global, which functions
// may hand to each other, have the zero class.
type closeCount map[place.Class]int

func countCloses(p *summary.Package, fn *ssa.Function) closeCount {
	sk := p.Skeleton(fn)
	if sk == nil {
		return nil
	}
	var out closeCount
	sends := map[place.Class]bool{}
	count := func(c place.Class) {
		if out == nil {
			out = closeCount{}
		}
		out[c]++
	}
	for i := range sk.Nodes {
		ev := sk.Nodes[i].Ev
		if ev != nil && ev.Kind == skeleton.CallFn && ev.Callee.Fn == nil && ev.Callee.Call != nil {
			for _, f := range p.Closes(skeleton.Object(ev.Callee.Call)) {
				count(place.Class{Obj: f})
			}
		}
		if ev == nil || ev.Kind != models.Close && ev.Kind != models.Send {
			continue
		}
		c := ev.Obj.Class()
		switch c.Obj.(type) {
		case *types.Var, *ssa.Global:
		default:
			c = place.Class{}
		}
		if ev.Kind == models.Send {
			sends[c] = true
			continue
		}
		count(c)
	}
	for c := range sends {
		if len(out) > 0 {
			out[c]++
		}
	}
	return out
}

// mayReclose reports whether a function, with those that it calls itself, has
// more than one operation on a channel for [Package.Reclosed] to pair.
func mayReclose(p *summary.Package, fn *ssa.Function, closing map[*ssa.Function]closeCount) bool {
	sk := p.Skeleton(fn)
	if sk == nil {
		return false
	}
	total := closeCount{}
	add := func(by closeCount) {
		for c, k := range by {
			total[c] += k
		}
	}
	add(closing[fn])
	for i := range sk.Nodes {
		ev := sk.Nodes[i].Ev
		if ev != nil && ev.Kind == skeleton.CallFn && ev.Callee.Fn != nil {
			add(closing[ev.Callee.Fn])
		}
	}
	handed := total[place.Class{}]
	for c, k := range total {
		if c != (place.Class{}) {
			k += handed
		}
		if k > 1 {
			return true
		}
	}
	return false
}

func (s *Scope) reclosed(cs func() *census.Result) []Reclosed {
	var ops []*Node
	for _, n := range s.Nodes {
		if fatalClosed(n) && n.Obj != nil && n.Thread.Known() {
			ops = append(ops, n)
		}
	}
	if len(ops) > maxCloseOps {
		return nil
	}
	var out []Reclosed
	terms := newTerms(s)
	for _, a := range ops {
		if !isClose(a) || !a.Obj.Exact() || !s.kept(a.Obj) {
			continue
		}
		for _, b := range ops {
			if len(s.electors(b)) > 0 {
				continue // it happens once
			}
			if b != a && b.Obj == a.Obj && b.Thread == a.Thread && !unwinds(a) && !unwinds(b) && !s.expected(b) && s.followedBy(a, b, terms, cs) {
				out = append(out, Reclosed{s, a, b})
				break
			}
		}
	}
	return out
}

// kept reports whether the fields on the way to p are never set but where their
// struct is made.
func (s *Scope) kept(p *place.Place) bool {
	if s.env.fields == nil {
		s.env.fields = indexFields(s.Pkg)
	}
	for q := p; q != nil && q.Parent != nil; q = q.Parent {
		if q.Sel.Kind == place.Field && s.env.fields.changed[q.Sel.Var] {
			return false
		}
	}
	if _, global := p.Root.V.(*ssa.Global); global {
		return false
	}
	return true
}

// unwinds reports whether n is a deferred call that an explicit panic runs.
func unwinds(n *Node) bool {
	if n.Ev.Defer == nil || n.Block == nil {
		return false
	}
	_, ok := n.Block.Instrs[len(n.Block.Instrs)-1].(*ssa.Panic)
	return ok
}

// expected reports whether a deferred function may stop the panic at n: then it may
// be meant to happen.
func (s *Scope) expected(n *Node) bool {
	for f := n.Frame; f != nil; f = f.Up {
		if s.recovers(f.Fn) {
			return true
		}
	}
	return false
}

// followedBy reports whether control can go from the close a to b and the
// channel is then still the same.
func (s *Scope) followedBy(a, b *Node, terms *terms, cs func() *census.Result) bool {
	if !s.backward(b).has(a.ID) {
		return false
	}
	made := s.made(a.Obj)
	var heads []*Node // of loops that both lie in: what is left to do in another round is for the program to know
	for f := a.Frame; f != nil; f = f.Up {
		x, y := within(a, f), within(b, f)
		for _, l := range f.Skel.Loops {
			if x != nil && y != nil && l.Body[x.Block] && l.Body[y.Block] {
				heads = append(heads, f.First(l.Head))
			}
		}
	}
	known := terms.before(a)
	w := &walk{
		s: s, from: a, terms: terms, seed: known, asked: known,
		goal: func(n *Node) bool { return n == b },
		stop: func(n *Node) bool {
			return n == made || slices.Contains(heads, n) || n.Ev != nil && (n.Ev.Kind == skeleton.GoExit || n.Ev.Kind == models.Panic || n.Ev.Kind == models.FailNow || n.Ev.Kind == skeleton.Write && a.Obj.Under(n.Obj))
		},
		cut: func(_, br *Node, i int) bool {
			return i == 1 && (s.finds(br, a) || s.findsEnded(br, a, cs)) || s.asksFlag(br.Cond, br.Frame)
		},
		weigh: func(*Node) int { return 0 },
	}
	path, _ := w.find()
	return path != nil
}

// finds reports whether the branch at br asks whether a select received from
// the channel that a has closed: that is then always ready.
func (s *Scope) finds(br, a *Node) bool {
	for _, m := range br.Succs {
		if m.Ev != nil && m.Ev.Arm && m.Ev.Kind == models.Recv && m.Obj == a.Obj {
			return true
		}
	}
	return false
}

// findsEnded reports whether the branch at br asks whether a select received from a
// channel that nobody sends on, and that a receive between the close a and br has
// found closed: `close(quit); <-ended`, and then `case <-ended`.
func (s *Scope) findsEnded(br, a *Node, cs func() *census.Result) bool {
	for _, m := range br.Succs {
		if m.Ev == nil || !m.Ev.Arm || m.Ev.Kind != models.Recv || m.Obj == nil {
			continue
		}
		if c := cs().At(m.Ev); c != nil && c.Has(models.Send) {
			continue
		}
		received := func(n *Node) bool { return n.Ev != nil && n.Obj == m.Obj && n.Ev.Kind == models.Recv && !n.Ev.Arm }
		if !s.avoidingAll(a.Succs, received).has(br.ID) {
			return true
		}
	}
	return false
}
