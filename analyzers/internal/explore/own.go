package explore

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/scope"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// maxUses bounds the uses of an object that are followed.
const maxUses = 400

// An owner proves that all operations on objects made in a scope are nodes of
// it.
type owner struct {
	s       *scope.Scope
	byInstr map[ssa.Instruction][]*scope.Node
	frames  map[*ssa.Function][]*scope.Frame
	writes  map[*place.Place][]*scope.Node // stores of references, by variable
	canon   map[*place.Place]*place.Place
}

func newOwner(s *scope.Scope) *owner {
	o := &owner{
		s: s, byInstr: map[ssa.Instruction][]*scope.Node{}, frames: map[*ssa.Function][]*scope.Frame{},
		writes: map[*place.Place][]*scope.Node{}, canon: map[*place.Place]*place.Place{},
	}
	for _, f := range s.Frames() {
		o.frames[f.Fn] = append(o.frames[f.Fn], f)
	}
	for _, n := range s.Nodes {
		if n.Ev == nil {
			continue
		}
		switch n.Ev.Kind {
		case skeleton.Read:
			continue
		case skeleton.Write:
			if n.Obj != nil {
				o.writes[n.Obj] = append(o.writes[n.Obj], n)
			}
			continue
		}
		at := n.Ev.Instr
		if n.Ev.Defer != nil {
			at = n.Ev.Defer
		}
		o.byInstr[at] = append(o.byInstr[at], n)
	}
	return o
}

// object returns the place that p is in the end: what a variable refers to that
// the scope sets once is the object that it is set to.
func (o *owner) object(p *place.Place) *place.Place {
	if p == nil {
		return nil
	}
	if q, ok := o.canon[p]; ok {
		return q
	}
	o.canon[p] = p // of a cycle
	q := o.follow(p)
	o.canon[p] = q
	return q
}

func (o *owner) follow(p *place.Place) *place.Place {
	if p.Parent == nil {
		return p
	}
	base := o.object(p.Parent)
	if base == nil {
		return nil
	}
	if p.Sel.Kind == place.Deref {
		if q := o.held(base); q != nil {
			return q
		}
	}
	return base.Select(p.Sel)
}

// held returns the object that the variable at p refers to, if the scope stores
// to it once; else nil.
func (o *owner) held(p *place.Place) *place.Place {
	ws := o.writes[p]
	if len(ws) != 1 || (o.s.InLoop(ws[0]) || ws[0].Thread.Count > 1) && !o.sameRound(p, ws[0]) {
		return o.locker(p)
	}
	st, ok := ws[0].Ev.Instr.(*ssa.Store)
	if !ok {
		return nil
	}
	return o.object(o.s.Place(o.s.Pkg.Places.Of(st.Val), ws[0].Frame))
}

// sameRound reports whether the variable at p is made in each round of a loop,
// or by each goroutine, in which w sets it.
func (o *owner) sameRound(p *place.Place, w *scope.Node) bool {
	a, ok := p.Root.V.(*ssa.Alloc)
	return ok && w.Block == a.Block() && w.Frame.ID == p.Root.Ctx
}

// locker returns the lock that the field L of a Cond refers to, which is at p.
func (o *owner) locker(p *place.Place) *place.Place {
	if p.Parent == nil || p.Parent.Parent != nil || p.Sel.Kind != place.Field || p.Sel.Var.Name() != "L" {
		return nil
	}
	call, ok := p.Root.V.(*ssa.Call)
	if !ok || p.Root.Ctx >= len(o.s.Frames()) {
		return nil
	}
	f := skeleton.Object(call.Common())
	if f == nil {
		return nil
	}
	m, ok := models.Lookup(f)
	if !ok || m.Kind != models.CondNew {
		return nil
	}
	return o.object(o.s.Place(o.s.Pkg.Places.Of(call.Call.Args[m.Locker]), o.s.Frames()[p.Root.Ctx]))
}

// owned reports whether all operations on the object at p, which is canonical,
// are nodes of the scope.
func (o *owner) owned(p *place.Place) bool {
	sels := p.Sels()
	for _, s := range sels {
		if s.Kind != place.Field {
			return false
		}
	}
	if p.Root.Ctx >= len(o.s.Frames()) || p.Root.V.Parent() != o.s.Frames()[p.Root.Ctx].Fn {
		return false
	}
	e := &escape{owner: o, target: p, seen: map[string]bool{}}
	return !e.value(p.Root.V, sels)
}

// An escape follows the uses of one object.
type escape struct {
	*owner
	target *place.Place
	seen   map[string]bool
	uses   int
	cancel bool // it is a cancel function: it may be called
	data   bool // it is plain data: it may be read, and who writes it is asked elsewhere
}

// value reports whether the object that the selectors sels lead to from what v
// refers to gets out of the scope through v.
func (e *escape) value(v ssa.Value, sels []place.Sel) bool {
	k := key(v, sels)
	if e.seen[k] {
		return false
	}
	e.seen[k] = true
	if v.Referrers() == nil || len(sels) > 8 || e.frames[v.Parent()] == nil {
		return true
	}
	for _, r := range *v.Referrers() {
		if e.uses++; e.uses > maxUses || e.use(v, sels, r) {
			return true
		}
	}
	return false
}

