package summary

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// RunsApart reports whether fn runs in goroutines of its own only: it is started
// by go statements, or handed to functions of the package that do nothing but
// call it in a goroutine which they start.
func (p *Package) RunsApart(fn *ssa.Function) bool {
	if calls, all := p.Callers(fn); all {
		return !slices.ContainsFunc(calls, func(c Call) bool { return c.Ev.Kind != models.Spawn })
	}
	if fn.Parent() == nil || fn.Referrers() == nil {
		return false
	}
	var v ssa.Value = fn
	if mc := closureOf(fn); mc != nil {
		v = mc
	}
	if v.Referrers() == nil || len(*v.Referrers()) == 0 {
		return false
	}
	for _, r := range *v.Referrers() {
		call, ok := r.(ssa.CallInstruction)
		if !ok || !p.startsArgument(call.Common(), v) {
			return false
		}
	}
	return true
}

func closureOf(fn *ssa.Function) *ssa.MakeClosure {
	for _, r := range *fn.Referrers() {
		if mc, ok := r.(*ssa.MakeClosure); ok {
			return mc
		}
	}
	return nil
}

// startsArgument reports whether a call starts the function v, which is one of
// its arguments, as a goroutine and does nothing else with it.
func (p *Package) startsArgument(c *ssa.CallCommon, v ssa.Value) bool {
	fn, args := p.Resolve(c)
	if fn == nil || c.Value == v {
		return false
	}
	for i, a := range args {
		if a != v {
			continue
		}
		if i >= len(fn.Params) {
			return false
		}
		o := opCounter{p: p, busy: map[*ssa.Function]bool{}}
		ops, complete := o.ops(fn, p.Places.Of(fn.Params[i]), fn.Params[i], 0)
		if !complete || len(ops) == 0 || slices.ContainsFunc(ops, func(op Op) bool { return op.Kind != uint8(skeleton.CallFn) || !op.Go }) {
			return false
		}
	}
	return true
}

// Locks reports whether an event may take a lock that is held when it is done,
// as far as is known: what is not known may.
func (p *Package) Locks(ev *skeleton.Event) bool {
	switch ev.Kind {
	case models.Acquire, models.AcquireShared, models.TryAcquire, models.TryAcquireShr:
		return true
	case skeleton.CallFn, models.OnceDo, models.Call:
	default:
		return false
	}
	t := p.target(ev)
	if t.callee == nil {
		return ev.Effect&models.Unknown != 0 || ev.Callee.Fn != nil || ev.Callee.Call != nil && ev.Callee.Call.IsInvoke()
	}
	return t.callee.unsolved || slices.ContainsFunc(t.callee.Outcomes, func(o Outcome) bool { return len(o.Effects) > 0 || len(o.Lost) > 0 })
}
