package scope

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

type placeKey struct {
	p *place.Place
	f *Frame
}

// Place translates a place of the function that f activates into one of the
// scope: parameters become what they are bound to, objects made by f get f's
// number. It is nil if the place is unknown.
func (s *Scope) Place(p *place.Place, f *Frame) *place.Place {
	if p == nil || f == nil {
		return nil
	}
	k := placeKey{p, f}
	if q, ok := s.places[k]; ok {
		return q
	}
	q := s.root(p.Root.V, f)
	if q != nil {
		q = s.rebase(p, q)
	}
	s.places[k] = q
	return q
}

// root translates the root v of a place seen in frame f.
func (s *Scope) root(v ssa.Value, f *Frame) *place.Place {
	fn := v.Parent()
	if fn == nil { // global, function, constant
		return s.Pkg.Places.Root(place.Root{V: v})
	}
	g := frameOf(f, fn)
	if g == nil {
		return nil
	}
	if par, ok := v.(*ssa.Parameter); ok && g.Up != nil {
		arg := g.arg(par)
		if arg == nil {
			return s.Pkg.Places.Root(place.Root{V: v, Ctx: g.ID})
		}
		return s.Place(s.Pkg.Places.Of(arg), g.Up)
	}
	switch v := v.(type) {
	case *ssa.Call:
		if p := s.result(v, 0, g); p != nil {
			return p
		}
	case *ssa.Extract:
		if call, ok := v.Tuple.(*ssa.Call); ok {
			if p := s.result(call, v.Index, g); p != nil {
				return p
			}
		}
	}
	return s.Pkg.Places.Root(place.Root{V: v, Ctx: g.ID})
}

// frameOf returns the innermost activation of fn that f runs in: f itself, the
// functions that called or started it, nil if there is none.
func frameOf(f *Frame, fn *ssa.Function) *Frame {
	for ; f != nil; f = f.Up {
		if f.Fn == fn {
			return f
		}
	}
	return nil
}

// arg returns the value in f.Up that parameter p of f.Fn is bound to.
func (f *Frame) arg(p *ssa.Parameter) ssa.Value {
	for i, q := range f.Fn.Params {
		if q == p && i < len(f.Args) {
			return f.Args[i]
		}
	}
	return nil
}

// Resolve follows a value of frame f through parameters to the frame it comes
// from.
func (s *Scope) Resolve(v ssa.Value, f *Frame) (ssa.Value, *Frame) {
	for i := 0; i < 16; i++ {
		v = s.Pkg.Places.Resolve(v)
		if v.Parent() == nil {
			return v, f
		}
		g := frameOf(f, v.Parent())
		if g == nil {
			return v, nil
		}
		f = g
		switch x := v.(type) {
		case *ssa.UnOp:
			w, g := s.loaded(x, f)
			if w == nil {
				return v, f
			}
			v, f = w, g
			continue
		case *ssa.Parameter:
			arg := f.arg(x)
			if arg == nil || f.Up == nil {
				return v, f
			}
			v, f = arg, f.Up
			continue
		}
		return v, f
	}
	return v, f
}

// Target returns the function that c runs when called from frame f, with its
// arguments as values of the frame up; fn is nil if it is not known. The frame
// up is f, or the one where a func parameter was bound.
func (s *Scope) Target(c skeleton.Callee, f *Frame) (fn *ssa.Function, args []ssa.Value, up *Frame) {
	if c.Fn != nil {
		return c.Fn, c.Args, f
	}
	if c.Call != nil && c.Call.IsInvoke() {
		fn := s.implementation(c.Call, f)
		if fn == nil {
			return nil, nil, f
		}
		return fn, append([]ssa.Value{c.Call.Value}, c.Call.Args...), f
	}
	if c.Value == nil {
		return nil, nil, f
	}
	v, g := s.Resolve(c.Value, f)
	if g == nil {
		return nil, nil, f
	}
	t := skeleton.FuncOf(s.Pkg.Places, v)
	if t.Fn == nil {
		return nil, nil, f
	}
	if g == f {
		return t.Fn, append(t.Args, c.Args...), f
	}
	if len(t.Args) == 0 {
		return t.Fn, c.Args, f
	}
	if len(c.Args) == 0 {
		return t.Fn, t.Args, g
	}
	return nil, nil, f // a method value bound in another frame than its arguments
}

// implementation returns the method that a call through an interface runs, if
// the scope knows what the interface holds.
func (s *Scope) implementation(c *ssa.CallCommon, f *Frame) *ssa.Function {
	v, _ := s.Resolve(c.Value, f)
	if types.IsInterface(v.Type()) {
		return nil
	}
	sel := s.Pkg.SSA.Prog.MethodSets.MethodSet(v.Type()).Lookup(c.Method.Pkg(), c.Method.Name())
	if sel == nil {
		return nil
	}
	obj, ok := sel.Obj().(*types.Func)
	if !ok || len(sel.Index()) != 1 {
		return nil // promoted
	}
	fn := s.Pkg.SSA.Prog.FuncValue(obj.Origin())
	if fn == nil || s.Pkg.Skeleton(fn) == nil || !types.Identical(fn.Params[0].Type(), v.Type()) {
		return nil
	}
	return fn
}
