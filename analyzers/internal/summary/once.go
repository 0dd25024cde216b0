package summary

import (
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// A Reentry is a function run by a sync.Once that comes to the same Once again.
type Reentry struct {
	Fn   *ssa.Function
	Node int   // the Do, or the call of OnceFunc, OnceValue or OnceValues
	Wrap bool  // it is one of the latter
	Run  *Step // from the function that is run to the operation that waits for it
}

// maxReentry bounds the calls that are followed from a Once's function.
const maxReentry = 5

// Reentries returns the Do calls of fn, and what it wraps with OnceFunc, that
// wait for themselves.
func (p *Package) Reentries(fn *ssa.Function) []Reentry {
	sk := p.skeletons[fn]
	if sk == nil {
		return nil
	}
	var out []Reentry
	seen := map[ssa.Instruction]bool{}
	for n := range sk.Nodes {
		ev := sk.Nodes[n].Ev
		if ev == nil || ev.Callee.Fn == nil || seen[ev.Instr] || ev.Kind != models.OnceDo && ev.Kind != models.OnceWrap {
			continue
		}
		seen[ev.Instr] = true
		for _, once := range p.onceAt(ev) {
			f := reentry{p: p, busy: map[*ssa.Function]bool{}}
			if run := f.in(ev.Callee.Fn, p.translate(fn, ev, once), 0); run != nil {
				out = append(out, Reentry{fn, n, ev.Kind == models.OnceWrap, run})
				break
			}
		}
	}
	return out
}

// onceAt returns the Once of an event: that of Do, or the places of the
// function that wraps another.
func (p *Package) onceAt(ev *skeleton.Event) []*place.Place {
	if ev.Kind == models.OnceDo {
		if ev.Obj == nil || !ev.Obj.Exact() {
			return nil
		}
		return []*place.Place{ev.Obj}
	}
	call, ok := ev.Instr.(*ssa.Call)
	if !ok {
		return nil
	}
	out := []*place.Place{p.Places.Of(call)}
	for _, r := range *call.Referrers() {
		if st, ok := r.(*ssa.Store); ok && st.Val == call {
			if at := p.Places.Of(st.Addr).Deref(); at != nil && at.Exact() {
				out = append(out, at)
			}
		}
	}
	return out
}

// translate returns how the function called at ev names what its caller calls
// q, nil if it cannot.
func (p *Package) translate(caller *ssa.Function, ev *skeleton.Event, q *place.Place) *place.Place {
	call := *ev
	call.Kind = skeleton.CallFn
	if r := q.Root.V; ev.Callee.Fn.Parent() != nil && r.Parent() != nil && r.Parent() == caller {
		return q // captured
	}
	return p.inCallee(ev.Callee.Fn, callSite{in: caller, ev: &call}, q)
}

type reentry struct {
	p    *Package
	busy map[*ssa.Function]bool
}

// in returns the way in fn to an operation that waits for the Once at target,
// nil if there is none.
func (f *reentry) in(fn *ssa.Function, target *place.Place, depth int) *Step {
	sk := f.p.skeletons[fn]
	if sk == nil || target == nil || depth > maxReentry || f.busy[fn] {
		return nil
	}
	f.busy[fn] = true
	defer delete(f.busy, fn)
	for n := range sk.Nodes {
		ev := sk.Nodes[n].Ev
		if ev == nil {
			continue
		}
		if ev.Kind == models.OnceDo && ev.Obj == target || ev.Kind == skeleton.CallFn && f.calls(ev, target) {
			return &Step{Fn: fn, Node: n, Pos: ev.Pos()}
		}
		if ev.Callee.Fn == nil || ev.Kind != skeleton.CallFn && ev.Kind != models.OnceDo && ev.Kind != models.Call {
			continue
		}
		if via := f.in(ev.Callee.Fn, f.p.translate(fn, ev, target), depth+1); via != nil {
			return &Step{Fn: fn, Node: n, Pos: ev.Pos(), Via: via}
		}
	}
	return nil
}

// calls reports whether ev calls the func value at target.
func (f *reentry) calls(ev *skeleton.Event, target *place.Place) bool {
	if ev.Callee.Fn != nil || ev.Callee.Value == nil {
		return false
	}
	v := f.p.Places.Resolve(ev.Callee.Value)
	switch u := v.(type) {
	case *ssa.UnOp:
		if u.Op != token.MUL {
			return false
		}
	case *ssa.Call:
	default:
		return false
	}
	return f.p.Places.Of(v) == target
}
