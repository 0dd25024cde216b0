package summary

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// An object is one with a goroutine that runs until one of its methods is
// called: the goroutine waits for channels and contexts in the object's fields,
// which nothing but the methods can close, send on or cancel.
type object struct {
	p       *Package
	fn      *ssa.Function               // that makes it, or starts its goroutine
	at      *place.Place                // the object in fn
	named   *types.Named                // its type
	fields  map[*place.Place]*types.Var // channels and contexts of fn itself → the fields that hold them
	cancels map[*types.Var]*types.Var   // cancel functions → contexts
	parents map[*types.Var]map[int]bool // contexts → parameters of fn whose end ends them
	foreign map[*types.Var]bool         // fields that others may close or cancel
}

// A signal is something that a goroutine can wait for: a value or the end of a
// channel, or of a context.
type signal struct {
	field *types.Var
	kind  models.Kind // Send, Close or Cancel
}

// signals are the signals that are given, all if everything may be.
type signals struct {
	all   bool
	given map[signal]bool
}

func (s *signals) has(f *types.Var, kinds ...models.Kind) bool {
	return s.all || slices.ContainsFunc(kinds, func(k models.Kind) bool { return s.given[signal{f, k}] })
}

// Bounds of the search for owners: the calls that are followed from an object's
// functions, and the uses of fields that are looked at for all objects of a package.
const (
	maxOwned    = 4
	maxSelected = 1e6
)

// ownerDuty returns the duty that goes with result i of fn, an object that it
// makes: its Kind is NoDuty if it need not be closed.
func (p *Package) ownerDuty(fn *ssa.Function, i int) Duty {
	var made *ssa.Alloc
	for _, b := range fn.Blocks {
		ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok || i >= len(ret.Results) {
			continue
		}
		switch v := p.Places.Current(ret.Results[i]).(type) {
		case *ssa.Const:
		case *ssa.Alloc:
			if made != nil && made != v || v.Parent() != fn {
				return Duty{}
			}
			made = v
		default:
			return Duty{}
		}
	}
	if made == nil || p.LifeOf(made).Gone {
		return Duty{}
	}
	return p.objectDuty(fn, made, i)
}

// startDuty returns the duty that a method leaves to who calls it: to end the
// goroutine that it starts.
func (p *Package) startDuty(fn *ssa.Function) Duty {
	if fn.Signature.Recv() == nil || len(fn.Params) == 0 || p.LifeOf(fn.Params[0]).Gone {
		return Duty{}
	}
	return p.objectDuty(fn, fn.Params[0], -1)
}

func (p *Package) objectDuty(fn *ssa.Function, v ssa.Value, result int) Duty {
	if !p.starts(fn, 0) {
		return Duty{}
	}
	o := p.object(fn, v)
	if o == nil {
		return Duty{}
	}
	bases := []*place.Place{o.at}
	if par, ok := v.(*ssa.Parameter); ok {
		bases = o.names(par)
	}
	run := o.started(fn, bases, result, 0)
	if run == nil {
		return Duty{}
	}
	d := Duty{Result: result, Kind: OwnerDuty, wait: run}
	none := &signals{}
	if o.ends(run.fn, run.bases, none, run, 0) {
		return Duty{}
	}
	rest := &signals{given: map[signal]bool{}}
	set := types.NewMethodSet(types.NewPointer(o.named))
	for i := range set.Len() {
		m := set.At(i).Obj().(*types.Func)
		given := o.gives(m, len(set.At(i).Index()))
		if o.ends(run.fn, run.bases, given, nil, 0) {
			d.Methods = append(d.Methods, m.Name())
			continue
		}
		for s := range given.given {
			rest.given[s] = true
		}
	}
	if len(d.Methods) == 0 || o.ends(run.fn, run.bases, rest, nil, 0) {
		return Duty{}
	}
	d.Parents = run.parents
	return d
}