func (e *escape) use(v ssa.Value, sels []place.Sel, r ssa.Instruction) bool {
	if !live(e.owner, r) {
		return false
	}
	switch r := r.(type) {
	case *ssa.DebugRef, *ssa.If, *ssa.BinOp:
		return false
	case *ssa.FieldAddr:
		f := fieldOf(r.X.Type(), r.Field)
		if len(sels) == 0 || sels[0].Kind != place.Field || f == nil {
			return true
		}
		return f == sels[0].Var && e.value(r, sels[1:]) // another field leads elsewhere
	case *ssa.UnOp:
		return e.load(r, sels)
	case *ssa.Send:
		return r.X == v || len(sels) > 0 || !e.known(r, v)
	case *ssa.Select:
		for _, st := range r.States {
			if st.Send == v {
				return true
			}
		}
		return len(sels) > 0 || !e.known(r, v)
	case *ssa.Store:
		if e.data && len(sels) == 0 && r.Val == v {
			return true
		}
		return r.Addr != v && e.store(r.Addr, sels)
	case *ssa.ChangeType, *ssa.ChangeInterface, *ssa.MakeInterface:
		return e.value(r.(ssa.Value), sels)
	case *ssa.TypeAssert:
		return r.CommaOk || e.value(r, sels)
	case *ssa.Phi:
		return e.s.Pkg.Places.Resolve(r) != e.s.Pkg.Places.Resolve(v) || e.value(r, sels)
	case *ssa.Return:
		return e.returned(v, sels, r)
	case *ssa.MakeClosure:
		return e.captured(v, sels, r)
	case ssa.CallInstruction:
		return e.call(v, sels, r)
	}
	return true
}

// live reports whether control gets to r in some frame.
func live(o *owner, r ssa.Instruction) bool {
	for _, f := range o.frames[r.Parent()] {
		if f.First(r.Block()) != nil {
			return true
		}
	}
	return false
}

// load follows what is read through v, and receives.
func (e *escape) load(r *ssa.UnOp, sels []place.Sel) bool {
	switch {
	case r.Op.String() == "<-":
		return len(sels) > 0 || !e.known(r, r.X)
	case e.data && r.Op.String() == "*" && len(sels) == 0:
		return false
	case r.Op.String() != "*" || len(sels) == 0:
		return true
	case sels[0].Kind == place.Deref:
		return e.value(r, sels[1:])
	}
	return true // a copy of a struct around it
}

// store follows a reference that is stored at addr.
func (e *escape) store(addr ssa.Value, sels []place.Sel) bool {
	sels = append([]place.Sel{{Kind: place.Deref}}, sels...)
	for {
		fa, ok := addr.(*ssa.FieldAddr)
		if !ok {
			break
		}
		f := fieldOf(fa.X.Type(), fa.Field)
		if f == nil {
			return true
		}
		sels = append([]place.Sel{{Kind: place.Field, Var: f}}, sels...)
		addr = fa.X
	}
	return e.holder(addr, sels)
}

// holder follows all uses of the variable or struct that v points to.
func (e *escape) holder(v ssa.Value, sels []place.Sel) bool {
	fs := e.frames[v.Parent()]
	if len(fs) == 0 {
		return true
	}
	for _, f := range fs {
		w, g := e.s.Resolve(v, f)
		if g == nil {
			return true
		}
		path := sels
		for fa, ok := w.(*ssa.FieldAddr); ok; fa, ok = w.(*ssa.FieldAddr) {
			path = append([]place.Sel{{Kind: place.Field, Var: fieldOf(fa.X.Type(), fa.Field)}}, path...)
			if w, g = e.s.Resolve(fa.X, g); g == nil {
				return true
			}
		}
		a, ok := w.(*ssa.Alloc)
		if !ok || e.value(a, path) {
			return true
		}
	}
	return false
}

// returned follows a result to where the function was called.
func (e *escape) returned(v ssa.Value, sels []place.Sel, r *ssa.Return) bool {
	for _, f := range e.frames[r.Parent()] {
		if f.At == nil {
			return true // of the scope itself
		}
		if f.At.Starts != nil || f.At.Ev.Kind != skeleton.CallFn {
			continue // nobody gets it
		}
		call, ok := f.At.Ev.Instr.(*ssa.Call)
		if !ok || f.At.Ev.Defer != nil {
			continue
		}
		for i, x := range r.Results {
			if x != v {
				continue
			}
			if len(r.Results) == 1 && e.value(call, sels) || len(r.Results) > 1 && e.extracted(call, i, sels) {
				return true
			}
		}
	}
	return false
}

func (e *escape) extracted(call *ssa.Call, i int, sels []place.Sel) bool {
	for _, r := range *call.Referrers() {
		if x, ok := r.(*ssa.Extract); ok && x.Index == i && e.value(x, sels) {
			return true
		}
	}
	return false
}

func fieldOf(t types.Type, i int) *types.Var {
	p, ok := t.Underlying().(*types.Pointer)
	if !ok {
		return nil
	}
	st, ok := p.Elem().Underlying().(*types.Struct)
	if !ok {
		return nil
	}
	return st.Field(i).Origin()
}

func key(v ssa.Value, sels []place.Sel) string {
	k := v.Parent().String() + "\x00" + v.Name()
	for _, s := range sels {
		k += "."
		if s.Var != nil {
			k += s.Var.Name()
		}
	}
	return k
}
