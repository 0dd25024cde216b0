package scope

import (
	"go/constant"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// A Primitive is one channel or WaitGroup of a scope.
type Primitive struct {
	Place *place.Place
	Ops   []*Node // the operations on it, select arms included
	// Exact says that these are all operations on it: it is made in the scope
	// and never gets away. Of other primitives anything may be true.
	Exact bool
	Cap   int // capacity of an exact channel, Many if it is not constant
}

// Prim returns the primitive that n operates on, nil if n is no channel or
// WaitGroup operation or its object is unknown.
func (s *Scope) Prim(n *Node) *Primitive { return n.prim }

// Primitives returns the channels and WaitGroups that the scope operates on, in
// the order of their first operation.
func (s *Scope) Primitives() []*Primitive { return s.ordered }

// isSync reports whether the kind is an operation on a channel or WaitGroup.
func isSync(k models.Kind) bool {
	switch k {
	case models.Send, models.Recv, models.Close, skeleton.RecvClosed, skeleton.AtReturn,
		models.WGAdd, models.WGDone, models.WGWait, models.WGGo:
		return true
	}
	return false
}

func (s *Scope) findPrimitives() {
	s.prims = map[*place.Place]*Primitive{}
	for _, n := range s.Nodes {
		if n.Ev == nil || n.Obj == nil || !isSync(n.Ev.Kind) {
			continue
		}
		p := s.prims[n.Obj]
		if p == nil {
			p = &Primitive{Place: n.Obj}
			p.Exact, p.Cap = s.exact(n.Obj)
			s.prims[n.Obj] = p
			s.ordered = append(s.ordered, p)
		}
		p.Ops = append(p.Ops, n)
	}
	for _, n := range s.Nodes {
		if n.Obj != nil {
			n.prim = s.prims[n.Obj]
		}
	}
}

// home returns the frame that an exact primitive does not leave: where it is made,
// or what that returns it to.
func (p *Primitive) home(made *Node) *Frame {
	f := made.Frame
	for f.At != nil && f.At.inner == f && slices.ContainsFunc(p.Ops, func(n *Node) bool { return !n.Frame.inside(f) }) {
		f = f.At.Frame
	}
	return f
}

// inside reports whether f is g, or runs in a call or goroutine that g starts.
func (f *Frame) inside(g *Frame) bool {
	for ; f != nil && f != g; f = f.At.Frame {
		if f.At == nil {
			return false
		}
	}
	return f != nil
}

// relayed reports whether goroutines of one kind hand the channel's message to
// each other: who has it may work. Counting does not tell who does.
func (p *Primitive) relayed() bool {
	for _, n := range p.Ops {
		if n.Ev.Kind != models.Recv || n.Thread.Count <= 1 || p.Cap != 0 {
			continue
		}
		for _, m := range p.Ops {
			if m.Ev.Kind == models.Send && m.Thread == n.Thread {
				return true
			}
		}
	}
	return false
}

func (p *Primitive) has(k models.Kind) bool {
	for _, n := range p.Ops {
		if n.Ev.Kind == k {
			return true
		}
	}
	return false
}

// exact reports whether all uses of the object at p are in the scope.
func (s *Scope) exact(p *place.Place) (ok bool, capacity int) {
	if p.Parent != nil {
		return false, Many
	}
	switch v := p.Root.V.(type) {
	case *ssa.MakeChan:
		c, isConst := v.Size.(*ssa.Const)
		if !isConst {
			c, isConst = s.Pkg.Places.Resolve(v.Size).(*ssa.Const)
		}
		capacity = Many
		if isConst && c.Value != nil {
			if k, exact := constant.Int64Val(c.Value); exact && k < Many {
				capacity = int(k)
			}
		}
		return !s.Escapes(v), capacity
	case *ssa.Alloc:
		return !s.Escapes(v), Many
	case *ssa.Extract:
		return madeGroup(v) && !s.Escapes(v), Many
	}
	return false, Many
}

// madeGroup reports whether v is an errgroup made with a context.
func madeGroup(v *ssa.Extract) bool {
	call, ok := v.Tuple.(*ssa.Call)
	if !ok || v.Index != 0 {
		return false
	}
	obj := skeleton.Object(call.Common())
	if obj == nil {
		return false
	}
	m, ok := models.Lookup(obj)
	return ok && m.Kind == models.GroupMake
}

// Escapes reports whether the object that v names can be operated on outside
// of the scope.
func (s *Scope) Escapes(v ssa.Value) bool {
	e := escape{s: s, root: v, seen: map[ssa.Value]bool{}}
	return e.value(v, 0)
}

type escape struct {
	s    *Scope
	root ssa.Value // what makes the object
	seen map[ssa.Value]bool
}

// value reports whether the object that v refers to gets away through v.
func (e *escape) value(v ssa.Value, depth int) bool {
	if e.seen[v] {
		return false
	}
	e.seen[v] = true
	if depth > 12 || v.Referrers() == nil || !e.s.fns[v.Parent()] || e.s.partial[v.Parent()] {
		return true
	}
	for _, r := range *v.Referrers() {
		if e.use(v, r, depth) {
			return true
		}
	}
	return false
}

// use reports whether one use of v lets its object get away.
func (e *escape) use(v ssa.Value, r ssa.Instruction, depth int) bool {
	switch r := r.(type) {
	case *ssa.DebugRef, *ssa.Select, *ssa.If, *ssa.BinOp:
		if sel, ok := r.(*ssa.Select); ok {
			for _, st := range sel.States {
				if st.Send == v {
					return true
				}
			}
		}
		return false
	case *ssa.Send:
		return r.X == v
	case *ssa.UnOp:
		if isLoadOf(r, v) && !isRef(r.Type()) {
			return false // the variable's own value
		}
		if isLoadOf(r, v) {
			return e.value(r, depth+1)
		}
		return false // receive
	case *ssa.ChangeType:
		return e.value(r, depth+1)
	case *ssa.FieldAddr: // a promoted method's receiver
		return e.value(r, depth+1)
	case *ssa.Store:
		return e.store(v, r, depth)
	case *ssa.Return:
		return e.returned(v, r, depth)
	case *ssa.MakeClosure:
		fn := r.Fn.(*ssa.Function)
		for i, b := range r.Bindings {
			if b == v && (i >= len(fn.FreeVars) || fn.Synthetic != "" && e.boundEscapes(fn) || fn.Synthetic == "" && e.value(fn.FreeVars[i], depth+1)) {
				return true
			}
		}
		return false
	case ssa.CallInstruction:
		return e.call(v, r, depth)
	}
	return true
}

// boundEscapes reports whether a bound method value is of something that the
// models do not know.
func (e *escape) boundEscapes(fn *ssa.Function) bool {
	obj, ok := fn.Object().(*types.Func)
	if !ok {
		return true
	}
	m, ok := models.Lookup(obj)
	return !ok || m.Obj != 0
}

func isLoadOf(u *ssa.UnOp, v ssa.Value) bool { return u.Op.String() == "*" && u.X == v }

func isRef(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Pointer, *types.Chan, *types.Map, *types.Slice, *types.Signature, *types.Interface:
		return true
	}
	return false
}