// starts reports whether fn has a go statement, or calls something of the
// package that has.
func (p *Package) starts(fn *ssa.Function, depth int) bool {
	sk := p.skeletons[fn]
	if sk == nil || depth > 2 {
		return false
	}
	for n := range sk.Nodes {
		ev := sk.Nodes[n].Ev
		if ev == nil || ev.Callee.Fn == nil {
			continue
		}
		if ev.Kind == models.Spawn || ev.Kind == skeleton.CallFn && p.starts(ev.Callee.Fn, depth+1) {
			return true
		}
	}
	return false
}

// object returns what is known of the object v of fn, nil if it is no struct of
// this package.
func (p *Package) object(fn *ssa.Function, v ssa.Value) *object {
	t := types.Unalias(referent(v.Type()))
	named, ok := t.(*types.Named)
	if !ok || named.Obj().Pkg() != p.Pass.Pkg {
		return nil
	}
	st, ok := named.Origin().Underlying().(*types.Struct)
	if !ok {
		return nil
	}
	uses := p.fieldUses(named.Obj())
	if p.selected += len(uses); p.selected > maxSelected {
		return nil
	}
	o := &object{
		p: p, fn: fn, at: p.Places.Of(v), named: named.Origin(),
		fields: map[*place.Place]*types.Var{}, cancels: map[*types.Var]*types.Var{},
		parents: map[*types.Var]map[int]bool{}, foreign: map[*types.Var]bool{},
	}
	for f := range st.Fields() {
		if f.Exported() && p.Pass.Pkg.Name() != "main" || f.Embedded() {
			o.foreign[f] = true
		}
	}
	for _, instr := range uses {
		switch fa := instr.(type) {
		case *ssa.FieldAddr:
			if types.Identical(referent(fa.X.Type()), named) {
				o.field(fa, st.Field(fa.Field))
			}
		case *ssa.Field:
			if types.Identical(fa.X.Type(), named) && !operated(fa, 0) {
				o.foreign[st.Field(fa.Field)] = true
			}
		}
	}
	return o
}

// fieldUses returns the instructions that select a field of the type, or of one of
// its instances, in source order. They are gathered once for all types.
func (p *Package) fieldUses(of *types.TypeName) []ssa.Instruction {
	if p.selects == nil {
		p.selects = map[*types.TypeName][]ssa.Instruction{}
		for _, fn := range p.Funcs {
			for _, b := range fn.Blocks {
				for _, instr := range b.Instrs {
					var t types.Type
					switch fa := instr.(type) {
					case *ssa.FieldAddr:
						t = referent(fa.X.Type())
					case *ssa.Field:
						t = fa.X.Type()
					default:
						continue
					}
					if n, ok := types.Unalias(t).(*types.Named); ok && n.Obj().Pkg() == p.Pass.Pkg {
						p.selects[n.Obj()] = append(p.selects[n.Obj()], instr)
					}
				}
			}
		}
	}
	return p.selects[of]
}

// field notes what one function does with field f through its address.
func (o *object) field(fa *ssa.FieldAddr, f *types.Var) {
	for _, r := range *fa.Referrers() {
		switch r := r.(type) {
		case *ssa.DebugRef:
		case *ssa.UnOp:
			if !operated(r, 0) {
				o.foreign[f] = true
			}
		case *ssa.Store:
			if r.Addr != fa || !o.stored(r, f) {
				o.foreign[f] = true
			}
		default:
			o.foreign[f] = true
		}
	}
}

// stored notes the value that a field is set to. It reports whether that is new
// and held by nothing else.
func (o *object) stored(st *ssa.Store, f *types.Var) bool {
	switch v := o.p.Places.Current(st.Val).(type) {
	case *ssa.Const:
		return true
	case *ssa.MakeChan:
		if v.Parent() == o.fn {
			o.fields[o.p.Places.Of(v)] = f
		}
		return onlyOperated(v, st)
	case *ssa.Extract:
		call, ok := v.Tuple.(*ssa.Call)
		if !ok {
			return false
		}
		obj := skeleton.Object(&call.Call)
		if m, ok := models.Lookup(orNil(obj)); obj == nil || !ok || m.Kind != models.CtxMake {
			return false
		}
		if v.Index == 0 {
			return o.context(call, v, f)
		}
		return onlyOperated(v, st)
	}
	return false
}

