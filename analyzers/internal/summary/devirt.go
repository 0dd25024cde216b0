package summary

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// A dispatch knows what runs at calls that do not name their callee: through
// interfaces and func values. What fields, parameters and results can hold
// decides; never the signature or the name of a method.
type dispatch struct {
	fields map[*types.Var]*stores
	sites  map[*ssa.Function][]callSite // the calls that name their callee
	impls  map[*types.Named]types.Type  // the only type of the package that implements an unexported interface, nil if there are more
}

// stores are the values that are stored in a field.
type stores struct {
	vals   []ssa.Value
	owners []ssa.Value // by value: the address of the struct
	open   bool        // and others
}

// maxValues bounds what a func value or interface may be, and maxFollowed how
// far it is traced.
const (
	maxValues   = 4
	maxFollowed = 12
)

// findDispatch scans the stores of the package.
func (p *Package) findDispatch() {
	p.dispatch = dispatch{fields: map[*types.Var]*stores{}, sites: p.namedCalls(), impls: map[*types.Named]types.Type{}}
	p.uses = p.findUses(p.dispatch.sites)
	for _, fn := range p.withInit() {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				if f, ok := instr.(*ssa.FieldAddr); ok {
					p.fieldStores(f)
				}
			}
		}
	}
	p.findImpls()
}

// withInit returns the functions of the package with the one that initialises
// its variables.
func (p *Package) withInit() []*ssa.Function {
	if init := p.SSA.Func("init"); init != nil {
		return append([]*ssa.Function{init}, p.Funcs...)
	}
	return p.Funcs
}

// fieldStores notes what is stored through one address of a field.
func (p *Package) fieldStores(f *ssa.FieldAddr) {
	st, ok := structOf(referent(f.X.Type()))
	if !ok {
		return
	}
	v := st.Field(f.Field).Origin()
	switch v.Type().Underlying().(type) {
	case *types.Signature, *types.Interface:
	default:
		return
	}
	s := p.dispatch.fields[v]
	if s == nil {
		s = &stores{open: v.Pkg() != p.Pass.Pkg || v.Exported() && v.Pkg().Name() != "main"}
		p.dispatch.fields[v] = s
	}
	for _, r := range *f.Referrers() {
		switch r := r.(type) {
		case *ssa.UnOp, *ssa.DebugRef:
		case *ssa.Store:
			if c, isConst := r.Val.(*ssa.Const); isConst && c.IsNil() {
				continue
			}
			s.open = s.open || r.Addr != f || len(s.vals) >= maxValues
			s.vals = append(s.vals, r.Val)
			s.owners = append(s.owners, f.X)
		default:
			s.open = true
		}
	}
}

// A trace follows a value to where it is made.
type trace struct {
	p    *Package
	seen map[ssa.Value]bool
	out  []ssa.Value
}

// origins returns the values that v, a func or interface, can be: followed
// through fields, parameters and variables; ok is false if not all are known.
func (p *Package) origins(v ssa.Value) (vals []ssa.Value, ok bool) {
	t := trace{p: p, seen: map[ssa.Value]bool{}}
	ok = v != nil && t.follow(v)
	return t.out, ok && len(t.out) > 0
}

func (t *trace) follow(v ssa.Value) bool {
	v = t.p.Places.Resolve(v)
	if t.seen[v] {
		return true
	}
	t.seen[v] = true
	if len(t.seen) > maxFollowed || len(t.out) >= maxValues {
		return false
	}
	switch x := v.(type) {
	case *ssa.Function, *ssa.MakeClosure, *ssa.MakeInterface:
		t.out = append(t.out, v)
		return true
	case *ssa.Const:
		return x.IsNil()
	case *ssa.Phi:
		return t.all(x.Edges)
	case *ssa.UnOp:
		f, ok := x.X.(*ssa.FieldAddr)
		return x.Op == token.MUL && ok && t.field(referent(f.X.Type()), f.Field)
	case *ssa.Field:
		return t.field(x.X.Type(), x.Field)
	case *ssa.Parameter:
		return t.param(x)
	case *ssa.Call:
		return t.result(x, &x.Call, 0)
	case *ssa.Extract:
		if call, ok := x.Tuple.(*ssa.Call); ok {
			return t.result(x, &call.Call, x.Index)
		}
	}
	if !types.IsInterface(v.Type()) && !isFunc(v.Type()) {
		t.out = append(t.out, v) // the object behind an interface
		return true
	}
	return false
}

// field follows field i of a struct type to all that is stored there.
func (t *trace) field(of types.Type, i int) bool {
	st, ok := structOf(of)
	if !ok {
		return false
	}
	s := t.p.dispatch.fields[st.Field(i).Origin()]
	return s != nil && !s.open && t.all(s.vals)
}

