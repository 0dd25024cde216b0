package scope

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// elected reports whether a and b both run only for who is chosen among the
// goroutines, by one and the same means: the result of a compare-and-swap, an
// add, a LoadOrStore, a TryLock, or of a function of the package that
// synchronises and answers yes or no. Which result is who chooses is not
// asked: how often it comes is a matter of values.
func (s *Scope) elected(a, b *Node) bool {
	by := s.electors(a)
	if len(by) == 0 {
		return false
	}
	for k := range s.electors(b) {
		if by[k] {
			return true
		}
	}
	return false
}

// electors returns by what n is chosen to run in its goroutine: variables that
// are operated on atomically, and functions.
func (s *Scope) electors(n *Node) map[place.Class]bool {
	out := map[place.Class]bool{}
	for g := range guards(n) {
		if k, ok := s.elector(g.Cond, g.f); ok {
			out[k] = true
		}
	}
	return out
}

// elector returns what a condition depends on that chooses among goroutines.
func (s *Scope) elector(cond ssa.Value, f *Frame) (place.Class, bool) {
	call := asked(cond)
	if call == nil {
		return place.Class{}, false
	}
	if obj := skeleton.Object(&call.Call); obj != nil {
		if m, ok := models.Lookup(obj); ok {
			switch m.Kind {
			case models.AtomicRMW, models.AtomicCAS, models.MapRMW, models.TryAcquire, models.TryAcquireShr, models.SemTryAcquire:
				p := s.Place(s.Pkg.Places.Of(argument(&call.Call, m.Obj)), f)
				return p.Class(), p != nil
			}
			return place.Class{}, false
		}
	}
	fn, _, _ := s.Target(skeleton.FuncOf(s.Pkg.Places, call.Call.Value), f)
	if fn == nil || s.Pkg.Skeleton(fn) == nil {
		return place.Class{}, false
	}
	return place.Class{Obj: fn}, chooses(s.Pkg.Skeleton(fn))
}

// chooses reports whether a function changes something in a way that excludes
// others, and so can answer each differently.
func chooses(sk *skeleton.Func) bool {
	locks, writes := false, false
	for i := range sk.Nodes {
		ev := sk.Nodes[i].Ev
		if ev == nil {
			continue
		}
		switch ev.Kind {
		case models.AtomicRMW, models.AtomicCAS, models.MapRMW, models.TryAcquire, models.SemTryAcquire:
			return true
		case models.Acquire:
			locks = true
		case skeleton.Write:
			writes = true
		}
	}
	return locks && writes
}

// asked returns the call whose result, a boolean or one that is compared with
// a constant number, decides a branch on cond, nil if there is none.
func asked(cond ssa.Value) *ssa.Call {
	for {
		switch v := cond.(type) {
		case *ssa.UnOp:
			if v.Op != token.NOT {
				return nil
			}
			cond = v.X
		case *ssa.BinOp:
			if c, ok := v.Y.(*ssa.Const); !ok || c.Value == nil {
				return nil
			}
			cond = v.X
		case *ssa.Extract:
			cond = v.Tuple
		case *ssa.Call:
			if _, ok := v.Type().Underlying().(*types.Interface); ok {
				return nil
			}
			return v
		default:
			return nil
		}
	}
}

// argument returns argument i of a call, its receiver first.
func argument(c *ssa.CallCommon, i int) ssa.Value {
	if c.IsInvoke() {
		if i--; i < 0 {
			return c.Value
		}
	}
	if i < 0 || i >= len(c.Args) {
		return nil
	}
	return c.Args[i]
}
