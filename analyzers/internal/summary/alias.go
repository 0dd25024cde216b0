package summary

import (
	"cmp"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/place"
)

// An aliasFinder finds the fields of the package that always lead back to the
// struct they belong to: the parent of a child, the lock of a condition
// variable. What is stored in a field decides, at every place that stores there;
// one that is not understood makes the field unknown.
type aliasFinder struct {
	p      *Package
	tab    *place.Table // knows of no aliases
	stores map[*types.Var][]fieldStore
	open   map[*types.Var]bool // fields with other values, too
	opened []types.Type        // containers of unknown origin with other elements, too
	copied map[*types.Var]bool // fields of structs that are copied, and may so lead back to the old one
	moved  map[*types.Var]bool // fields that change when others know the struct
	calls  map[*ssa.Function][]*ssa.Call
	asked  map[*ssa.Function]bool // functions that are not only called by name
	dyn    map[string]bool        // names of methods that are called through interfaces
}

// A fieldStore stores a value in a field, or as an element of the container in
// it.
type fieldStore struct {
	owner *place.Place // the struct that has the field
	val   ssa.Value
	elem  bool
}

// maxAliasStores bounds the stores of one field that are looked at.
const maxAliasStores = 8

// findAliases returns the aliases of the package.
func (p *Package) findAliases() *place.Aliases {
	f := &aliasFinder{
		p: p, tab: place.NewTable(),
		stores: map[*types.Var][]fieldStore{}, open: map[*types.Var]bool{},
		copied: map[*types.Var]bool{}, moved: map[*types.Var]bool{},
		calls: map[*ssa.Function][]*ssa.Call{}, asked: map[*ssa.Function]bool{}, dyn: map[string]bool{},
	}
	for _, fn := range p.withInit() {
		for _, par := range fn.Params {
			f.copies(par.Type(), f.copied, 0)
		}
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				f.instr(fn, instr)
			}
		}
	}
	p.single = f.singles()
	out := &place.Aliases{Equations: map[*types.Var][]place.Equation{}, Fixed: f.fixed}
	for v := range f.stores {
		for _, e := range f.equations(v) {
			last := e.Path[len(e.Path)-2].Var
			out.Equations[last] = append(out.Equations[last], e)
		}
	}
	for _, list := range out.Equations {
		slices.SortFunc(list, func(a, b place.Equation) int {
			return cmp.Or(cmp.Compare(a.Path[0].Var.Pos(), b.Path[0].Var.Pos()), cmp.Compare(len(a.Path), len(b.Path)))
		})
	}
	return out
}

// own reports whether only this package can store in a field.
func (f *aliasFinder) own(v *types.Var) bool {
	return v.Pkg() == f.p.Pass.Pkg && (!v.Exported() || v.Pkg().Name() == "main")
}

// fixed reports whether a field is only ever set in structs that are in the
// making.
func (f *aliasFinder) fixed(v *types.Var) bool {
	return !f.moved[v] && !f.open[v] && (f.own(v) || isCondLock(v))
}

// isCondLock reports whether v is the field L of a sync.Cond.
func isCondLock(v *types.Var) bool {
	return v.Name() == "L" && v.Pkg() != nil && v.Pkg().Path() == "sync"
}

func (f *aliasFinder) instr(fn *ssa.Function, instr ssa.Instruction) {
	switch instr := instr.(type) {
	case *ssa.UnOp: // a part of what is loaded may be all that is used of it
	case *ssa.FieldAddr:
		f.field(instr)
	case *ssa.MapUpdate:
		f.element(instr.Map, instr.Value)
	case *ssa.Store:
		f.stored(instr)
		if ia, ok := instr.Addr.(*ssa.IndexAddr); ok && isSlice(ia.X.Type()) && !isVarargs(ia.X) {
			f.element(ia.X, instr.Val)
		}
	case *ssa.Call:
		if g := instr.Call.StaticCallee(); g != nil {
			f.calls[g] = append(f.calls[g], instr)
		}
		f.copies(instr.Type(), f.copied, 0)
	case ssa.Value:
		f.copies(instr.Type(), f.copied, 0)
	}
	f.uses(instr)
}

// stored notes that a struct is overwritten as a whole.
func (f *aliasFinder) stored(st *ssa.Store) {
	f.copies(st.Val.Type(), f.copied, 0)
	if a, ok := st.Addr.(*ssa.Alloc); !ok || a.Parent() != st.Parent() {
		f.copies(st.Val.Type(), f.moved, 0)
	}
}

// uses notes the functions that are used otherwise than by a call of them.
func (f *aliasFinder) uses(instr ssa.Instruction) {
	call, isCall := instr.(*ssa.Call)
	if ci, ok := instr.(ssa.CallInstruction); ok && ci.Common().IsInvoke() {
		f.dyn[ci.Common().Method.Name()] = true
	}
	for _, op := range instr.Operands(nil) {
		g, ok := (*op).(*ssa.Function)
		if !ok || isCall && op == &call.Call.Value {
			continue
		}
		f.asked[g] = true
		if obj, ok := g.Object().(*types.Func); ok && g.Synthetic != "" {
			f.asked[f.p.SSA.Prog.FuncValue(obj)] = true // a method value
		}
	}
}

