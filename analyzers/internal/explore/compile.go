package explore

import (
	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/scope"
)

// Bounds of compilation.
const (
	maxPos   = 800 // positions of one machine
	maxCodes = 24
	maxWalk  = 4000 // nodes passed between two positions
)

// A compiler makes the machine of a projection. Where the bound of a loop is
// not a constant, loops run rounds times.
type compiler struct {
	*projection
	rounds int
	m      *Machine
	codes  map[codeKey]int
	todo   []codeKey
	total  int
	over   bool
	varies bool // there are loops that run rounds times
}

type codeKey struct {
	t   *scope.Thread
	env string
}

// compile returns nil if a bound is hit, and whether it matters how many rounds
// there are.
func compile(p *projection, rounds int) (m *Machine, varies bool) {
	c := &compiler{projection: p, rounds: rounds, m: &Machine{Objects: p.objs.list}, codes: map[codeKey]int{}}
	c.m.Exits, c.m.Test = p.s.Role(p.s.Threads[0]) == "main", p.inTest
	envs := map[codeKey]env{}
	c.code(p.s.Threads[0], nil, envs)
	for i := 0; i < len(c.todo) && !c.over; i++ { // grows
		k := c.todo[i]
		b := &coder{compiler: c, t: k.t, code: c.m.Codes[i], index: map[posKey]int{}, envs: envs}
		b.run(envs[k])
	}
	if c.over || !c.m.prepare() {
		return nil, c.varies
	}
	return c.m, c.varies
}

// code returns the number of the code of t started with what e says.
func (c *compiler) code(t *scope.Thread, e env, envs map[codeKey]env) int {
	e = c.kept(e, t.Entry)
	k := codeKey{t, e.key()}
	i, ok := c.codes[k]
	if !ok {
		i = len(c.m.Codes)
		c.codes[k] = i
		envs[k] = e
		c.todo = append(c.todo, k)
		c.m.Codes = append(c.m.Codes, &Code{Thread: t})
		c.over = c.over || i >= maxCodes
	}
	return i
}

// A coder compiles one thread.
type coder struct {
	*compiler
	t     *scope.Thread
	code  *Code
	index map[posKey]int
	work  []point
	envs  map[codeKey]env
}

type posKey struct {
	node  int
	phase int
	env   string
}

// A point is where a thread is and what it knows.
type point struct {
	n     *scope.Node
	phase int // of a node that takes several steps
	env   env
}

func (b *coder) run(e env) {
	if start := b.enter(point{n: b.t.Entry, env: e}); start != 0 {
		b.over = true // cannot be: the first position has number 0
	}
	for len(b.work) > 0 && !b.over {
		pt := b.work[0]
		b.work = b.work[1:]
		i := b.index[posKey{pt.n.ID, pt.phase, pt.env.key()}]
		alts := b.alts(pt)
		b.code.Pos[i].Alts = alts
	}
}

// crash is the number of the position of a thread that ends the process.
const crashed = -1

// position returns the number of the position at a point, in which it puts
// what the thread can do there, later.
func (b *coder) position(pt point) int {
	k := posKey{pt.n.ID, pt.phase, pt.env.key()}
	if i, ok := b.index[k]; ok {
		return i
	}
	i := len(b.code.Pos)
	b.index[k] = i
	b.code.Pos = append(b.code.Pos, Pos{Node: pt.n})
	b.work = append(b.work, pt)
	if b.total++; b.total > maxPos {
		b.over = true
	}
	return i
}

// special returns the position in which the process has ended, or in which the
// thread goes on for ever without doing anything that the machine knows.
func (b *coder) special(n *scope.Node, phase int) int {
	k := posKey{node: -1, phase: phase}
	i, ok := b.index[k]
	if !ok {
		i = len(b.code.Pos)
		b.index[k] = i
		b.code.Pos = append(b.code.Pos, Pos{Node: n, Crash: phase == crashed})
		if phase != crashed {
			b.code.Pos[i].Alts = []Alt{{Op: Skip, Next: i, Node: n}}
		}
	}
	return i
}

// enter lets control flow from a point to the next position.
func (b *coder) enter(pt point) int {
	late := Now
	for range maxWalk {
		n := pt.n
		pt.env = b.kept(pt.env, n)
		if b.crash[n.ID] {
			return b.special(n, crashed)
		}
		late = max(late, b.late(n))
		if d, ok := b.passes(n); ok {
			pt.env = pt.env.with(b.facts.id(d), 1)
		}
		if r, ok := b.returns[n]; ok {
			pt.env = pt.env.with(b.facts.id(r.key()), r.i)
		}
		switch to := b.sink[n.ID]; {
		case to == nowhere:
			return b.special(n, b.fate(n))
		case b.acts(n):
			if len(n.Succs) == 0 && !b.m.Exits {
				late = Now // when the thread ends is of no interest
			}
			return b.gate(pt, late)
		case to >= 0 && to != n.ID:
			late = max(late, b.waits[n.ID])
			pt.n = b.s.Nodes[to]
		default:
			next, decided := b.next(pt)
			if !decided {
				return b.gate(pt, late)
			}
			pt = next
		}
	}
	b.over = true
	return 0
}

// gate returns the position at a point, or one before it at which the thread
// waits until nothing else can happen.
func (b *coder) gate(pt point, late Patience) int {
	switch late {
	case Late:
		pt.phase = gated
	case Slept:
		pt.phase = asleep
	}
	return b.position(pt)
}

