package census

import (
	"go/types"

	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// sortOf returns the sort of object that a value of type t is or refers to
// without a pointer between; ok is false if it is none.
func sortOf(t types.Type) (s Sort, ok bool) {
	if t == nil {
		return 0, false
	}
	switch u := t.Underlying().(type) {
	case *types.Chan:
		return Chan, true
	case *types.Signature:
		return Cancel, isCancel(u)
	}
	n, isNamed := types.Unalias(t).(*types.Named)
	if !isNamed || n.Obj().Pkg() == nil || n.Obj().Pkg().Path() != "sync" {
		return 0, false
	}
	switch n.Obj().Name() {
	case "WaitGroup":
		return WaitGroup, true
	case "Cond":
		return Cond, true
	}
	return 0, false
}

// isCancel reports whether a function can be one that cancels a context:
// func() or func(error).
func isCancel(s *types.Signature) bool {
	if s.Recv() != nil || s.Results().Len() > 0 || s.TypeParams() != nil {
		return false
	}
	switch s.Params().Len() {
	case 0:
		return true
	case 1:
		return !s.Variadic() && skeleton.IsError(s.Params().At(0).Type())
	}
	return false
}

// flows reports whether values of type t can hold objects, or lead to what can
// through pointers, maps, slices, arrays and channels.
func (g *graph) flows(t types.Type) bool {
	if t == nil {
		return false
	}
	if known, ok := g.flowing[t]; ok {
		return known
	}
	g.flowing[t] = false // a type that contains itself
	ok := isContext(t)
	switch u := t.Underlying().(type) {
	case *types.Chan:
		ok = true
	case *types.Signature:
		ok = isCancel(u)
	case *types.Pointer:
		_, value := sortOf(u.Elem())
		ok = value || g.flows(u.Elem())
	case *types.Slice:
		_, value := sortOf(u.Elem())
		ok = value || g.flows(u.Elem())
	case *types.Array:
		_, value := sortOf(u.Elem())
		ok = value || g.flows(u.Elem())
	case *types.Map:
		ok = g.flows(u.Key()) || g.flows(u.Elem())
	}
	g.flowing[t] = ok
	return ok
}

// elem returns the type that t points to, nil if it is no pointer.
func elem(t types.Type) types.Type {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		return p.Elem()
	}
	return nil
}

// structOf returns the struct that t is or points to, nil if it is none.
func structOf(t types.Type) *types.Struct {
	if e := elem(t); e != nil {
		t = e
	}
	st, _ := t.Underlying().(*types.Struct)
	return st
}

// fieldOf returns field i of the struct that t is or points to, nil if t is a
// type parameter.
func fieldOf(t types.Type, i int) *types.Var {
	if st := structOf(t); st != nil {
		return st.Field(i)
	}
	return nil
}
