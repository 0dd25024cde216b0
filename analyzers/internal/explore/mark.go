package explore

import (
	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/scope"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// A projection says at which nodes of a scope something happens that the
// machine knows. Between them control only flows.
type projection struct {
	s        *scope.Scope
	objs     *objects
	facts    *facts
	loops    map[*scope.Frame]map[*ssa.BasicBlock]*counted
	conds    map[*scope.Node]*scope.Node // where control branches, to what has the condition
	mark     []bool
	sink     []int      // by node: the marked node that control gets to next, nowhere or several
	waits    []Patience // by node: how long control may have to wait on the way there for what is not known
	counts   map[factKey]int
	phis     map[*ssa.BasicBlock][]*ssa.Phi // those that branches depend on
	oks      map[ssa.Value]bool             // receives whose success a branch depends on
	deferred map[pending]bool
}

// pending is a defer statement of an activation that only some paths pass.
type pending struct {
	frame *scope.Frame
	d     *ssa.Defer
}

// Sinks that are no node.
const (
	nowhere = -1 // control never gets to a marked node
	several = -2 // it depends
)

func project(s *scope.Scope, objs *objects) *projection {
	p := &projection{
		s: s, objs: objs, facts: &facts{ids: map[factKey]int{}}, loops: map[*scope.Frame]map[*ssa.BasicBlock]*counted{},
		conds: s.Branches(), mark: make([]bool, len(s.Nodes)), counts: map[factKey]int{},
		phis: map[*ssa.BasicBlock][]*ssa.Phi{}, oks: map[ssa.Value]bool{}, deferred: map[pending]bool{},
	}
	for _, f := range s.Frames() {
		p.loops[f] = loopsOf(f)
	}
	p.markOps()
	p.findSinks()
	p.markLoops()
	p.findSinks()
	p.markFacts()
	p.findSinks()
	p.findWaits()
	return p
}

// markOps marks operations, ends of threads, and the starts of threads in which
// something is marked.
func (p *projection) markOps() {
	busy, chosen := map[*scope.Thread]bool{}, map[activation]bool{}
	for _, n := range p.s.Nodes {
		_, isOp := p.objs.at[n]
		if isOp && n.Ev.Arm {
			chosen[activation{n.Ev.Instr, n.Frame}] = true
		}
		if isOp || p.objs.made[n] != nil {
			p.mark[n.ID] = true
			for t := n.Thread; t != nil; t = t.Parent {
				busy[t] = true
			}
		}
	}
	for _, n := range p.s.Nodes {
		switch {
		case crashes(n):
		case n.Starts != nil && busy[n.Starts], len(n.Succs) == 0 && last(n):
			p.mark[n.ID] = true
		case n.Ev != nil && n.Ev.Kind == models.Select:
			p.mark[n.ID] = chosen[activation{n.Ev.Instr, n.Frame}]
		}
	}
}

// An activation is an instruction of one activation of its function.
type activation struct {
	instr ssa.Instruction
	frame *scope.Frame
}

// last reports whether a thread ends at n.
func last(n *scope.Node) bool {
	if n.Ev == nil {
		return n.Frame != nil && n.Frame.Exit == n
	}
	switch n.Ev.Kind {
	case skeleton.AtReturn:
		return true
	case skeleton.CallFn, models.Call:
		return !n.Thread.Known()
	}
	return false
}

// crashes reports whether the process or the test ends at n, or is about to.
func crashes(n *scope.Node) bool {
	if n.Ev == nil {
		return false
	}
	switch n.Ev.Kind {
	case models.Exit, models.FailNow, models.Panic:
		return true
	case skeleton.GoExit:
		return len(n.Succs) < 2 // not recovered
	case skeleton.CallFn:
		if fails(n) {
			return true
		}
	}
	if n.Ev.Defer == nil || n.Block == nil || len(n.Block.Instrs) == 0 {
		return false
	}
	_, ok := n.Block.Instrs[len(n.Block.Instrs)-1].(*ssa.Panic)
	return ok
}

// fails reports whether n makes the test fail. What becomes of it then is of no
// interest.
func fails(n *scope.Node) bool {
	f := scope.CalleeOf(n)
	if f == nil || f.Pkg() == nil || f.Pkg().Path() != "testing" {
		return false
	}
	switch f.Name() {
	case "Error", "Errorf", "Fail":
		return true
	}
	return false
}

// late says whether n may wait for something that the machine does not know.
func (p *projection) late(n *scope.Node) Patience {
	if n.Ev == nil {
		return Now
	}
	if _, known := p.objs.at[n]; known || n.Ev.Arm {
		return Now
	}
	switch n.Ev.Kind {
	case models.Sleep:
		return Slept
	case models.Send, models.Recv, models.Select, models.WGWait, models.CondWait, models.SemAcquire, models.Settle, models.IterPull:
		return Late
	}
	if p.s.Opaque(n) && n.Inlined() == nil && n.Starts == nil {
		return Late
	}
	return Now
}

// findSinks computes the sinks as the least fixpoint. Paths that end the
// process do not count.
func (p *projection) findSinks() {
	p.sink = make([]int, len(p.s.Nodes))
	for i := range p.sink {
		p.sink[i] = nowhere
		if p.mark[i] {
			p.sink[i] = i
		}
	}
	for changed := true; changed; {
		changed = false
		for i := len(p.s.Nodes) - 1; i >= 0; i-- {
			n := p.s.Nodes[i]
			if p.mark[i] || p.sink[i] == several || crashes(n) {
				continue
			}
			was := p.sink[i]
			for _, m := range n.Succs {
				switch to := p.sink[m.ID]; {
				case to == nowhere || to == p.sink[i]:
				case p.sink[i] == nowhere:
					p.sink[i] = to
				default:
					p.sink[i] = several
				}
			}
			changed = changed || p.sink[i] != was
		}
	}
}

// findWaits computes where control may have to wait for something unknown before
// it gets to a marked node.
func (p *projection) findWaits() {
	p.waits = make([]Patience, len(p.s.Nodes))
	for i, n := range p.s.Nodes {
		p.waits[i] = p.late(n)
	}
	for changed := true; changed; {
		changed = false
		for i := len(p.s.Nodes) - 1; i >= 0; i-- {
			for _, m := range p.s.Nodes[i].Succs {
				if !p.mark[i] && !p.mark[m.ID] && p.waits[m.ID] > p.waits[i] {
					p.waits[i], changed = p.waits[m.ID], true
				}
			}
		}
	}
}

// real reports whether it matters which way control goes at n.
func (p *projection) real(n *scope.Node) bool {
	return len(n.Succs) > 1 && (p.sink[n.ID] == several || p.mark[n.ID])
}

// markLoops marks the tests of counted loops in which something is marked, and
// where control enters these loops.
func (p *projection) markLoops() {
	busy := map[*counted]bool{}
	for _, n := range p.s.Nodes {
		if !p.mark[n.ID] {
			continue
		}
		for f, at := n.Frame, n; f != nil && at != nil; f, at = f.Up, f.At {
			for _, c := range p.loops[f] {
				if at.Block != nil && c.loop.Body[at.Block] {
					busy[c] = true
				}
			}
		}
	}
	for _, n := range p.s.Nodes {
		if c := p.test(n); c != nil && busy[c] {
			p.mark[n.ID] = true
		}
		for _, m := range n.Succs {
			if p.enters(n, m) {
				p.mark[n.ID] = true
			}
		}
	}
}

// test returns the counted loop that n decides about.
func (p *projection) test(n *scope.Node) *counted {
	br := p.conds[n]
	if br == nil || br.Block == nil {
		return nil
	}
	return p.loops[br.Frame][br.Block]
}

// enters reports whether control comes into a counted loop from n to m.
func (p *projection) enters(n, m *scope.Node) bool {
	if m.Block == nil || n.Frame != m.Frame || m.Frame == nil || m.Frame.First(m.Block) != m {
		return false
	}
	for _, c := range p.loops[m.Frame] {
		if c.loop.Head == m.Block && !c.loop.Body[n.Block] {
			return true
		}
	}
	return false
}

// markFacts marks where a thread learns something that a branch depends on.
func (p *projection) markFacts() {
	for _, n := range p.s.Nodes {
		if !p.real(n) {
			continue
		}
		if br := p.conds[n]; br != nil {
			p.dependsOn(br.Cond, 0)
			if l, _, ok := p.literal(br.Cond, br.Frame); ok {
				p.counts[l]++
			}
		}
		for _, m := range n.Succs {
			if m.Ev != nil && m.Ev.Maybe && m.Ev.Defer != nil {
				p.deferred[pending{m.Frame, m.Ev.Defer}] = true
			}
		}
	}
	for _, n := range p.s.Nodes {
		for _, m := range n.Succs {
			if m.Block != nil && p.phis[m.Block] != nil && m.Frame != nil && m.Frame.First(m.Block) == m {
				p.mark[n.ID] = true
			}
		}
	}
	for d := range p.deferred {
		if n := d.frame.First(d.d.Block()); n != nil {
			p.mark[n.ID] = true
		}
	}
}

// dependsOn notes the phis and receives that decide a condition.
func (p *projection) dependsOn(v ssa.Value, depth int) {
	if depth > 4 {
		return
	}
	switch v := p.s.Pkg.Places.Resolve(v).(type) {
	case *ssa.Phi:
		for _, old := range p.phis[v.Block()] {
			if old == v {
				return
			}
		}
		p.phis[v.Block()] = append(p.phis[v.Block()], v)
		for _, e := range v.Edges {
			p.dependsOn(e, depth+1)
		}
	case *ssa.UnOp:
		p.dependsOn(v.X, depth+1)
	case *ssa.BinOp:
		p.dependsOn(v.X, depth+1)
		p.dependsOn(v.Y, depth+1)
	case *ssa.Extract:
		p.oks[v.Tuple] = true
	}
}