// passes reports whether n is where a deferred call is scheduled that only some
// paths schedule.
func (b *coder) passes(n *scope.Node) (factKey, bool) {
	if n.Block == nil || n.Frame == nil || n.Frame.First(n.Block) != n {
		return factKey{}, false
	}
	for _, instr := range n.Block.Instrs {
		if d, ok := instr.(*ssa.Defer); ok && b.deferred[pending{n.Frame, d}] {
			return factKey{frame: n.Frame, later: d}, true
		}
	}
	return factKey{}, false
}

// fate says how a thread ends that gets nowhere from n: with the process, or
// not at all.
func (b *coder) fate(n *scope.Node) int {
	seen := map[*scope.Node]bool{}
	work := []*scope.Node{n}
	for len(work) > 0 {
		m := work[len(work)-1]
		work = work[:len(work)-1]
		if seen[m] {
			continue
		}
		seen[m] = true
		if b.crash[m.ID] || len(m.Succs) == 0 {
			return crashed
		}
		work = append(work, m.Succs...)
	}
	return 0
}

// acts reports whether something happens at n, rather than that a thread only
// learns where it is.
func (b *coder) acts(n *scope.Node) bool {
	if _, ok := b.objs.at[n]; ok {
		return true
	}
	return b.objs.made[n] != nil || n.Starts != nil && b.mark[n.ID] || len(n.Succs) == 0 ||
		b.mark[n.ID] && n.Ev != nil && n.Ev.Kind == models.Select
}

// next goes one edge on from a node at which nothing happens, if it is known
// which.
func (b *coder) next(pt point) (point, bool) {
	n := pt.n
	if len(n.Succs) == 1 {
		return b.edge(pt, 0), true
	}
	if c := b.test(n); c != nil && b.mark[n.ID] && len(n.Succs) == 2 {
		return b.round(pt, c), true
	}
	if br := b.conds[n]; br != nil && len(n.Succs) == 2 {
		if val, ok := b.decide(br.Cond, br.Frame, pt.env, 0); ok {
			if val {
				return b.edge(pt, 0), true
			}
			return b.edge(pt, 1), true
		}
		return pt, false
	}
	if m := n.Succs[0]; m.Ev != nil && m.Ev.Maybe && len(n.Succs) == 2 {
		if d := (pending{m.Frame, m.Ev.Defer}); b.deferred[d] {
			if _, ok := pt.env.get(b.facts.id(factKey{frame: d.frame, later: d.d})); ok {
				return b.edge(pt, 0), true
			}
			return b.edge(pt, 1), true
		}
	}
	return pt, false
}

// round decides whether a counted loop goes on.
func (b *coder) round(pt point, c *counted) point {
	id := b.facts.id(factKey{frame: c.frame, loop: c})
	done, _ := pt.env.get(id)
	trips := c.trips
	switch {
	case !c.loop.Bounded():
		trips, b.varies = b.rounds, true
	case trips > maxTrips:
		b.over = true
	}
	in := 0
	br := b.conds[pt.n].Block
	if !c.loop.Body[br.Succs[0]] {
		in = 1
	}
	if done < trips {
		pt.env = pt.env.with(id, done+1)
		return b.edge(pt, in)
	}
	pt.env = pt.env.without(id)
	return b.edge(pt, 1-in)
}

// edge goes from a point to the i-th successor of its node.
func (b *coder) edge(pt point, i int) point {
	n, m := pt.n, pt.n.Succs[i]
	e := pt.env
	if m.Block != nil && m.Frame != nil && n.Frame == m.Frame && m.Frame.First(m.Block) == m {
		for _, phi := range b.phis[m.Block] {
			for k, pred := range m.Block.Preds {
				if pred == n.Block {
					e = e.with(b.facts.id(factKey{frame: m.Frame, phi: phi}), k)
				}
			}
		}
		if b.enters(n, m) != nil {
			for _, c := range b.loops[m.Frame] {
				if c.loop.Head == m.Block {
					e = e.without(b.facts.id(factKey{frame: c.frame, loop: c}))
				}
			}
		}
	}
	return point{n: m, env: e}
}

// after is where control gets to behind the node of a point.
func (b *coder) after(pt point) int {
	pt.phase = 0
	if len(pt.n.Succs) == 0 {
		return b.special(pt.n, crashed) // pruned: it never gets on
	}
	if next, ok := b.next(pt); ok {
		return b.enter(next)
	}
	pt.phase = branching
	return b.position(pt)
}

// branch lists the ways that control can go at a point.
func (b *coder) branch(pt point) []Alt {
	n := pt.n
	var out []Alt
	for i, m := range n.Succs {
		if b.sink[m.ID] == nowhere {
			continue
		}
		to := b.edge(pt, i)
		if br := b.conds[n]; br != nil {
			if nothing, ok := b.s.Recovering(br.Cond, br.Frame); ok && nothing != (i == 0) {
				continue
			}
			if q := b.ask(br.Cond, br.Frame); q.lit >= 0 && b.counts[q.lit] > 1 {
				val := 1
				if (i == 1) != q.neg {
					val = 0
				}
				to.env = to.env.with(q.lit, val)
			}
		}
		out = append(out, Alt{Op: Skip, Next: b.enter(to), Cost: b.price(n, i), Node: n, Branch: n})
	}
	return out
}
