package explore

import (
	"go/constant"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/scope"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// objects numbers the primitives of a scope that are fully known.
type objects struct {
	own     *owner
	number  map[*place.Place]int // -1 for those that are not fully known
	list    []Object
	places  []*place.Place
	locks   map[int]int            // by cond: its lock
	made    map[*scope.Node][]int  // objects that are made anew where control passes the node
	at      map[*scope.Node]int    // by operation: its object
	threads map[*scope.Thread]bool // whether threads are simply started goroutines, as far as known
}

// findObjects looks at all operations of the scope. It returns nil if none is
// on an object that is fully known.
func findObjects(s *scope.Scope) *objects {
	o := &objects{
		number: map[*place.Place]int{}, locks: map[int]int{}, made: map[*scope.Node][]int{}, at: map[*scope.Node]int{},
		threads: map[*scope.Thread]bool{},
	}
	var ops []*scope.Node
	for _, n := range s.Nodes {
		if n.Ev != nil && n.Obj != nil && isOp(n.Ev.Kind) {
			ops = append(ops, n)
		}
	}
	if len(ops) == 0 {
		return nil
	}
	o.own = newOwner(s)
	for _, n := range ops {
		if p := o.own.object(n.Obj); p != nil && !o.plain(n, p) {
			o.number[p] = -1
		}
	}
	for _, n := range ops {
		if i := o.of(n); i >= 0 {
			o.at[n] = i
		}
	}
	o.findCancels(s)
	o.dropBroken(s)
	if len(o.at) == 0 {
		return nil
	}
	return o
}

// dropBroken forgets conds whose lock is not known.
func (o *objects) dropBroken(s *scope.Scope) {
	for _, n := range s.Nodes {
		i, ok := o.at[n]
		if !ok || o.list[i].Kind != Cond {
			continue
		}
		if _, ok := o.locks[i]; !ok {
			delete(o.at, n)
		}
	}
}

// isOp reports whether the kind is an operation that the machine knows.
func isOp(k models.Kind) bool {
	switch k {
	case models.Send, models.Recv, models.Close, models.Acquire, models.AcquireShared, models.Release, models.ReleaseShared,
		models.TryAcquire, models.TryAcquireShr, models.WGAdd, models.WGDone, models.WGWait, models.WGGo, skeleton.AtReturn,
		models.CondWait, models.CondSignal, models.CondBroadcast, models.OnceDo, models.Limit:
		return true
	}
	return false
}

// plain reports whether the machine can do what n does to p.
func (o *objects) plain(n *scope.Node, p *place.Place) bool {
	switch n.Ev.Kind {
	case models.TryAcquire, models.TryAcquireShr, models.Limit:
		return false
	case models.WGAdd:
		if !n.Ev.Known || n.Ev.Delta > saturated || n.Ev.Delta < -saturated {
			return false
		}
	case models.WGGo:
		if n.Starts == nil || !n.Starts.Known() {
			return false // nor does one see when it ends
		}
	case models.CondWait:
		if o.own.s.InLoop(n) {
			return false // it waits for what data say, not for a signal
		}
	case models.OnceDo:
		if n.Inlined() == nil {
			return false
		}
	}
	return !n.Ev.Try && o.started(n.Thread)
}

// started reports whether t and its ancestors are started by a go statement or
// wg.Go: others may run at any time or not at all.
func (o *objects) started(t *scope.Thread) bool {
	if ok, known := o.threads[t]; known {
		return ok
	}
	ok := true
	if t.Spawn != nil {
		k := t.Spawn.Ev.Kind
		ok = (k == models.Spawn || k == models.WGGo) && t.Known() && o.started(t.Parent)
	}
	o.threads[t] = ok
	return ok
}

// of returns the number of the object that n operates on, -1 if it is not
// fully known.
func (o *objects) of(n *scope.Node) int { return o.index(o.own.object(n.Obj)) }

func (o *objects) index(p *place.Place) int {
	if p == nil {
		return -1
	}
	if i, ok := o.number[p]; ok {
		return i
	}
	o.number[p] = -1
	obj, ok := o.describe(p)
	if !ok || len(o.list) >= maxObjects || p.Sel.Kind != place.Done && !o.own.owned(p) {
		return -1
	}
	f := o.own.s.Frames()[p.Root.Ctx]
	instr, ok := p.Root.V.(ssa.Instruction)
	if !ok {
		return -1
	}
	first := f.First(instr.Block())
	if first == nil {
		return -1
	}
	i := len(o.list)
	obj.Many = o.own.s.InLoop(first) || first.Thread.Count > 1
	if obj.Many {
		o.made[first] = append(o.made[first], i)
	}
	o.number[p] = i
	o.list, o.places = append(o.list, obj), append(o.places, p)
	if obj.Kind == Cond {
		call := p.Root.V.(*ssa.Call)
		m, _ := models.Lookup(skeleton.Object(call.Common()))
		if l := o.index(o.own.object(o.own.s.Place(o.own.s.Pkg.Places.Of(call.Call.Args[m.Locker]), f))); l >= 0 {
			o.locks[i] = l
		}
	}
	return i
}

// describe returns what kind of object is at p.
func (o *objects) describe(p *place.Place) (Object, bool) {
	switch v := p.Root.V.(type) {
	case *ssa.MakeChan:
		c := o.capacity(v, p.Root.Ctx)
		return Object{Kind: Chan, Cap: c}, p.Parent == nil && c >= 0
	case *ssa.Call:
		f := skeleton.Object(v.Common())
		if p.Parent != nil || f == nil {
			return Object{}, false
		}
		m, ok := models.Lookup(f)
		return Object{Kind: Cond}, ok && m.Kind == models.CondNew
	case *ssa.Extract:
		return Object{Kind: Chan}, p.Parent != nil && p.Parent.Parent == nil && p.Sel.Kind == place.Done && o.own.cancelled(v)
	case *ssa.Alloc:
		t := v.Type().Underlying().(*types.Pointer).Elem()
		if p.Parent != nil && p.Sel.Kind == place.Field {
			t = p.Sel.Var.Type()
		}
		return kindOf(t)
	}
	return Object{}, false
}

// capacity returns the capacity of a channel, Unbounded if it is not constant.
func (o *objects) capacity(v *ssa.MakeChan, ctx int) int {
	if ctx >= len(o.own.s.Frames()) {
		return Unbounded
	}
	x, _ := o.own.s.Resolve(v.Size, o.own.s.Frames()[ctx])
	c, ok := x.(*ssa.Const)
	if !ok || c.Value == nil || c.Value.Kind() != constant.Int {
		return Unbounded
	}
	if k, exact := constant.Int64Val(c.Value); exact && 0 <= k && k < saturated {
		return int(k)
	}
	return Unbounded
}

// kindOf returns the kind of object that type t of package sync is.
func kindOf(t types.Type) (Object, bool) {
	n, ok := types.Unalias(t).(*types.Named)
	if !ok || n.Obj().Pkg() == nil || n.Obj().Pkg().Path() != "sync" {
		return Object{}, false
	}
	switch n.Obj().Name() {
	case "Mutex":
		return Object{Kind: Mutex}, true
	case "RWMutex":
		return Object{Kind: RWMutex}, true
	case "WaitGroup":
		return Object{Kind: WaitGroup}, true
	case "Once":
		return Object{Kind: Once}, true
	}
	return Object{}, false
}

// users returns the threads that operate on what the goroutines wait for.
func (o *objects) users(blocked []Blocked) map[*scope.Thread]bool {
	objs, out := map[int]bool{}, map[*scope.Thread]bool{}
	for _, b := range blocked {
		if i, ok := o.at[b.Node]; ok {
			objs[i] = true
		}
	}
	for n, i := range o.at {
		if objs[i] {
			out[n.Thread] = true
		}
	}
	return out
}