func orNil(f *types.Func) *types.Func {
	if f == nil {
		return types.NewFunc(token.NoPos, nil, "", types.NewSignatureType(nil, nil, nil, nil, nil, false))
	}
	return f
}

// context notes that field f holds the context that call makes, which is
// cancelled by a function in another field.
func (o *object) context(call *ssa.Call, ctx *ssa.Extract, f *types.Var) bool {
	if call.Parent() == o.fn {
		o.fields[o.p.Places.Of(ctx)] = f
	}
	for _, r := range *call.Referrers() {
		x, ok := r.(*ssa.Extract)
		if !ok || x.Index != 1 {
			continue
		}
		for _, u := range *x.Referrers() {
			if st, ok := u.(*ssa.Store); ok {
				if fa, ok := st.Addr.(*ssa.FieldAddr); ok && types.Identical(referent(fa.X.Type()), o.named) {
					o.cancels[o.named.Underlying().(*types.Struct).Field(fa.Field)] = f
				}
			}
		}
	}
	par, ok := o.p.Places.Current(call.Call.Args[0]).(*ssa.Parameter)
	switch {
	case ok && par.Parent() == o.fn:
		if o.parents[f] == nil {
			o.parents[f] = map[int]bool{}
		}
		o.parents[f][slices.Index(o.fn.Params, par)] = true
	case !o.p.NeverCancelled(call.Call.Args[0]):
		return false
	}
	m, _ := models.Lookup(skeleton.Object(&call.Call))
	return m.Delta < 0 // no timeout either
}

// NeverCancelled reports whether a context has no end: it is Background, or has
// only got values.
func (p *Package) NeverCancelled(ctx ssa.Value) bool {
	for range 8 {
		call, ok := p.Places.Current(ctx).(*ssa.Call)
		if !ok {
			return false
		}
		obj := skeleton.Object(&call.Call)
		if obj == nil {
			return false
		}
		m, ok := models.Lookup(obj)
		if !ok || m.Kind != models.CtxMake {
			return false
		}
		if m.Obj < 0 {
			return true
		}
		ctx = call.Call.Args[m.Obj]
	}
	return false
}

// onlyOperated reports whether v is held by nothing but the field that st sets
// and literals.
func onlyOperated(v ssa.Value, st *ssa.Store) bool {
	for _, r := range *v.Referrers() {
		if r != ssa.Instruction(st) && !operation(v, r, 0) {
			return false
		}
	}
	return true
}

// operated reports whether the channel, context or function v is only used,
// and kept nowhere where others could close or cancel it.
func operated(v ssa.Value, depth int) bool {
	if depth > 3 {
		return false
	}
	for _, r := range *v.Referrers() {
		if !operation(v, r, depth) {
			return false
		}
	}
	return true
}

func operation(v ssa.Value, r ssa.Instruction, depth int) bool {
	switch r := r.(type) {
	case *ssa.DebugRef, *ssa.UnOp, *ssa.BinOp, *ssa.If, *ssa.Select:
		return true
	case *ssa.Send:
		return r.Chan == v
	case *ssa.ChangeType:
		c, ok := r.Type().Underlying().(*types.Chan)
		return ok && c.Dir() == types.RecvOnly || operated(r, depth+1)
	case *ssa.Return:
		return isContext(v.Type())
	case *ssa.MakeClosure:
		for i, b := range r.Bindings {
			if b == v && !operated(r.Fn.(*ssa.Function).FreeVars[i], depth+1) {
				return false
			}
		}
		return true
	case ssa.CallInstruction:
		c := r.Common()
		if _, builtin := c.Value.(*ssa.Builtin); builtin || c.Value == v {
			return true
		}
		return isContext(v.Type())
	}
	return false
}
