package summary

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// byArgument reports whether a step of a chain of calls happens only if an argument says
// so that the call does not show: a key that is nil, a flag that is passed on. The
// caller may know what it passes.
func (p *Package) byArgument(s *Step) bool {
	for ; s.Via != nil && s.Fn != nil; s = s.Via {
		g := s.Via.Fn
		call, callee := p.Skeleton(s.Fn), p.Skeleton(g)
		if call == nil || callee == nil {
			continue
		}
		ev := call.Nodes[s.Node].Ev
		if ev == nil || ev.Callee.Fn != g {
			continue
		}
		for br := range skeleton.Guards(callee.Nodes[s.Via.Node].Block) {
			if i := slices.Index(g.Params, askedParam(br.Cond)); i > 0 && i < len(ev.Callee.Args) && !shown(ev.Callee.Args[i]) {
				return true
			}
		}
	}
	return false
}

// askedParam returns the parameter that a condition is about alone: it is true, or nil,
// or equal to a constant. It is nil if there is none.
func askedParam(cond ssa.Value) *ssa.Parameter {
	for {
		switch v := cond.(type) {
		case *ssa.Parameter:
			return v
		case *ssa.UnOp:
			cond = v.X
			continue
		case *ssa.BinOp:
			if _, ok := v.Y.(*ssa.Const); ok {
				cond = v.X
				continue
			}
		}
		return nil
	}
}

// shown reports whether a value is what it looks like: a constant, or something that
// was just made.
func shown(v ssa.Value) bool {
	switch v.(type) {
	case *ssa.Const, *ssa.Function, *ssa.MakeClosure, *ssa.MakeInterface, *ssa.Alloc, *ssa.MakeMap, *ssa.MakeSlice, *ssa.MakeChan:
		return true
	}
	return false
}
