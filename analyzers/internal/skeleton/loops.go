package skeleton

import (
	"go/constant"
	"go/token"

	"golang.org/x/tools/go/ssa"
)

// maxTrips is the longest loop that is counted; longer ones run Many times.
const maxTrips = 4096

// A Loop is a natural loop of a function.
type Loop struct {
	Head  *ssa.BasicBlock
	Body  map[*ssa.BasicBlock]bool // the head included
	test  *ssa.BasicBlock          // decides with a counter whether to go on, nil if none does
	n     int                      // how often test does
	exits int                      // ways out of the loop
}

// Trips returns how often b, a block of the loop, runs each time the loop does,
// at most; exact reports whether it runs that often unless the function is left.
func (l *Loop) Trips(b *ssa.BasicBlock) (n int, exact bool) {
	if l.once(b) {
		return 1, false
	}
	if l.test == nil {
		return Many, false
	}
	n = l.n
	if !l.test.Dominates(b) || l.test == b {
		n++
	}
	return n, l.exits == 1 && l.Always(b)
}

// Test returns the block that decides with a counter whether the loop goes on,
// and how often in a row it does; nil if there is none whose bound is constant.
func (l *Loop) Test() (b *ssa.BasicBlock, n int) { return l.test, l.n }

// Bounded reports whether a counter bounds the loop by a constant.
func (l *Loop) Bounded() bool { return l.test != nil }

// Always reports whether each round of the loop that is not its last passes b.
func (l *Loop) Always(b *ssa.BasicBlock) bool { return everyTime(b, l.Head, l.Body) }

// loops finds the natural loops of fn, in order of their heads, and how often
// they run. Irreducible cycles are none.
func loops(fn *ssa.Function, live map[*ssa.BasicBlock]bool, consts func(ssa.Value) (constant.Value, bool)) []*Loop {
	var out []*Loop
	bodies := map[*ssa.BasicBlock]map[*ssa.BasicBlock]bool{} // header → body
	var heads []*ssa.BasicBlock
	for _, b := range fn.Blocks {
		for _, s := range b.Succs {
			if !live[b] || !live[s] || !s.Dominates(b) {
				continue
			}
			if bodies[s] == nil {
				bodies[s] = map[*ssa.BasicBlock]bool{s: true}
				heads = append(heads, s)
			}
			grow(bodies[s], b, live)
		}
	}
	for _, h := range heads {
		l := &Loop{Head: h, Body: bodies[h]}
		l.test, l.n, l.exits = count(h, l.Body, live, consts)
		out = append(out, l)
	}
	return out
}

// everyTime reports whether each trip through the loop at h passes b.
func everyTime(b, h *ssa.BasicBlock, body map[*ssa.BasicBlock]bool) bool {
	for _, p := range h.Preds {
		if body[p] && !b.Dominates(p) {
			return false
		}
	}
	return true
}

func mul(a, b int) int {
	if a >= Many || b >= Many || a*b > maxTrips*4 {
		return Many
	}
	return a * b
}

// grow adds to body everything that reaches b without passing the header,
// which body already has.
func grow(body map[*ssa.BasicBlock]bool, b *ssa.BasicBlock, live map[*ssa.BasicBlock]bool) {
	if body[b] || !live[b] {
		return
	}
	body[b] = true
	for _, p := range b.Preds {
		grow(body, p, live)
	}
}

// count finds the test that bounds a loop: a comparison of a counter with a
// constant. n is how often it holds; exits counts the ways out of the loop.
func count(h *ssa.BasicBlock, body, live map[*ssa.BasicBlock]bool, consts func(ssa.Value) (constant.Value, bool)) (test *ssa.BasicBlock, n, exits int) {
	for _, b := range h.Parent().Blocks { // not the map: ties must fall alike
		if !body[b] {
			continue
		}
		for i, s := range b.Succs {
			if body[s] || !live[s] {
				continue
			}
			exits++
			br, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If)
			if !ok {
				continue
			}
			if k, ok := bound(h, body, br.Cond, i == 1, consts); ok && (test == nil || k < n) {
				test, n = b, k
			}
		}
	}
	return test, n, exits
}

// bound simulates the counter of the loop at h: how often in a row cond, or
// its negation if !while, holds.
func bound(h *ssa.BasicBlock, body map[*ssa.BasicBlock]bool, cond ssa.Value, while bool, consts func(ssa.Value) (constant.Value, bool)) (int, bool) {
	cmp, ok := cond.(*ssa.BinOp)
	if !ok {
		return 0, false
	}
	x, y, op := cmp.X, cmp.Y, cmp.Op
	if _, ok := consts(x); ok {
		x, y, op = y, x, flip(op)
	}
	lim, ok := intOf(consts, y)
	if !ok {
		return 0, false
	}
	start, step, ok := counter(h, body, x, consts)
	if !ok {
		start, step, ok = cellCounter(h, body, x, consts)
	}
	if !ok || step == 0 {
		return 0, false
	}
	for n := 0; n <= maxTrips; n++ {
		if holds(start, op, lim) != while {
			return n, true
		}
		start += step
	}
	return 0, false
}

// counter recognises x = phi(start, phi+step) of header h, or that plus a
// constant, and returns the values it takes.
func counter(h *ssa.BasicBlock, body map[*ssa.BasicBlock]bool, x ssa.Value, consts func(ssa.Value) (constant.Value, bool)) (start, step int64, ok bool) {
	phi, off, ok := affine(x, consts)
	if !ok || phi.Block() != h {
		return 0, 0, false
	}
	haveStart, haveStep := false, false
	for i, e := range phi.Edges {
		if body[h.Preds[i]] {
			p, k, ok := affine(e, consts)
			if !ok || p != phi || haveStep && k != step {
				return 0, 0, false
			}
			step, haveStep = k, true
			continue
		}
		k, ok := intOf(consts, e)
		if !ok || haveStart && k != start {
			return 0, 0, false
		}
		start, haveStart = k, true
	}
	return start + off, step, haveStart && haveStep
}

// affine splits v into a phi and a constant offset.
func affine(v ssa.Value, consts func(ssa.Value) (constant.Value, bool)) (*ssa.Phi, int64, bool) {
	var off int64
	for {
		switch x := v.(type) {
		case *ssa.Phi:
			return x, off, true
		case *ssa.BinOp:
			k, ok := intOf(consts, x.Y)
			switch {
			case ok && x.Op == token.ADD:
				off += k
			case ok && x.Op == token.SUB:
				off -= k
			default:
				return nil, 0, false
			}
			v = x.X
		default:
			return nil, 0, false
		}
	}
}

func intOf(consts func(ssa.Value) (constant.Value, bool), v ssa.Value) (int64, bool) {
	c, ok := consts(v)
	if !ok || c.Kind() != constant.Int {
		return 0, false
	}
	return constant.Int64Val(c)
}

func flip(op token.Token) token.Token {
	switch op {
	case token.LSS:
		return token.GTR
	case token.LEQ:
		return token.GEQ
	case token.GTR:
		return token.LSS
	case token.GEQ:
		return token.LEQ
	}
	return op
}

func holds(x int64, op token.Token, y int64) bool {
	switch op {
	case token.LSS:
		return x < y
	case token.LEQ:
		return x <= y
	case token.GTR:
		return x > y
	case token.GEQ:
		return x >= y
	case token.EQL:
		return x == y
	}
	return x != y
}

// Counted returns the block whose branch bounds the loop by a counter, and how
// often in a row that goes on; test is nil if none does.
func (l *Loop) Counted() (test *ssa.BasicBlock, n int) { return l.test, l.n }
