package explore

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/scope"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// maxTrips is the longest loop that is counted.
const maxTrips = 32

// A counted is a loop of one frame that runs a known number of times, or as
// often as some number says that the package does not fix.
type counted struct {
	frame *scope.Frame
	loop  *skeleton.Loop
	trips int // 0 if not fixed
}

// loopsOf finds the counted loops of a frame, by the block of their test.
func loopsOf(f *scope.Frame) map[*ssa.BasicBlock]*counted {
	out := map[*ssa.BasicBlock]*counted{}
	for _, l := range f.Skel.Loops {
		c := &counted{frame: f, loop: l}
		b, n := l.Test()
		if b != nil {
			c.trips = n
		} else {
			b = counter(l)
		}
		if b != nil && out[b] == nil && (b == l.Head || l.Always(b)) {
			out[b] = c
		}
	}
	return out
}

// counter returns the block of the loop whose branch compares a counter with a
// number, or asks for the next element of a map; nil if there is none.
func counter(l *skeleton.Loop) *ssa.BasicBlock {
	for _, b := range l.Head.Parent().Blocks {
		if !l.Body[b] {
			continue
		}
		br, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If)
		if !ok || l.Body[b.Succs[0]] == l.Body[b.Succs[1]] {
			continue
		}
		switch c := br.Cond.(type) {
		case *ssa.BinOp:
			if counts(c.X, l.Head, 0) || counts(c.Y, l.Head, 0) {
				return b
			}
		case *ssa.Extract:
			if _, ok := c.Tuple.(*ssa.Next); ok && c.Index == 0 {
				return b
			}
		}
	}
	return nil
}

// counts reports whether v is a number that each round of the loop at head
// changes by a constant.
func counts(v ssa.Value, head *ssa.BasicBlock, depth int) bool {
	switch v := v.(type) {
	case *ssa.Phi:
		if v.Block() != head || depth > 2 {
			return depth > 0 && v.Block() == head
		}
		for _, e := range v.Edges {
			if b, ok := e.(*ssa.BinOp); ok && counts(b, head, 3) {
				return true
			}
		}
	case *ssa.BinOp:
		_, isConst := v.Y.(*ssa.Const)
		return isConst && (v.Op == token.ADD || v.Op == token.SUB) && counts(v.X, head, max(depth, 1))
	case *ssa.UnOp: // a variable that a literal captures: each round has its own cell
		phi, ok := v.X.(*ssa.Phi)
		return ok && v.Op == token.MUL && phi.Block() == head && allCells(phi)
	}
	return false
}

func allCells(phi *ssa.Phi) bool {
	for _, e := range phi.Edges {
		if _, ok := e.(*ssa.Alloc); !ok {
			return false
		}
	}
	return true
}

// numbers returns the constants by which the scope counts: what it adds to
// WaitGroups, capacities, rounds of loops. A loop whose bound is not seen may
// run just as often.
func (p *projection) numbers() []int {
	var out []int
	add := func(n int) {
		if n > rounds[0] && n <= maxTrips && !slices.Contains(rounds[:], n) && !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	for _, n := range p.s.Nodes {
		if _, ok := p.objs.at[n]; ok && n.Ev.Kind == models.WGAdd {
			add(int(n.Ev.Delta))
		}
		if c := p.test(n); c != nil && p.mark[n.ID] && c.loop.Bounded() {
			add(c.trips)
		}
	}
	for _, o := range p.objs.list {
		add(o.Cap)
	}
	return out
}
