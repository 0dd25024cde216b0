package explore

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
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
	sink     []int                          // by node: the node ahead that is marked, or where it matters which way control goes; or nowhere
	post     []*scope.Node                  // see postorder
	waits    []Patience                     // by node: how long control may have to wait on the way to the sink for what is not known
	counts   map[int]int                    // by fact: how many branches ask for the condition
	phis     map[*ssa.BasicBlock][]*ssa.Phi // those that branches depend on
	oks      map[ssa.Value]bool             // receives whose success a branch depends on
	deferred map[pending]bool
	inTest   bool   // the scope is a test: errors are its failures
	crash    []bool // by node, see crashes
	live     needed // which facts branches ahead depend on, see findLive
	asked    map[condKey]*question
	zeros    map[*place.Place]bool // see zero
	returns  map[*scope.Node]reply // the returns that branches of the callers depend on
}

// pending is a defer statement of an activation that only some paths pass.
type pending struct {
	frame *scope.Frame
	d     *ssa.Defer
}

func project(s *scope.Scope, objs *objects) *projection {
	p := &projection{
		s: s, objs: objs, facts: &facts{ids: map[factKey]int{}}, loops: map[*scope.Frame]map[*ssa.BasicBlock]*counted{},
		conds: s.Branches(), mark: make([]bool, len(s.Nodes)), counts: map[int]int{},
		phis: map[*ssa.BasicBlock][]*ssa.Phi{}, oks: map[ssa.Value]bool{}, deferred: map[pending]bool{},
		crash: make([]bool, len(s.Nodes)), asked: map[condKey]*question{}, zeros: map[*place.Place]bool{}, returns: map[*scope.Node]reply{},
	}
	p.inTest = s.Role(s.Threads[0]) == "test" || s.Pkg.InTest(s.Root.Pos())
	for i, n := range s.Nodes {
		p.crash[i] = crashes(n)
	}
	for _, f := range s.Frames() {
		p.loops[f] = loopsOf(f)
	}
	p.markOps()
	p.findSinks()
	p.markLoops()
	p.findSinks()
	p.markReturns()
	p.findSinks()
	p.markFacts()
	p.findSinks()
	p.findWaits()
	p.findLive()
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
		case p.crash[n.ID]:
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
		if scope.FailsTest(n) {
			return true
		}
	}
	if n.Ev.Defer == nil || n.Block == nil || len(n.Block.Instrs) == 0 {
		return false
	}
	_, ok := n.Block.Instrs[len(n.Block.Instrs)-1].(*ssa.Panic)
	return ok
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
	case models.Select:
		if p.mark[n.ID] {
			return Now // its arms say
		}
		return Late
	case models.Send, models.Recv, models.WGWait, models.CondWait, models.SemAcquire, models.Settle, models.IterPull:
		return Late
	}
	if p.s.Opaque(n) && n.Inlined() == nil && n.Starts == nil {
		return Late
	}
	return Now
}

// real reports whether it matters which way control goes at n.
func (p *projection) real(n *scope.Node) bool {
	return len(n.Succs) > 1 && p.stops(n)
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
			if c := p.enters(n, m); c != nil && busy[c] {
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

// enters returns the counted loop that control comes into from n to m, nil if
// there is none.
func (p *projection) enters(n, m *scope.Node) *counted {
	if m.Block == nil || n.Frame != m.Frame || m.Frame == nil || len(p.loops[m.Frame]) == 0 || m.Frame.First(m.Block) != m {
		return nil
	}
	for _, c := range p.loops[m.Frame] {
		if c.loop.Head == m.Block && !c.loop.Body[n.Block] {
			return c
		}
	}
	return nil
}

// markFacts marks where a thread learns something that a branch depends on.
func (p *projection) markFacts() {
	for _, n := range p.s.Nodes {
		if !p.real(n) {
			continue
		}
		if br := p.conds[n]; br != nil {
			p.dependsOn(br.Cond, 0)
			if q := p.ask(br.Cond, br.Frame); q.lit >= 0 {
				p.counts[q.lit]++
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
		if slices.Contains(p.phis[v.Block()], v) {
			return
		}
		p.phis[v.Block()] = append(p.phis[v.Block()], v)
		for _, e := range v.Edges {
			p.dependsOn(e, depth+1)
		}
	case *ssa.UnOp:
		switch v.Op {
		case token.NOT:
			p.dependsOn(v.X, depth+1)
		case token.ARROW:
			p.oks[v] = true
		}
	case *ssa.BinOp:
		if v.Op == token.EQL || v.Op == token.NEQ {
			p.dependsOn(v.X, depth+1)
			p.dependsOn(v.Y, depth+1)
		}
	case *ssa.Extract:
		if isOK(v) {
			p.oks[v.Tuple] = true
		}
	}
}
