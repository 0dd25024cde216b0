package scope

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// A dependence asks what the values that a thread computes are made of. A
// value is free if nothing that a lock may guard goes into it. What is not
// known may be guarded.
type dependence struct {
	s      *Scope
	t      *Thread
	lock   *place.Place
	seen   map[valueIn]bool // asked before: assumed to be free, as in a loop
	varies bool             // something differs between the goroutines of t
}

// free reports whether v, a value of frame f, is free. If v is a reference, so
// must be what it refers to.
func (d *dependence) free(v ssa.Value, f *Frame) bool {
	v, f = d.s.Resolve(v, f)
	k := valueIn{v, f}
	if d.seen[k] {
		return true
	}
	d.seen[k] = true
	if v.Parent() == nil {
		_, variable := v.(*ssa.Global)
		return !variable || d.memory(d.s.Place(d.s.Pkg.Places.Of(v), f))
	}
	if f == nil {
		return false
	}
	if f.Exit.Thread != d.t {
		return d.given(v, f)
	}
	switch v := v.(type) {
	case *ssa.Parameter:
		d.varies = true
		return !isRef(v.Type()) // bound to nothing that is known
	case *ssa.UnOp:
		return d.unary(v, f)
	case *ssa.Lookup:
		return d.free(v.X, f) && d.free(v.Index, f)
	case *ssa.Alloc, *ssa.MakeSlice, *ssa.MakeMap:
		return d.contents(v, f, 0)
	case *ssa.Call:
		return d.call(v, f)
	case *ssa.BinOp, *ssa.Convert, *ssa.ChangeType, *ssa.ChangeInterface, *ssa.MakeInterface, *ssa.Slice,
		*ssa.Field, *ssa.Index, *ssa.FieldAddr, *ssa.IndexAddr, *ssa.Extract, *ssa.TypeAssert, *ssa.Phi, *ssa.Next, *ssa.Range:
		return d.operands(v.(ssa.Instruction), f)
	}
	return false
}

func (d *dependence) operands(i ssa.Instruction, f *Frame) bool {
	for _, op := range i.Operands(nil) {
		if *op != nil && !d.free(*op, f) {
			return false
		}
	}
	return true
}

// shares reports whether v is a reference to an object that all goroutines of
// the thread use. A context does not count: it is made for that.
func (d *dependence) shares(v ssa.Value, f *Frame) bool {
	if !isRef(v.Type()) || types.TypeString(v.Type(), nil) == "context.Context" {
		return false
	}
	v, f = d.s.Resolve(v, f)
	p := d.s.Place(d.s.Pkg.Places.Of(v), f)
	if _, ok := v.(*ssa.Const); ok || p == nil || d.s.own(p.Root, d.t) {
		return false
	}
	if def, ok := v.(ssa.Instruction); ok && !p.Exact() && f != nil && d.s.inLoop(f.First(def.Block())) {
		return false // another element each time
	}
	return !d.s.inLoop(d.s.made(p))
}

// inLoop is [Scope.InLoop] for a node that may be nil.
func (s *Scope) inLoop(n *Node) bool { return n != nil && s.InLoop(n) }

// differs reports whether the operation at n is about another thing in each
// goroutine: another file or command by the first of its strings, or, if it has
// none, by whatever it is given.
func (d *dependence) differs(n *Node) bool {
	args, f := n.Ev.Callee.Args, n.Frame
	if callee := CalleeOf(n); callee != nil && callee.Signature().Recv() != nil && len(args) == 1 {
		v, g := d.s.Resolve(args[0], f)
		if c, ok := v.(*ssa.Call); ok && g != nil && !c.Call.IsInvoke() {
			args, f = c.Call.Args, g // exec.Command(name).Run()
		}
	}
	for _, a := range args {
		if b, ok := a.Type().Underlying().(*types.Basic); ok && b.Kind() == types.String {
			args = []ssa.Value{a}
			break
		}
	}
	e := dependence{s: d.s, t: d.t, lock: d.lock, seen: map[valueIn]bool{}}
	for _, a := range args {
		if !e.free(a, f) {
			return false
		}
	}
	return e.varies
}

// given is free for a value that the thread was started with.
func (d *dependence) given(v ssa.Value, f *Frame) bool {
	if def, ok := v.(ssa.Instruction); ok {
		d.varies = d.varies || d.s.inLoop(f.First(def.Block()))
	}
	return !isRef(v.Type()) || d.memory(d.s.Place(d.s.Pkg.Places.Of(v), f))
}