// store reports whether a store of v, or to v, lets v's object get away: only
// a cell that is stored once keeps it.
func (e *escape) store(v ssa.Value, st *ssa.Store, depth int) bool {
	if st.Addr == v {
		return false
	}
	cell, ok := st.Addr.(*ssa.Alloc)
	if !ok {
		return true
	}
	var load ssa.Value
	for _, r := range *cell.Referrers() {
		if u, ok := r.(*ssa.UnOp); ok {
			load = u
		}
	}
	if load != nil && e.s.Pkg.Places.Resolve(load) != e.s.Pkg.Places.Resolve(v) {
		return true // stored more than once
	}
	return e.value(cell, depth+1)
}

// returned reports whether the object gets away from one of the calls in the scope
// that v is returned to.
func (e *escape) returned(v ssa.Value, r *ssa.Return, depth int) bool {
	for _, f := range e.s.frames {
		if f.Fn != r.Parent() {
			continue
		}
		if f.At == nil || f.At.Ev.Kind != skeleton.CallFn || f.At.inner != f {
			return true
		}
		call, ok := f.At.Ev.Instr.(*ssa.Call)
		if !ok || f.repeats() {
			return true
		}
		for i, x := range r.Results {
			if x == v && e.result(f, call, i, len(r.Results), depth) {
				return true
			}
		}
	}
	return false
}

// repeats reports whether f is called in a loop. What its calls return is then
// not counted apart.
func (f *Frame) repeats() bool {
	for ; f.At != nil && f.At.inner == f; f = f.At.Frame {
		if f.At.Block == nil || f.At.Frame.Skel.InLoop(f.At.Block) {
			return true
		}
	}
	return false
}

// result reports whether the object gets away through the i-th of n results of
// the call that f activates, or may be another one in the caller's eyes.
func (e *escape) result(f *Frame, call *ssa.Call, i, n, depth int) bool {
	same := func(x ssa.Value) bool {
		p := e.s.Place(e.s.Pkg.Places.Of(x), f.Up)
		return p != nil && p.Parent == nil && p.Root == place.Root{V: e.root, Ctx: f.ID}
	}
	if n == 1 {
		return !same(call) || e.value(call, depth+1)
	}
	for _, r := range *call.Referrers() {
		if x, ok := r.(*ssa.Extract); ok && x.Index == i && (!same(x) || e.value(x, depth+1)) {
			return true
		}
	}
	return false
}

func (e *escape) call(v ssa.Value, ci ssa.CallInstruction, depth int) bool {
	c := ci.Common()
	if bi, ok := c.Value.(*ssa.Builtin); ok {
		return bi.Name() != "close" && bi.Name() != "len" && bi.Name() != "cap"
	}
	if obj := skeleton.Object(c); obj != nil {
		if m, ok := models.Lookup(obj); ok {
			if m.Obj < 0 && obj.Pkg().Path() == "testing" && argIndex(c, v) == 0 {
				return false // a method of the test itself
			}
			return m.Obj < 0 || m.Kind == models.SigNotify || argIndex(c, v) != m.Obj
		}
	}
	if i := argIndex(c, v); i >= 0 && e.s.exactFor(c, i) {
		return false
	}
	t := skeleton.FuncOf(e.s.Pkg.Places, c.Value)
	if t.Fn == nil || c.IsInvoke() || !e.s.fns[t.Fn] {
		return true
	}
	for i, a := range c.Args {
		k := i + len(t.Args)
		if a == v && (k >= len(t.Fn.Params) || e.value(t.Fn.Params[k], depth+1)) {
			return true
		}
	}
	return false
}

func argIndex(c *ssa.CallCommon, v ssa.Value) int {
	off := 0
	if c.IsInvoke() {
		if c.Value == v {
			return 0
		}
		off = 1
	}
	for i, a := range c.Args {
		if a == v {
			return i + off
		}
	}
	return -1
}
