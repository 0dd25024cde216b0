package scope

import (
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/place"
)

// onlyNumber reports whether a and b, of goroutines that one statement starts, run
// only in the one that has a certain number: a loop counts the goroutines, and both
// are behind `i == 0`.
func (s *Scope) onlyNumber(a, b *Node) bool {
	if a.Thread != b.Thread {
		return false
	}
	for x := range s.numbers(a) {
		for y := range s.numbers(b) {
			if x == y {
				return true
			}
		}
	}
	return false
}

// A number is what a goroutine's count is equal to: a value, or the text of a
// constant.
type number struct {
	count ssa.Value
	to    any
}

// numbers returns what n's goroutine must be the number of for n to run.
func (s *Scope) numbers(n *Node) map[number]bool {
	out := map[number]bool{}
	for g := range guards(n) {
		eq, ok := g.Cond.(*ssa.BinOp)
		if !ok || !(eq.Op == token.EQL && g.holds || eq.Op == token.NEQ && !g.holds) {
			continue
		}
		x, xf := s.Resolve(eq.X, g.f)
		y, yf := s.Resolve(eq.Y, g.f)
		if c := s.counter(x, xf, n.Thread); c != nil {
			out[number{c, constantText(y)}] = true
		} else if c := s.counter(y, yf, n.Thread); c != nil {
			out[number{c, constantText(x)}] = true
		}
	}
	return out
}

// constantText returns the text of a constant, v itself if it is none.
func constantText(v ssa.Value) any {
	if c, ok := v.(*ssa.Const); ok && c.Value != nil {
		return c.Value.ExactString()
	}
	return v
}

// counter returns what v counts by if it is the counter of the loop that starts the
// goroutines of t, nil otherwise. Each goroutine has another number then.
func (s *Scope) counter(v ssa.Value, f *Frame, t *Thread) ssa.Value {
	if t.Spawn == nil || f == nil {
		return nil
	}
	if add, ok := v.(*ssa.BinOp); ok && add.Op == token.ADD {
		if _, isConst := add.Y.(*ssa.Const); isConst {
			v = add.X
		}
	}
	if load, ok := v.(*ssa.UnOp); ok && load.Op == token.MUL { // each round has a variable of its own
		v = load.X
		for fv, ok := v.(*ssa.FreeVar); ok; fv, ok = v.(*ssa.FreeVar) {
			v = place.Binding(fv)
		}
	}
	phi, ok := v.(*ssa.Phi)
	if !ok || phi.Parent() != t.Spawn.Frame.Fn || !heads(phi.Block(), t.Spawn) {
		return nil
	}
	for _, e := range phi.Edges {
		switch e := e.(type) {
		case *ssa.Alloc:
			return phi
		case *ssa.BinOp:
			if e.Op == token.ADD && e.X == ssa.Value(phi) {
				return phi
			}
		}
	}
	return nil
}

// heads reports whether b is where the rounds of a loop around n start.
func heads(b *ssa.BasicBlock, n *Node) bool {
	for _, l := range n.Frame.Skel.Loops {
		if l.Head == b && l.Body[n.Block] {
			return true
		}
	}
	return false
}