func (d *dependence) unary(v *ssa.UnOp, f *Frame) bool {
	switch v.Op {
	case token.ARROW: // not under the lock: each goroutine gets something else
		d.varies = true
		return true
	case token.MUL:
		p := d.s.Place(d.s.Pkg.Places.Of(v.X), f)
		if p != nil && !d.s.own(p.Root, d.t) {
			return d.memory(p) && d.indices(v.X, f)
		}
	}
	return d.free(v.X, f)
}

// indices reports whether the indices by which an address is computed are
// free.
func (d *dependence) indices(addr ssa.Value, f *Frame) bool {
	for range 8 {
		switch v := addr.(type) {
		case *ssa.IndexAddr:
			if !d.free(v.Index, f) {
				return false
			}
			addr = v.X
		case *ssa.FieldAddr:
			addr = v.X
		case *ssa.UnOp:
			addr = v.X
		default:
			return true
		}
	}
	return true
}

// memory reports whether the lock does not guard the memory at p.
func (d *dependence) memory(p *place.Place) bool {
	switch {
	case p == nil || p.Root == d.lock.Root:
		return false
	case d.s.own(p.Root, d.t):
		return d.free(p.Root.V, d.s.frames[p.Root.Ctx])
	}
	d.varies = d.varies || d.s.inLoop(d.s.made(p))
	for _, n := range d.s.writes[p.Root] {
		if n.Thread.ID != 0 || d.s.afterSpawn(n) {
			return false
		}
	}
	_, local := d.lock.Root.V.(*ssa.Alloc)
	return local || !d.s.written(p.Class())
}

// written reports whether a function of the package writes to memory of class
// c. What is written when the package is initialised does not count.
func (s *Scope) written(c place.Class) bool {
	for _, fn := range s.Pkg.Funcs {
		sk := s.Pkg.Skeleton(fn)
		for i := 0; sk != nil && i < len(sk.Nodes); i++ {
			if ev := sk.Nodes[i].Ev; ev != nil && ev.Kind == skeleton.Write && ev.Obj != nil && ev.Obj.Class() == c {
				return true
			}
		}
	}
	return false
}

// contents reports whether all that is put into an object of the thread's own
// is free.
func (d *dependence) contents(v ssa.Value, f *Frame, depth int) bool {
	if v.Referrers() == nil || depth > 4 {
		return false
	}
	for _, r := range *v.Referrers() {
		ok := true
		switch r := r.(type) {
		case *ssa.Store:
			ok = r.Addr != v || d.free(r.Val, f)
		case *ssa.MapUpdate:
			ok = r.Map != v || d.free(r.Key, f) && d.free(r.Value, f)
		case *ssa.FieldAddr, *ssa.IndexAddr, *ssa.Slice:
			ok = d.contents(r.(ssa.Value), f, depth+1)
		case *ssa.Call:
			ok = d.call(r, f)
		case *ssa.Defer, *ssa.Go, *ssa.MakeClosure:
			ok = false
		}
		if !ok {
			return false
		}
	}
	return true
}

// call reports whether what a call returns, and puts into its arguments, is
// free.
func (d *dependence) call(c *ssa.Call, f *Frame) bool {
	for _, n := range d.s.Nodes {
		if n.inner != nil && n.Frame == f && n.Ev != nil && n.Ev.Instr == ssa.Instruction(c) {
			return d.results(n.inner)
		}
	}
	if _, ok := c.Call.Value.(*ssa.Builtin); !ok {
		obj := skeleton.Object(&c.Call)
		if obj == nil {
			return false
		}
		if m, _ := models.Of(obj); m.Effect&models.Unknown != 0 {
			return false
		}
	}
	if c.Call.IsInvoke() && !d.free(c.Call.Value, f) {
		return false
	}
	for _, a := range c.Call.Args {
		if !d.free(a, f) {
			return false
		}
	}
	return true
}

// results reports whether all that an activation returns is free.
func (d *dependence) results(f *Frame) bool {
	for _, b := range f.Fn.Blocks {
		ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok {
			continue
		}
		for _, v := range ret.Results {
			if !d.free(v, f) {
				return false
			}
		}
	}
	return true
}
