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

// A number is what a goroutine's count, and what is added to it, is equal to:
// values, or the texts of constants.
type number struct {
	count     *ssa.Phi
	added, to any
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
		if c, added := s.counter(x, xf, n.Thread); c != nil {
			out[number{c, added, constantText(y)}] = true
		} else if c, added := s.counter(y, yf, n.Thread); c != nil {
			out[number{c, added, constantText(x)}] = true
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

// counter returns what v counts by, and what v adds to that, if it is the counter
// of the loop that starts the goroutines of t, nil otherwise. Each goroutine has
// another number then.
func (s *Scope) counter(v ssa.Value, f *Frame, t *Thread) (count *ssa.Phi, added any) {
	if t.Spawn == nil || f == nil {
		return nil, nil
	}
	if add, ok := v.(*ssa.BinOp); ok && add.Op == token.ADD {
		if by, isConst := add.Y.(*ssa.Const); isConst {
			v, added = add.X, constantText(by)
		}
	}
	if load, ok := v.(*ssa.UnOp); ok && load.Op == token.MUL { // each round has a variable of its own
		v = load.X
		for fv, ok := v.(*ssa.FreeVar); ok; fv, ok = v.(*ssa.FreeVar) {
			v = place.Binding(fv)
		}
	}
	phi, ok := v.(*ssa.Phi)
	if !ok {
		return nil, nil
	}
	for _, l := range t.Spawn.Frame.Skel.Loops {
		if l.Body[t.Spawn.Block] && l.Counts(phi) {
			return phi, added
		}
	}
	return nil, nil
}
