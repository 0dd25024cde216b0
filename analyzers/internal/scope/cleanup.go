package scope

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// cleanedUp reports whether the root is a test that may have something to do
// after it has returned: a function given to Cleanup that may wait, or code
// that could give one and is not followed.
func (s *Scope) cleanedUp() bool {
	for _, n := range s.Nodes {
		if n.Thread.ID != 0 || n.Ev == nil || n.Ev.Kind != models.Cleanup {
			continue
		}
		fn, _, _ := s.Target(n.Ev.Callee, n.Frame)
		if fn == nil || !s.patience().returns(fn) {
			return true
		}
	}
	h := holder{s, map[ssa.Value]bool{}}
	for _, f := range s.frames {
		if f != s.Threads[0].Frame && (f.At == nil || f.At.Ev.Kind != models.RunTest) {
			continue
		}
		for _, p := range f.Fn.Params {
			if aTest(p.Type()) && h.keeps(p, 0) {
				return true
			}
		}
	}
	return false
}

// aTest reports whether t is *testing.T or the like.
func aTest(t types.Type) bool {
	p, ok := types.Unalias(t).(*types.Pointer)
	if !ok {
		return false
	}
	n, ok := types.Unalias(p.Elem()).(*types.Named)
	return ok && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() == "testing"
}

// A holder looks for code that has a test and could register a cleanup that
// the scope does not see.
type holder struct {
	s    *Scope
	seen map[ssa.Value]bool
}

// keeps reports whether that is so for v, the test or what holds it.
func (h *holder) keeps(v ssa.Value, depth int) bool {
	if h.seen[v] {
		return false
	}
	h.seen[v] = true
	if depth > 12 || v.Referrers() == nil {
		return true
	}
	for _, r := range *v.Referrers() {
		if h.use(v, r, depth+1) {
			return true
		}
	}
	return false
}

func (h *holder) use(v ssa.Value, r ssa.Instruction, depth int) bool {
	switch r := r.(type) {
	case *ssa.DebugRef, *ssa.BinOp, *ssa.If:
		return false
	case *ssa.UnOp, *ssa.FieldAddr, *ssa.ChangeType, *ssa.ChangeInterface, *ssa.Phi:
		return h.keeps(r.(ssa.Value), depth)
	case *ssa.MakeInterface:
		return cleans(r.Type()) && h.keeps(r, depth)
	case *ssa.Store:
		cell, local := r.Addr.(*ssa.Alloc)
		return r.Addr != v && (!local || h.keeps(cell, depth))
	case *ssa.MakeClosure:
		fn := r.Fn.(*ssa.Function)
		for i, b := range r.Bindings {
			if b == v && h.keeps(fn.FreeVars[i], depth) {
				return true
			}
		}
		return false
	case ssa.CallInstruction:
		return h.call(v, r, depth)
	}
	return true
}

// cleans reports whether code that has a value of interface type t can
// register a cleanup. Assertion libraries ask for less.
func cleans(t types.Type) bool {
	iface, ok := t.Underlying().(*types.Interface)
	if !ok || iface.NumMethods() == 0 {
		return true
	}
	obj, _, _ := types.LookupFieldOrMethod(t, false, nil, "Cleanup")
	return obj != nil
}

func (h *holder) call(v ssa.Value, ci ssa.CallInstruction, depth int) bool {
	c := ci.Common()
	if obj := skeleton.Object(c); obj != nil && obj.Pkg() != nil && obj.Pkg().Path() == "testing" && argIndex(c, v) == 0 {
		m, ok := models.Lookup(obj)
		return !ok || m.Kind == models.Cleanup && !h.s.fns[ci.Parent()]
	}
	t := skeleton.FuncOf(h.s.Pkg.Places, c.Value)
	if c.IsInvoke() || t.Fn == nil || t.Fn.Blocks == nil {
		return true
	}
	for i, a := range c.Args {
		k := i + len(t.Args)
		if a == v && (k >= len(t.Fn.Params) || h.keeps(t.Fn.Params[k], depth)) {
			return true
		}
	}
	return false
}
