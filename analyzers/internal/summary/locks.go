package summary

import (
	"fmt"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/dataflow"
	"github.com/concvet/concvet/analyzers/internal/lockset"
	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// maxRounds bounds how often the functions of one cycle of the call graph are
// analysed until their summaries agree. Past it what they do is unknown.
const maxRounds = 6

// A lockInfo is what is kept of the lock analysis of one function.
type lockInfo struct {
	sk     *skeleton.Func
	names  []lockName
	states []lockset.Set // before each node
	faults []LockFault
	exits  []Exit
	edges  []heldEdge
	blocks []HeldBlock
	takes  []Take
	writes []LockedWrite

	unlocks map[int]int // a node that gives up a lock, by number of the lock
}

// pos returns the position of the event at a node.
func (l *lockInfo) pos(n int) token.Pos {
	if ev := l.sk.Nodes[n].Ev; ev != nil {
		return ev.Pos()
	}
	return token.NoPos
}

// summarise computes the summaries of all functions, callees first.
func (p *Package) summarise() {
	p.findUnsettled()
	p.findDispatch()
	index := make(map[*ssa.Function]int, len(p.Funcs))
	for i, fn := range p.Funcs {
		index[fn] = i
	}
	succs := make([][]int, len(p.Funcs))
	for i, fn := range p.Funcs {
		succs[i] = p.callees(fn, index)
	}
	for _, comp := range dataflow.Components(len(p.Funcs), func(i int) []int { return succs[i] }) {
		p.component(comp, len(comp) > 1 || slices.Contains(succs[comp[0]], comp[0]))
	}
}

// component summarises the functions of one cycle of the call graph.
func (p *Package) component(comp []int, cyclic bool) {
	for _, i := range comp {
		if p.skeletons[p.Funcs[i]] != nil {
			p.funcs[p.Funcs[i]] = &Func{Fn: p.Funcs[i]}
		}
	}
	for round := 0; ; round++ {
		changed := false
		for _, i := range comp {
			changed = p.contained(p.Funcs[i]) || changed
		}
		if !cyclic || !changed {
			return
		}
		if round >= maxRounds {
			for _, i := range comp {
				if f := p.funcs[p.Funcs[i]]; f != nil {
					f.Truncated, f.unsolved = true, true
				}
			}
			return
		}
	}
}

// contained summarises one function and reports whether its summary is
// another than before. A failure is contained and noted.
func (p *Package) contained(fn *ssa.Function) (changed bool) {
	defer func() {
		if r := recover(); r != nil {
			p.Failures = append(p.Failures, fmt.Sprintf("locks of %s: %v", fn, r))
			delete(p.funcs, fn)
			delete(p.locks, fn)
		}
	}()
	sk := p.skeletons[fn]
	if sk == nil || p.funcs[fn] == nil {
		return false
	}
	f := newFlow(p, fn, sk)
	out := &Func{Fn: fn}
	f.solve()
	if f.states == nil {
		out.Truncated, out.unsolved = true, true
		out.Outcomes = []Outcome{{}}
	} else {
		r := &recorder{f: f, out: out}
		r.run()
		p.locks[fn] = &lockInfo{
			sk: sk, names: f.locks, states: f.states,
			faults: r.faults, exits: r.exits, edges: r.edges, writes: r.writes, unlocks: r.unlocks,
			blocks: r.blocks, takes: r.takes,
		}
	}
	old := p.funcs[fn]
	p.funcs[fn] = out
	return !out.like(old)
}

// like reports whether two summaries of one function have the same content, as
// far as callers can see while they are computed.
func (f *Func) like(g *Func) bool {
	return len(f.Outcomes) == len(g.Outcomes) && len(f.Acquires) == len(g.Acquires) && len(f.Calls) == len(g.Calls) &&
		len(f.Writes) == len(g.Writes) && len(f.Blocks) == len(g.Blocks) && f.Truncated == g.Truncated &&
		slices.EqualFunc(f.Outcomes, g.Outcomes, sameEffects)
}

// callees returns the numbers of the functions whose summaries that of fn
// builds on.
func (p *Package) callees(fn *ssa.Function, index map[*ssa.Function]int) []int {
	var out []int
	add := func(g *ssa.Function) {
		if i, ok := index[g]; ok && g != nil && !slices.Contains(out, i) {
			out = append(out, i)
		}
	}
	for _, lit := range fn.AnonFuncs {
		add(lit)
	}
	sk := p.skeletons[fn]
	if sk == nil {
		return out
	}
	for i := range sk.Nodes {
		ev := sk.Nodes[i].Ev
		if ev == nil || ev.Callee.Call == nil && ev.Callee.Fn == nil {
			continue
		}
		g, _ := p.resolve(ev)
		add(g)
		for _, a := range ev.Callee.Args {
			if _, isFunc := a.Type().Underlying().(*types.Signature); isFunc {
				t, _ := p.funcOf(a)
				add(t.Fn)
			}
		}
	}
	return out
}

// Func returns the summary of fn, nil if it has no body in this package or the
// engine failed on it.
func (p *Package) Func(fn *ssa.Function) *Func { return p.funcs[fn] }

// target returns the summary of what runs at an event, with the arguments that
// it is given. The summary is nil if that is not known.
func (p *Package) target(ev *skeleton.Event) (t struct {
	callee *Func
	args   []ssa.Value
}) {
	c := &ev.Callee
	fn, args := p.resolve(ev)
	switch {
	case fn != nil && p.skeletons[fn] != nil:
		t.callee = p.funcs[fn]
	case ev.Kind == skeleton.CallFn && c.Fn == nil && c.Value == nil && c.Call != nil && !c.Call.IsInvoke():
		if obj := skeleton.Object(c.Call); obj != nil {
			t.callee, args = p.Callee(obj), c.Args
		}
	}
	if t.callee == nil {
		return t
	}
	t.args = args
	if ev.Kind != skeleton.CallFn && ev.Kind != models.Spawn && c.Fn != nil { // a func argument: what it is called with is unknown
		t.args = make([]ssa.Value, len(c.Fn.Params))
		copy(t.args, c.Args)
	}
	return t
}

// lockPlace returns the lock that an event is on as one object, nil if it has
// no name.
func (p *Package) lockPlace(ev *skeleton.Event) *place.Place {
	q := ev.Obj
	if !q.Exact() {
		if ev.Val == nil {
			return nil
		}
		q = p.Places.Instance(ev.Val)
		if q != nil && q.Parent != nil && q.Sel.Kind == place.Reader {
			q = q.Parent
		}
	}
	if ev.Val != nil && q != nil {
		q = p.promoted(ev.Val, q)
	}
	return q
}

// promoted returns the embedded lock that a sync.Locker stands for which is
// made of the struct at q, and q for other values.
func (p *Package) promoted(v ssa.Value, q *place.Place) *place.Place {
	if v == nil || !types.IsInterface(v.Type()) {
		return q
	}
	t := p.Places.Resolve(v).Type()
	obj, index, _ := types.LookupFieldOrMethod(t, true, nil, "Lock")
	fn, ok := obj.(*types.Func)
	if !ok || len(index) < 2 || types.IsInterface(t) {
		return q
	}
	if _, modelled := models.Lookup(fn); !modelled {
		return q
	}
	t = referent(t)
	for _, i := range index[:len(index)-1] {
		st, ok := structOf(t)
		if !ok {
			return q
		}
		q = q.Field(st.Field(i))
		if t = st.Field(i).Type(); referent(t) != t {
			q, t = q.Deref(), referent(t)
		}
	}
	return q
}

// findUnsettled collects the variables that are written when others may know
// them: all but variables of the writing function and fields of what it made.
func (p *Package) findUnsettled() {
	p.unsettled = map[any]bool{}
	for _, fn := range p.Funcs {
		sk := p.skeletons[fn]
		if sk == nil {
			continue
		}
		for i := range sk.Nodes {
			ev := sk.Nodes[i].Ev
			if ev == nil || ev.Kind != skeleton.Write || ev.Obj == nil || ev.Access != skeleton.Scalar {
				continue
			}
			if a, ok := ev.Obj.Root.V.(*ssa.Alloc); ok && a.Parent() == fn {
				continue
			}
			p.unsettled[ev.Obj.Class().Obj] = true
		}
	}
}

// settled reports whether the variable at q keeps its value once anybody but
// its maker knows it, as far as this package goes.
func (p *Package) settled(q *place.Place) bool { return !p.unsettled[q.Class().Obj] }
