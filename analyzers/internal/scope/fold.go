package scope

import (
	"go/constant"
	"go/token"

	"golang.org/x/tools/go/ssa"
)

// fold cuts the branches that a call never takes because of the constants it
// passes: of func get(k int, lock bool), what get(k, true) does is under the
// lock. What lies behind stays in the scope, where nothing reaches it.
func (s *Scope) fold() {
	for at, n := range s.branches() {
		if n.Frame.Up == nil || len(at.Succs) != 2 {
			continue
		}
		if v, ok := s.passed(n.Cond, n.Frame); ok {
			taken := 0
			if !v {
				taken = 1
			}
			at.Succs = at.Succs[taken : taken+1 : taken+1]
			n.Cond = nil
		}
	}
}

// passed returns the value of a condition that asks for constant arguments only.
func (s *Scope) passed(cond ssa.Value, f *Frame) (val, ok bool) {
	switch c := cond.(type) {
	case *ssa.Parameter:
		return s.passedBool(c, f)
	case *ssa.UnOp:
		if c.Op == token.NOT {
			val, ok = s.passed(c.X, f)
			return !val, ok
		}
	case *ssa.BinOp:
		x, y := s.passedConst(c.X, f), s.passedConst(c.Y, f)
		if x == nil || y == nil || x.Kind() != y.Kind() || c.Op != token.EQL && c.Op != token.NEQ {
			return false, false
		}
		return constant.Compare(x, token.EQL, y) == (c.Op == token.EQL), true
	}
	return false, false
}

func (s *Scope) passedBool(v ssa.Value, f *Frame) (val, ok bool) {
	c := s.passedConst(v, f)
	if c == nil || c.Kind() != constant.Bool {
		return false, false
	}
	return constant.BoolVal(c), true
}

// passedConst returns the constant that v, a constant or a parameter, is in the
// frame; nil if it is none. The nil of pointers has no value, and is none either.
func (s *Scope) passedConst(v ssa.Value, f *Frame) constant.Value {
	switch v.(type) {
	case *ssa.Parameter, *ssa.Const:
		v, _ = s.Resolve(v, f)
	}
	if c, ok := v.(*ssa.Const); ok {
		return c.Value
	}
	return nil
}
