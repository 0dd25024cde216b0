package scope

import (
	"go/constant"
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// An answer is what one return of a spliced-in callee says about a condition of
// its caller: whether a result is nil, or is true.
type answer struct {
	at    *Node // the return
	val   bool
	known bool
	isNil ssa.Value // what is returned, if the question is whether that is nil
	not   bool      // val is the opposite of the answer
}

// answers returns what the returns of the callee say about cond, asked in frame
// f: nil if cond is no plain question about a result of a call that is spliced
// in.
func (s *Scope) answers(cond ssa.Value, f *Frame) []answer {
	v, g := s.Resolve(cond, f)
	not := false
	for {
		u, ok := v.(*ssa.UnOp)
		if !ok || u.Op != token.NOT || g == nil {
			break
		}
		not = !not
		v, g = s.Resolve(u.X, g)
	}
	isNil := false
	if b, ok := v.(*ssa.BinOp); ok && g != nil && (b.Op == token.EQL || b.Op == token.NEQ) {
		x := b.X
		if c, ok := x.(*ssa.Const); ok && c.IsNil() {
			x = b.Y
		} else if c, ok := b.Y.(*ssa.Const); !ok || !c.IsNil() {
			return nil
		}
		isNil, not = true, not != (b.Op == token.NEQ)
		v, g = s.Resolve(x, g)
	}
	var call *ssa.Call
	i := 0
	switch v := v.(type) {
	case *ssa.Call:
		call = v
	case *ssa.Extract:
		call, _ = v.Tuple.(*ssa.Call)
		i = v.Index
	}
	if call == nil || g == nil {
		return nil
	}
	return s.returns(s.inlined[callKey{call, g}], i, isNil, not)
}

// returns says of each return of a callee whether result i is nil, or is true,
// and the opposite if not is set.
func (s *Scope) returns(in *Frame, i int, isNil, not bool) (out []answer) {
	if in == nil {
		return nil
	}
	for _, n := range s.returnsOf(in) {
		ret, ok := n.Ev.Instr.(*ssa.Return)
		if !ok || i >= len(ret.Results) {
			return nil
		}
		a := answer{at: n, not: not}
		if isNil {
			a.isNil = ret.Results[i]
		}
		a.val, a.known = s.says(resultAt(ret, i), in, isNil)
		a.val = a.val != not
		out = append(out, a)
	}
	return out
}

// resultAt returns result i of a return. Where calls are deferred it stands in
// a variable by then, which they may change: this they hardly do.
func resultAt(ret *ssa.Return, i int) ssa.Value {
	load, ok := ret.Results[i].(*ssa.UnOp)
	if !ok || load.Op != token.MUL {
		return ret.Results[i]
	}
	cell, ok := load.X.(*ssa.Alloc)
	if !ok {
		return load
	}
	for _, instr := range slices.Backward(ret.Block().Instrs) {
		if st, ok := instr.(*ssa.Store); ok && st.Addr == cell {
			return st.Val
		}
	}
	return load
}

// returnsOf returns the returns in a frame.
func (s *Scope) returnsOf(f *Frame) []*Node {
	if s.exits == nil {
		s.exits = map[*Frame][]*Node{}
		for _, n := range s.Nodes {
			if n.Ev != nil && n.Ev.Kind == skeleton.Return {
				s.exits[n.Frame] = append(s.exits[n.Frame], n)
			}
		}
	}
	return s.exits[f]
}

// says reports whether v is nil, or is true, if that is known.
func (s *Scope) says(v ssa.Value, f *Frame, isNil bool) (val, known bool) {
	v, _ = s.Resolve(v, f)
	if c, ok := v.(*ssa.Const); ok {
		if isNil {
			return c.IsNil(), true
		}
		return c.Value != nil && c.Value.Kind() == constant.Bool && constant.BoolVal(c.Value), c.Value != nil
	}
	return false, isNil && neverNil(v)
}

// neverNil reports whether v is surely not nil. A package-level variable that
// holds an error is taken to hold one.
func neverNil(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.Alloc, *ssa.FieldAddr, *ssa.IndexAddr, *ssa.Global, *ssa.Function,
		*ssa.MakeClosure, *ssa.MakeChan, *ssa.MakeMap, *ssa.MakeSlice, *ssa.MakeInterface:
		return true
	case *ssa.UnOp:
		_, global := v.X.(*ssa.Global)
		return global && v.Op == token.MUL && skeleton.IsError(v.Type())
	case *ssa.Call:
		obj := skeleton.Object(&v.Call)
		return obj != nil && models.NeverNil(obj)
	}
	return false
}

// agreed returns the answer that all returns of a callee give to cond.
func (s *Scope) agreed(cond ssa.Value, f *Frame) (val, ok bool) {
	all := s.answers(cond, f)
	for _, a := range all {
		if !a.known || a.val != all[0].val {
			return false, false
		}
	}
	return len(all) > 0 && all[0].val, len(all) > 0
}

// replies is [Scope.answers] to a condition or, if negated is set, to its
// opposite; nil if no return says anything.
func (s *Scope) replies(cond ssa.Value, f *Frame, negated bool) []answer {
	all := s.answers(cond, f)
	says := false
	for i := range all {
		all[i].val, all[i].not = all[i].val != negated, all[i].not != negated
		says = says || all[i].known || all[i].isNil != nil
	}
	if !says {
		return nil
	}
	return all
}
