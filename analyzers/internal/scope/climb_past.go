package scope

import (
	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/summary"
)

// maxSeen bounds the callers that are looked at.
const maxSeen = 60

// owing drops the takes that fn does not come to between counting up the
// WaitGroup, itself or by a call, and counting it down at u: nobody waits for it
// then.
func (c *climb) owing(g *reachability, fn *ssa.Function, u int, takes map[int]*summary.Take) {
	for _, add := range c.counts {
		if add.Kind != models.WGAdd {
			continue
		}
		for _, from := range c.h.p.nodesIn(fn, add.Fn, add.Node, false, map[*ssa.Function]bool{}) {
			for n := range takes {
				if !g.search(g.sk[from], n, func(m int) bool { return m == u || g.renewed[m] }) {
					delete(takes, n)
				}
			}
		}
	}
}

// started drops the takes that fn comes to before it starts, or makes the literal
// of, what waits in the block: they are past by then.
func (c *climb) started(g *reachability, fn *ssa.Function, takes map[int]*summary.Take) {
	from := c.begins(g, fn)
	for n := range takes {
		later := len(from) == 0
		for _, s := range from {
			later = later || g.search(g.sk[s], n, func(m int) bool { return g.renewed[m] })
		}
		if !later {
			delete(takes, n)
		}
	}
}

// begins returns the nodes of fn from which on the block may be come to; none if
// fn has nothing to do with that.
func (c *climb) begins(g *reachability, fn *ssa.Function) []int {
	if c.h.b.Fn == fn {
		return nil
	}
	for f := c.h.b.Fn; f.Parent() != nil; f = f.Parent() {
		if mc := place.Closure(f); mc != nil && mc.Parent() == fn {
			return []int{g.last(mc)}
		}
	}
	return c.h.p.nodesIn(fn, c.h.b.Fn, 0, true, map[*ssa.Function]bool{})
}

// last returns the last node of the block of instr that comes before it.
func (g *reachability) last(instr ssa.Instruction) int {
	index := map[ssa.Instruction]int{}
	for i, x := range instr.Block().Instrs {
		index[x] = i
	}
	at := g.fn.First[instr.Block()]
	for n := range g.fn.Nodes {
		ev := g.fn.Nodes[n].Ev
		if g.fn.Nodes[n].Block != instr.Block() || ev == nil || ev.Defer != nil {
			continue
		}
		if i, ok := index[ev.Instr]; ok && i < index[instr] && n > at {
			at = n
		}
	}
	return at
}

// nodesIn returns the nodes of fn at which control comes to a node of another
// function by calls, or if starts is set by go statements too; or that node itself.
func (p *Package) nodesIn(fn, in *ssa.Function, node int, starts bool, seen map[*ssa.Function]bool) (out []int) {
	if in == fn {
		return []int{node}
	}
	if seen[in] || len(seen) > maxSeen {
		return nil
	}
	seen[in] = true
	calls, _ := p.Callers(in)
	for _, c := range calls {
		if starts || !c.Starts() {
			out = append(out, p.nodesIn(fn, c.In, c.Node, starts, seen)...)
		}
	}
	return out
}
