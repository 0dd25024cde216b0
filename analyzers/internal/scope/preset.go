package scope

import (
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// preset reports whether n is a lazy initialisation, if x == nil { x = … },
// that may have nothing left to do: x is not known to be unset when goroutines
// are started. Who initialises early initialises in one goroutine.
func (s *Scope) preset(n *Node) bool {
	st, ok := n.Ev.Instr.(*ssa.Store)
	if !ok || n.Ev.Kind != skeleton.Write || !s.lazy(st) {
		return false
	}
	switch n.Obj.Root.V.(type) {
	case *ssa.Alloc, *ssa.Global:
	default:
		return true // made elsewhere
	}
	for _, t := range s.Threads[1:] {
		if t.Parent.ID != 0 {
			continue
		}
		back := s.backward(t.Spawn)
		for _, m := range s.Nodes {
			if m.Thread.ID == 0 && back.has(m.ID) && s.sets(m, n) {
				return true
			}
		}
	}
	return false
}

// lazy reports whether st runs only where its variable has the zero value.
func (s *Scope) lazy(st *ssa.Store) bool {
	for br, holds := range skeleton.Guards(st.Block()) {
		cmp, ok := br.Cond.(*ssa.BinOp)
		if !ok || cmp.Op != token.EQL && cmp.Op != token.NEQ || (cmp.Op == token.EQL) != holds {
			continue
		}
		load, ok := cmp.X.(*ssa.UnOp)
		if c, isConst := cmp.Y.(*ssa.Const); ok && isConst && zeroConst(c) && load.Op == token.MUL &&
			s.Pkg.Places.Of(load.X) == s.Pkg.Places.Of(st.Addr) {
			return true
		}
	}
	return false
}

// zeroConst reports whether c is the zero value of its type.
func zeroConst(c *ssa.Const) bool {
	return c.Value == nil || c.Value.ExactString() == "0" || c.Value.ExactString() == `""`
}

// sets reports whether m may set the variable that n initialises: it writes
// it, or is a call that is not followed and is given its object.
func (s *Scope) sets(m, n *Node) bool {
	switch {
	case m.Ev == nil || m.inner != nil:
		return false
	case m.Ev.Kind == skeleton.Write:
		return m.Obj == n.Obj
	case m.Ev.Kind != skeleton.CallFn:
		return false
	}
	if _, ok := n.Obj.Root.V.(*ssa.Global); ok {
		return m.Ev.Callee.Fn != nil
	}
	for _, arg := range m.Ev.Callee.Args {
		if p := s.Place(s.Pkg.Places.Of(arg), m.Frame); p != nil && p.Root == n.Obj.Root {
			return true
		}
	}
	return false
}
