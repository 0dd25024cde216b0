package summary

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// A Life is what the function that makes a value does with it, in literals and
// functions of the package that it hands it to as well.
type Life struct {
	Uses     []Use
	Gone     bool // it also gets to where it is not followed: a field, a call, a channel
	Returned bool // it, or a literal that holds it, is a result
}

// A Use is one operation on a value.
type Use struct {
	At     ssa.Instruction // the call, go or defer statement of the function that made the value
	Kind   models.Kind     // skeleton.CallFn if the value itself is called, None if it is read
	Method *types.Func     // the method that is called on it, or the function it is passed to
	Part   bool            // a field of it is read
	Nested bool            // it happens in a literal or in a function that is called at At
}

// maxLife bounds the literals and calls that a value is followed into.
const maxLife = 4

// LifeOf follows the value v.
func (p *Package) LifeOf(v ssa.Value) *Life {
	f := &lifer{p: p, out: &Life{}, seen: map[ssa.Value]bool{}}
	f.value(v, 0)
	return f.out
}

type lifer struct {
	p    *Package
	out  *Life
	seen map[ssa.Value]bool
}

// value follows all uses of v.
func (f *lifer) value(v ssa.Value, depth int) {
	if f.seen[v] {
		return
	}
	f.seen[v] = true
	if depth > maxLife || v.Referrers() == nil {
		f.out.Gone = true
		return
	}
	for _, r := range *v.Referrers() {
		f.use(v, r, depth)
	}
}

func (f *lifer) use(v ssa.Value, r ssa.Instruction, depth int) {
	switch r := r.(type) {
	case *ssa.DebugRef, *ssa.BinOp, *ssa.If:
	case *ssa.ChangeType:
		f.value(r, depth)
	case *ssa.ChangeInterface:
		f.value(r, depth)
	case *ssa.MakeInterface:
		f.value(r, depth)
	case *ssa.FieldAddr, *ssa.Field:
		f.add(Use{At: r, Kind: models.None, Part: !written(r)})
	case *ssa.UnOp:
		_, variable := v.(*ssa.Alloc)
		switch {
		case r.Op == token.ARROW:
			f.add(Use{At: r, Kind: models.Recv})
		case variable:
			f.value(r, depth) // a struct by value
		default:
			f.out.Gone = true
		}
	case *ssa.Return:
		f.out.Returned = true
	case *ssa.Store:
		cell, ok := r.Addr.(*ssa.Alloc)
		if !ok || r.Val != v || !f.onlyStore(cell, v) {
			f.out.Gone = true
			return
		}
		f.cell(cell, depth)
	case *ssa.MakeClosure:
		for i, b := range r.Bindings {
			if b == v {
				f.literal(r, i, depth, false)
			}
		}
	case *ssa.Select:
		f.add(Use{At: r, Kind: models.Recv})
		f.out.Gone = f.out.Gone || slices.ContainsFunc(r.States, func(st *ssa.SelectState) bool { return st.Send == v })
	case ssa.CallInstruction:
		f.call(v, r, depth)
	default:
		f.out.Gone = true
	}
}

// written reports whether a field is only set, or plain data.
func written(r ssa.Instruction) bool {
	fa, ok := r.(*ssa.FieldAddr)
	if !ok {
		return false
	}
	if _, basic := referent(fa.Type()).Underlying().(*types.Basic); basic {
		return true
	}
	for _, u := range *fa.Referrers() {
		if st, ok := u.(*ssa.Store); !ok || st.Addr != fa {
			return false
		}
	}
	return true
}

func (f *lifer) add(u Use) { f.out.Uses = append(f.out.Uses, u) }

// onlyStore reports whether nothing but v, and nil, is ever stored to a
// variable.
func (f *lifer) onlyStore(cell *ssa.Alloc, v ssa.Value) bool {
	for _, r := range *cell.Referrers() {
		if st, ok := r.(*ssa.Store); ok && st.Val != v {
			if c, isConst := st.Val.(*ssa.Const); !isConst || !c.IsNil() {
				return false
			}
		}
	}
	return true
}