// copies adds the fields of t, if it is a struct, to a set.
func (f *aliasFinder) copies(t types.Type, set map[*types.Var]bool, depth int) {
	st, ok := t.Underlying().(*types.Struct)
	if !ok || depth > 4 || st.NumFields() > 0 && set[st.Field(0).Origin()] {
		return
	}
	for v := range st.Fields() {
		set[v.Origin()] = true
		f.copies(v.Type(), set, depth+1)
	}
}

// field notes what is stored through one address of a field.
func (f *aliasFinder) field(fa *ssa.FieldAddr) {
	st, ok := structOf(referent(fa.X.Type()))
	if !ok {
		return
	}
	v := st.Field(fa.Field).Origin()
	if !canRefer(v.Type()) {
		return
	}
	for _, r := range *fa.Referrers() {
		switch r := r.(type) {
		case *ssa.UnOp, *ssa.DebugRef:
		case *ssa.Store:
			if r.Addr != fa {
				f.open[v] = true
				continue
			}
			switch x := fa.X.(type) {
			case *ssa.FieldAddr: // of a struct inside another one, not of an object by itself
			case *ssa.Alloc:
				f.moved[v] = f.moved[v] || x.Parent() != fa.Parent()
			default:
				f.moved[v] = true
			}
			f.store(v, fa, r.Val)
		default:
			f.open[v] = true
		}
	}
}

func (f *aliasFinder) store(v *types.Var, fa *ssa.FieldAddr, val ssa.Value) {
	owner := f.tab.Of(fa.X)
	switch x := val.(type) {
	case *ssa.Const:
		if x.IsNil() {
			return
		}
	case *ssa.MakeMap, *ssa.MakeSlice:
		if onlyStored(val) {
			return // empty, or its elements are nil
		}
	case *ssa.Call:
		if bi, ok := x.Call.Value.(*ssa.Builtin); ok && bi.Name() == "append" {
			f.appended(v, owner, x)
			return
		}
	}
	f.add(v, fieldStore{owner, val, false})
}

// onlyStored reports whether a container is stored where it is made, and used
// in no other way by that name.
func onlyStored(v ssa.Value) bool {
	for _, r := range *v.Referrers() {
		switch r := r.(type) {
		case *ssa.DebugRef:
		case *ssa.Store:
			if r.Val != v {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// appended notes that a field gets append(the same field, elements).
func (f *aliasFinder) appended(v *types.Var, owner *place.Place, call *ssa.Call) {
	old := f.tab.Of(call.Call.Args[0])
	elems, ok := variadic(call.Call.Args[1])
	if owner == nil || old == nil || old != owner.Field(v).Deref() || !ok {
		f.open[v] = true
		return
	}
	for _, e := range elems {
		f.add(v, fieldStore{owner, e, true})
	}
}

// variadic returns the elements of a slice that is made of them.
func variadic(v ssa.Value) (elems []ssa.Value, ok bool) {
	sl, ok := v.(*ssa.Slice)
	if !ok || !isVarargs(sl.X) {
		return nil, false
	}
	for _, r := range *sl.X.Referrers() {
		ia, ok := r.(*ssa.IndexAddr)
		if !ok {
			continue
		}
		for _, r := range *ia.Referrers() {
			if st, ok := r.(*ssa.Store); ok && st.Addr == ia {
				elems = append(elems, st.Val)
			}
		}
	}
	return elems, true
}

func isVarargs(v ssa.Value) bool {
	a, ok := v.(*ssa.Alloc)
	return ok && a.Comment == "varargs"
}

func isSlice(t types.Type) bool {
	_, ok := t.Underlying().(*types.Slice)
	return ok
}

// element notes that val becomes an element of a container.
func (f *aliasFinder) element(container, val ssa.Value) {
	p := f.tab.Of(container)
	if p == nil || p.Parent == nil || p.Sel.Kind != place.Deref || p.Parent.Parent == nil || p.Parent.Sel.Kind != place.Field {
		if canRefer(val.Type()) {
			f.opened = append(f.opened, container.Type())
		}
		return
	}
	if c, ok := val.(*ssa.Const); ok && c.IsNil() {
		return
	}
	f.add(p.Parent.Sel.Var, fieldStore{p.Parent.Parent, val, true})
}

func (f *aliasFinder) add(v *types.Var, s fieldStore) {
	if s.owner == nil || len(f.stores[v]) >= maxAliasStores {
		f.open[v] = true
		return
	}
	f.stores[v] = append(f.stores[v], s)
}

// canRefer reports whether values of type t lead to other objects.
func canRefer(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Pointer, *types.Interface, *types.Map, *types.Slice:
		return true
	}
	return false
}