func (t *trace) all(vals []ssa.Value) bool {
	for _, v := range vals {
		if !t.follow(v) {
			return false
		}
	}
	return true
}

// param follows a parameter to the arguments of all calls, of a function that
// only this package can call.
func (t *trace) param(x *ssa.Parameter) bool {
	fn := x.Parent()
	if !types.IsInterface(x.Type()) && !isFunc(x.Type()) {
		t.out = append(t.out, x)
		return true
	}
	if !t.p.onlyNamed(fn) {
		return false
	}
	sites := t.p.dispatch.sites[fn]
	i := slices.Index(fn.Params, x)
	for _, s := range sites {
		if s.ev.Kind != skeleton.CallFn && !startsGoroutine(s.ev) || i >= len(s.ev.Callee.Args) || !t.follow(s.ev.Callee.Args[i]) {
			return false
		}
	}
	return len(sites) > 0
}

// onlyNamed reports whether all calls of fn are in this package and name it.
func (p *Package) onlyNamed(fn *ssa.Function) bool {
	u := p.uses
	if u.values[fn] {
		return false
	}
	obj := fn.Object()
	if obj == nil {
		return fn.Parent() != nil // else made by go/ssa
	}
	if obj.Exported() && p.Pass.Pkg.Name() != "main" || obj.Name() == "init" || obj.Name() == "main" {
		return false
	}
	recv := fn.Signature.Recv()
	return recv == nil || !u.invoked[obj.Name()] && !(obj.Exported() && u.exposed[baseType(recv.Type())])
}

// result follows a result of a constructor of the package.
func (t *trace) result(v ssa.Value, call *ssa.CallCommon, i int) bool {
	if !types.IsInterface(v.Type()) && !isFunc(v.Type()) {
		t.out = append(t.out, v)
		return true
	}
	fn := call.StaticCallee()
	if fn == nil || t.p.skeletons[fn] == nil || i >= fn.Signature.Results().Len() {
		return false
	}
	for _, b := range fn.Blocks {
		if ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok && b != fn.Recover && !t.follow(ret.Results[i]) {
			return false
		}
	}
	return true
}

func isFunc(t types.Type) bool {
	_, ok := t.Underlying().(*types.Signature)
	return ok
}

// resolve returns the function of the package that runs at an event, with its
// arguments; fn is nil if it is not known.
func (p *Package) resolve(ev *skeleton.Event) (fn *ssa.Function, args []ssa.Value) {
	c := &ev.Callee
	switch {
	case c.Fn != nil:
		return c.Fn, c.Args
	case c.Call == nil || ev.Kind != skeleton.CallFn && !startsGoroutine(ev):
		return nil, nil
	case c.Call.IsInvoke():
		t := p.concrete(c.Call.Value)
		if t == nil {
			return nil, nil
		}
		m := p.method(t, c.Call.Method)
		return m, c.Args
	}
	target, ok := p.funcOf(c.Value)
	if !ok {
		return nil, nil
	}
	return target.Fn, append(slices.Clone(target.Args), c.Args...)
}

// funcOf returns the only function that a func value can be.
func (p *Package) funcOf(v ssa.Value) (target skeleton.Callee, ok bool) {
	vals, ok := p.origins(v)
	if !ok {
		return target, false
	}
	for i, v := range vals {
		t := skeleton.FuncOf(p.Places, v)
		if t.Fn == nil || i > 0 && t.Fn != target.Fn {
			return target, false
		}
		target = t
	}
	return target, true
}

// method returns the method of concrete type t that a call of the interface
// method m runs, nil if it is not declared in this package, or is promoted.
func (p *Package) method(t types.Type, m *types.Func) *ssa.Function {
	obj, index, _ := types.LookupFieldOrMethod(t, true, m.Pkg(), m.Name())
	fn, ok := obj.(*types.Func)
	if !ok || len(index) != 1 {
		return nil
	}
	out := p.SSA.Prog.FuncValue(fn.Origin())
	if out == nil || p.skeletons[out] == nil {
		return nil
	}
	return out
}

// concrete returns the type of what the interface value v holds, nil if that is
// not known.
func (p *Package) concrete(v ssa.Value) types.Type {
	if vals, ok := p.origins(v); ok {
		var one types.Type
		for _, x := range vals {
			t := x.Type()
			if mi, ok := x.(*ssa.MakeInterface); ok {
				t = mi.X.Type()
			}
			if types.IsInterface(t) || one != nil && !types.Identical(one, t) {
				return nil
			}
			one = t
		}
		return one
	}
	if named, ok := types.Unalias(v.Type()).(*types.Named); ok {
		return p.dispatch.impls[named]
	}
	return nil
}