// cell follows what is done with the variable at addr, which holds the value.
func (f *lifer) cell(addr ssa.Value, depth int) {
	if f.seen[addr] {
		return
	}
	f.seen[addr] = true
	for _, r := range *addr.Referrers() {
		switch r := r.(type) {
		case *ssa.DebugRef:
		case *ssa.Store:
			if _, isFree := addr.(*ssa.FreeVar); isFree || r.Addr != addr {
				f.out.Gone = true // a literal assigns to it
			}
		case *ssa.FieldAddr:
			f.add(Use{At: r, Kind: models.None, Part: !written(r)})
		case *ssa.UnOp:
			f.value(r, depth)
		case *ssa.MakeClosure:
			for i, b := range r.Bindings {
				if b == addr {
					f.literal(r, i, depth, true)
				}
			}
		default:
			f.out.Gone = true
		}
	}
}

// literal follows the value into a literal that captures it as free variable i,
// and finds where the literal runs.
func (f *lifer) literal(mc *ssa.MakeClosure, i, depth int, cell bool) {
	fn := mc.Fn.(*ssa.Function)
	inner := &lifer{p: f.p, out: &Life{}, seen: f.seen}
	switch {
	case depth >= maxLife || i >= len(fn.FreeVars):
		f.out.Gone = true
		return
	case fn.Synthetic != "":
		obj, _ := fn.Object().(*types.Func)
		inner.add(methodUse(mc, obj))
	case cell:
		inner.cell(fn.FreeVars[i], depth+1)
	default:
		inner.value(fn.FreeVars[i], depth+1)
	}
	f.out.Gone = f.out.Gone || inner.out.Gone || inner.out.Returned
	if len(inner.out.Uses) == 0 {
		return
	}
	runs := &lifer{p: f.p, out: &Life{}, seen: map[ssa.Value]bool{}}
	runs.value(mc, depth+1)
	f.out.Gone = f.out.Gone || runs.out.Gone
	f.out.Returned = f.out.Returned || runs.out.Returned
	for _, at := range runs.out.Uses {
		for _, u := range inner.out.Uses {
			u.At, u.Nested = at.At, true
			f.add(u)
		}
	}
}

// methodUse is a call of a method of the value.
func methodUse(at ssa.Instruction, obj *types.Func) Use {
	u := Use{At: at, Kind: models.None, Method: obj}
	if obj != nil {
		if m, ok := models.Lookup(obj); ok && m.Obj == 0 {
			u.Kind = m.Kind
		}
	}
	return u
}

// call follows the value into a call.
func (f *lifer) call(v ssa.Value, ci ssa.CallInstruction, depth int) {
	c := ci.Common()
	if c.Value == v && !c.IsInvoke() {
		f.add(Use{At: ci, Kind: skeleton.CallFn})
	}
	for i, a := range c.Args {
		if a == v {
			f.argument(v, ci, i, depth)
		}
	}
	if c.IsInvoke() && c.Value == v {
		f.add(methodUse(ci, c.Method))
	}
}

// argument follows the value that is argument i of a call.
func (f *lifer) argument(v ssa.Value, ci ssa.CallInstruction, i, depth int) {
	c := ci.Common()
	obj := skeleton.Object(c)
	recv := i == 0 && obj != nil && obj.Signature().Recv() != nil && !c.IsInvoke()
	if obj != nil {
		k := i
		if c.IsInvoke() {
			k++
		}
		if m, ok := models.Lookup(obj); ok {
			switch {
			case m.Obj == k && recv:
				f.add(methodUse(ci, obj))
			case m.Func == k:
				f.add(Use{At: ci, Kind: skeleton.CallFn, Method: obj, Nested: true})
			case m.Obj == k:
				f.add(Use{At: ci, Kind: m.Kind, Method: obj})
			default:
				f.out.Gone = true
			}
			return
		}
	}
	callee := skeleton.FuncOf(f.p.Places, c.Value)
	k := i + len(callee.Args)
	if callee.Fn != nil && !c.IsInvoke() && f.p.skeletons[callee.Fn] != nil && k < len(callee.Fn.Params) {
		if recv && callee.Fn.Signature.Recv() != nil {
			f.add(Use{At: ci, Kind: models.None, Method: obj})
			return
		}
		inner := &lifer{p: f.p, out: &Life{}, seen: f.seen}
		inner.value(callee.Fn.Params[k], depth+1)
		f.out.Gone = f.out.Gone || inner.out.Gone || inner.out.Returned
		for _, u := range inner.out.Uses {
			u.At, u.Nested = ci, true
			f.add(u)
		}
		return
	}
	if recv {
		f.add(Use{At: ci, Kind: models.None, Method: obj})
		return
	}
	f.out.Gone = true
}
