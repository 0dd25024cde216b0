package census

import (
	"go/constant"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// maxCapacity bounds the calls through which a capacity is followed.
const maxCapacity = 3

// capacity returns the constant that v is, else NotConst: also a parameter that
// is given the same constant in all calls.
func (g *graph) capacity(v ssa.Value, depth int) int {
	switch x := g.p.Places.Resolve(v).(type) {
	case *ssa.Const:
		if x.Value == nil {
			return NotConst
		}
		k, exact := constant.Int64Val(constant.ToInt(x.Value))
		if !exact || k < 0 || k > 1<<30 {
			return NotConst
		}
		return int(k)
	case *ssa.Convert:
		return g.capacity(x.X, depth)
	case *ssa.Parameter:
		if depth < maxCapacity {
			return g.given(x, depth+1)
		}
	}
	return NotConst
}

// given returns the constant that all calls give for a parameter.
func (g *graph) given(par *ssa.Parameter, depth int) int {
	fn := par.Parent()
	if g.called(fn) {
		return NotConst
	}
	i := slices.Index(fn.Params, par)
	one := NotConst
	calls, _ := g.p.Callers(fn)
	for _, c := range calls {
		if c.Ev.Kind != skeleton.CallFn && c.Ev.Kind != models.Spawn || i >= len(c.Ev.Callee.Args) {
			return NotConst
		}
		k := g.capacity(c.Ev.Callee.Args[i], depth)
		if k == NotConst || one != NotConst && k != one {
			return NotConst
		}
		one = k
	}
	return one
}
