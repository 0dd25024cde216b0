package explore

import (
	"go/constant"
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/scope"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// What it costs to believe that a branch goes one way.
const (
	free     = 0 // a select, a timeout, an error
	unlikely = 1 // any other
	hardly   = 2 // when a loop ends that data end
)

// literal returns the condition without its negations, and whether it is
// negated; ok is false if the condition may change while the scope runs.
func (p *projection) literal(v ssa.Value, f *scope.Frame) (k factKey, negated, ok bool) {
	var l literal
	for {
		u, isNot := v.(*ssa.UnOp)
		if !isNot || u.Op != token.NOT {
			break
		}
		v, negated = u.X, !negated
	}
	l.x = v
	if b, isBin := v.(*ssa.BinOp); isBin && (b.Op == token.EQL || b.Op == token.NEQ) {
		if c, isConst := b.Y.(*ssa.Const); isConst {
			l.x, l.eq = p.s.Pkg.Places.Resolve(b.X), "nil"
			if c.Value != nil {
				l.eq = c.Value.ExactString()
			}
			if b.Op == token.NEQ {
				negated = !negated
			}
		}
	}
	g := p.settled(l.x, f)
	return factKey{frame: g, cond: l}, negated, g != nil
}

// settled returns the activation that computes v, if v has one value while the
// scope runs; else nil.
func (p *projection) settled(v ssa.Value, f *scope.Frame) *scope.Frame {
	for ; f != nil; f = f.Up {
		if v.Parent() != f.Fn {
			continue
		}
		b := f.Fn.Blocks[0]
		if instr, ok := v.(ssa.Instruction); ok {
			b = instr.Block()
		}
		if n := f.First(b); n != nil && !p.s.InLoop(n) {
			return f
		}
		return nil
	}
	return nil
}

// decide evaluates a condition by what is known on the path.
func (p *projection) decide(v ssa.Value, f *scope.Frame, e env, depth int) (val, ok bool) {
	if depth > 6 {
		return false, false
	}
	q := p.ask(v, f)
	if q.known {
		return q.val, true
	}
	if q.lit >= 0 {
		if val, ok := e.get(q.lit); ok {
			return (val == 1) != q.neg, true
		}
	}
	if q.from >= 0 {
		if i, ok := e.get(q.from); ok && i < len(q.replies) && q.replies[i].Known {
			return q.replies[i].Val, true
		}
	}
	v = p.s.Pkg.Places.Resolve(v)
	switch v := v.(type) {
	case *ssa.Const:
		if v.Value != nil && v.Value.Kind() == constant.Bool {
			return constant.BoolVal(v.Value), true
		}
	case *ssa.UnOp:
		if v.Op == token.NOT {
			val, ok := p.decide(v.X, f, e, depth+1)
			return !val, ok
		}
		if c := p.sent(v, f); c != nil {
			got, ok := e.get(p.facts.id(factKey{frame: f, recv: v}))
			return got == 1 && constant.BoolVal(c), ok
		}
	case *ssa.Phi:
		if w := p.edge(v, f, e); w != nil {
			return p.decide(w, f, e, depth+1)
		}
	case *ssa.BinOp:
		return p.compare(v, f, e)
	case *ssa.Extract:
		if got, ok := e.get(p.facts.id(factKey{frame: f, recv: v.Tuple})); ok && isOK(v) {
			return got == 1, true
		}
	}
	return false, false
}

// isOK reports whether v is the ok of a receive or select.
func isOK(v *ssa.Extract) bool {
	if v.Index != 1 {
		return false
	}
	switch t := v.Tuple.(type) {
	case *ssa.UnOp:
		return t.Op == token.ARROW
	case *ssa.Select:
		return true
	}
	return false
}

// edge returns the value that a phi has on the path, nil if that is not known.
func (p *projection) edge(v *ssa.Phi, f *scope.Frame, e env) ssa.Value {
	i, ok := e.get(p.facts.id(factKey{frame: f, phi: v}))
	if !ok || i >= len(v.Edges) {
		return nil
	}
	return v.Edges[i]
}

// compare compares what the path knows of two values: constants, and what is
// surely not nil.
func (p *projection) compare(b *ssa.BinOp, f *scope.Frame, e env) (val, ok bool) {
	if b.Op != token.EQL && b.Op != token.NEQ {
		return false, false
	}
	x, y := p.value(b.X, f, e), p.value(b.Y, f, e)
	c, isConst := x.(*ssa.Const)
	d, alsoConst := y.(*ssa.Const)
	var equal bool
	switch {
	case isConst && alsoConst && (c.Value == nil || d.Value == nil):
		equal = c.Value == nil && d.Value == nil
	case isConst && alsoConst && c.Value.Kind() == d.Value.Kind():
		equal = constant.Compare(c.Value, token.EQL, d.Value)
	case alsoConst && d.IsNil() && made(x), isConst && c.IsNil() && made(y):
		equal = false
	default:
		return false, false
	}
	return equal == (b.Op == token.EQL), true
}

// value follows phis on the path.
func (p *projection) value(v ssa.Value, f *scope.Frame, e env) ssa.Value {
	for range 4 {
		v = p.s.Pkg.Places.Resolve(v)
		phi, ok := v.(*ssa.Phi)
		if !ok {
			return v
		}
		w := p.edge(phi, f, e)
		if w == nil {
			return v
		}
		v = w
	}
	return v
}

func made(v ssa.Value) bool {
	switch v.(type) {
	case *ssa.Alloc, *ssa.MakeChan, *ssa.MakeClosure, *ssa.MakeMap, *ssa.MakeSlice, *ssa.MakeInterface, *ssa.Function:
		return true
	}
	return false
}

// price returns what it costs to believe that control goes to the i-th
// successor of n.
func (p *projection) price(n *scope.Node, i int) int {
	br := p.conds[n]
	if br == nil {
		return unlikely
	}
	if m := n.Succs[0]; m.Ev != nil && m.Ev.Arm { // of a select without known channels
		if rest := n.Succs[1]; i == 1 && len(rest.Succs) > 0 {
			m = rest.Succs[0]
		}
		if m.Ev == nil || !m.Ev.Arm {
			return free // the default
		}
		return p.armPrice(m)
	}
	if len(n.Succs) == 2 && p.sink[n.Succs[1-i].ID] == nowhere {
		return free // there is no other way
	}
	if skeleton.ErrorSucc(br.Cond) >= 0 || slices.ContainsFunc(n.Succs, p.fails) {
		switch {
		case p.inTest && (p.fails(n.Succs[i]) || i == skeleton.ErrorSucc(br.Cond)):
			return hardly // what a failure leads to is of no interest
		case p.inTest:
			return unlikely // the test may expect one
		}
		return free
	}
	if x, ok := br.Cond.(*ssa.Extract); ok && isOK(x) {
		if _, isRecv := x.Tuple.(*ssa.UnOp); isRecv && i == 1 {
			return unlikely // nobody known closes the channel
		}
		if p.inTest {
			return unlikely // nor may anybody send
		}
		return free
	}
	if br.Block == nil || len(br.Block.Succs) != 2 {
		return unlikely
	}
	for _, l := range br.Frame.Skel.Loops {
		if l.Head == br.Block && l.Body[br.Block.Succs[i]] != l.Body[br.Block.Succs[1-i]] {
			if l.Body[br.Block.Succs[i]] {
				return unlikely
			}
			return hardly
		}
	}
	if p.ownData(br.Cond, br.Frame, 0) {
		return hardly
	}
	return unlikely
}

// ownData reports whether a condition asks for data that the scope itself has
// made: the program knows what they are, only the search does not.
func (p *projection) ownData(v ssa.Value, f *scope.Frame, depth int) bool {
	if depth > 3 {
		return false
	}
	switch v := v.(type) {
	case *ssa.BinOp:
		return p.ownData(v.X, f, depth+1) || p.ownData(v.Y, f, depth+1)
	case *ssa.Extract:
		_, isLookup := v.Tuple.(*ssa.Lookup)
		return isLookup || p.ownData(v.Tuple, f, depth+1)
	case *ssa.Lookup:
		return true
	case *ssa.UnOp:
		if v.Op != token.MUL {
			return p.ownData(v.X, f, depth+1)
		}
		at := p.s.Place(p.s.Pkg.Places.Of(v.X), f)
		if at == nil {
			return false
		}
		_, fresh := at.Root.V.(*ssa.Alloc)
		return fresh
	}
	return false
}
