package summary

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/lockset"
	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// A Leak is a way out of a function that leaves a lock held which the function
// has taken and gives up on other ways.
type Leak struct {
	Fn     *ssa.Function
	Lock   *place.Place
	Class  place.Class
	Mode   lockset.Mode
	Since  int  // the node that takes the lock
	Exit   int  // the node of the way out: a Return, or the end of a recovered panic
	Unlock int  // a node that gives the lock up on another way out
	Always bool // the lock is held whenever the function ends at Exit
}

// Leaks returns the locks that fn forgets to give up. Those that it may mean to
// leave held are not among them: that it gives to its caller, to another
// goroutine or to whoever calls a function that it hands out.
func (p *Package) Leaks(fn *ssa.Function) []Leak {
	l := p.locks[fn]
	if l == nil || len(l.names) == 0 {
		return nil
	}
	var out []Leak
	for id, name := range l.names {
		if name.class.Obj == nil || slices.ContainsFunc(out, func(k Leak) bool { return k.Lock == name.place }) {
			continue
		}
		if k, ok := p.leak(l, fn, id); ok {
			out = append(out, k)
		}
	}
	return out
}

// leak looks for a way out on which one lock is held.
func (p *Package) leak(l *lockInfo, fn *ssa.Function, id int) (Leak, bool) {
	name := l.names[id]
	free, best := -1, -2 // luck of the luckiest way out that has given up the lock
	for _, e := range l.exits {
		for _, path := range e.Paths {
			k := path.Lock(id)
			if _, held := k.Held(); held || path.Vague || k.Blurred() || k.Excl != lockset.Free && k.Share != lockset.Free {
				continue
			}
			free, best = k.Site, max(best, p.luck(fn, e.Node))
		}
	}
	worst := best - p.releasable(name.class)
	if n, ok := l.unlocks[id]; ok && free < 0 && p.balance.releasers[name.class] < 2 {
		free, worst = n, -1 // as in a loop that is only left by the return in question
	}
	if free < 0 || p.handedOut(fn, name) || l.inLoops(name.class) || p.deferred(fn, name.class) {
		return Leak{}, false
	}
	for _, e := range l.exits {
		for _, path := range e.Paths {
			k := path.Lock(id)
			m, held := k.Held()
			if !held || path.Vague || k.Excl == lockset.Back || k.Share == lockset.Back {
				continue
			}
			if p.luck(fn, e.Node) > worst || p.returned(fn, e.Node, name.place) {
				continue // takes the lock for its caller, if it succeeds
			}
			return Leak{Fn: fn, Lock: name.place, Class: name.class, Mode: m, Since: k.Site, Exit: e.Node, Unlock: free, Always: alwaysHeld(e.Paths, id)}, true
		}
	}
	return Leak{}, false
}

// alwaysHeld reports whether a lock is held at the end of all paths.
func alwaysHeld(paths []lockset.Path, id int) bool {
	for _, path := range paths {
		k := path.Lock(id)
		if _, held := k.Held(); !held || path.Vague || k.Blurred() {
			return false
		}
	}
	return true
}

// deferred reports whether a deferred function gives up a lock of the class on
// some path: under a condition, since the lock would not be held otherwise, and
// whether that holds is then for the program to know.
func (p *Package) deferred(fn *ssa.Function, c place.Class) bool {
	for i := range p.skeletons[fn].Nodes {
		ev := p.skeletons[fn].Nodes[i].Ev
		if ev == nil || ev.Defer == nil || ev.Callee.Fn == nil || p.skeletons[ev.Callee.Fn] == nil {
			continue
		}
		for _, n := range p.skeletons[ev.Callee.Fn].Nodes {
			if n.Ev != nil && (n.Ev.Kind == models.Release || n.Ev.Kind == models.ReleaseShared) && n.Ev.Obj.Class() == c {
				return true
			}
		}
	}
	return false
}

// luck tells whether a function that returns at a node has done what it was
// asked for, as far as the results say: 1 for true or a nil error, -1 for false
// or an error, 0 if unclear.
func (p *Package) luck(fn *ssa.Function, n int) int {
	ev := p.skeletons[fn].Nodes[n].Ev
	ret, ok := ev.Instr.(*ssa.Return)
	if !ok || len(ret.Results) == 0 {
		return 0
	}
	last := ret.Results[len(ret.Results)-1]
	switch v := p.Places.Resolve(last).(type) {
	case *ssa.Const:
		switch {
		case v.Value != nil && v.Value.Kind() == constant.Bool && !constant.BoolVal(v.Value):
			return -1
		case skeleton.IsError(last.Type()) && v.IsNil():
			return 1
		case skeleton.IsError(last.Type()), v.IsNil():
			return -1
		}
		return 1
	default:
		if skeleton.IsError(last.Type()) {
			return -1
		}
		if isBool(last) {
			return 0
		}
	}
	return 1
}

// releasable tells whether somebody else may give up a lock of the class that
// a function leaves held: 1 if a function of the package does such a thing, 0 if
// one does for callers that hold it, or one of another package might, -2 if
// nobody can.
func (p *Package) releasable(c place.Class) int {
	switch n := p.balance.releasers[c]; {
	case n > 0:
		return n - 1
	case !p.private(c):
		return 0
	}
	return -2
}

// private reports whether only this package can name the locks of a class.
func (p *Package) private(c place.Class) bool {
	if p.Pass.Pkg.Name() == "main" {
		return true
	}
	switch obj := c.Obj.(type) {
	case *types.Var:
		return !obj.Exported()
	case *ssa.Global:
		return !token.IsExported(obj.Name())
	}
	return true // a local variable
}

// returned reports whether a function returns, at a node, something through
// which its caller gets at the lock.
func (p *Package) returned(fn *ssa.Function, n int, lock *place.Place) bool {
	ret, ok := p.skeletons[fn].Nodes[n].Ev.Instr.(*ssa.Return)
	if !ok {
		return false
	}
	for _, v := range ret.Results {
		if q := p.Places.Instance(v); q != nil && lock.Under(q) && lock != q {
			return true
		}
		made, ok := p.Places.Resolve(v).(*ssa.Alloc)
		if ok && p.holds(made, lock) {
			return true
		}
	}
	return false
}

// holds reports whether something that leads to the lock is stored in a struct.
func (p *Package) holds(made *ssa.Alloc, lock *place.Place) bool {
	for _, r := range *made.Referrers() {
		f, ok := r.(*ssa.FieldAddr)
		if !ok {
			continue
		}
		for _, r := range *f.Referrers() {
			if st, ok := r.(*ssa.Store); ok && st.Addr == f {
				if q := p.Places.Instance(st.Val); q != nil && lock.Under(q) {
					return true
				}
			}
		}
	}
	return false
}

// handedOut reports whether fn gives the lock, or a function that gives it up,
// to somebody unknown.
func (p *Package) handedOut(fn *ssa.Function, name lockName) bool {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			var v ssa.Value
			switch instr := instr.(type) {
			case *ssa.MakeClosure:
				if p.unlocks(instr, name) && p.escapes(instr, 0) {
					return true
				}
				continue
			case *ssa.FieldAddr, *ssa.IndexAddr, *ssa.Alloc, *ssa.UnOp:
				v = instr.(ssa.Value)
			default:
				continue
			}
			if _, isPtr := v.Type().Underlying().(*types.Pointer); isPtr && p.Places.Instance(v) == name.place && p.escapes(v, 0) {
				return true
			}
		}
	}
	return false
}

// unlocks reports whether a func value may give up a lock that its maker has
// taken.
func (p *Package) unlocks(mc *ssa.MakeClosure, name lockName) bool {
	fn := mc.Fn.(*ssa.Function)
	if obj, ok := fn.Object().(*types.Func); ok && fn.Synthetic != "" {
		m, ok := models.Lookup(obj)
		return ok && (m.Kind == models.Release || m.Kind == models.ReleaseShared) && p.Places.Instance(mc.Bindings[0]) == name.place
	}
	f := p.funcs[skeleton.FuncOf(p.Places, mc).Fn]
	if f == nil {
		return true
	}
	for _, o := range f.Outcomes {
		for _, e := range o.Effects {
			if e.Excl != lockset.Held && e.Share != lockset.Held && (e.Ref.Param >= 0 || e.Ref.Base == name.place) {
				return true
			}
		}
	}
	return false
}

// escapes reports whether v is used otherwise than to call it, or a method or
// known function with it.
func (p *Package) escapes(v ssa.Value, depth int) bool {
	if v.Referrers() == nil || depth > 4 {
		return true
	}
	for _, r := range *v.Referrers() {
		switch r := r.(type) {
		case *ssa.DebugRef, *ssa.BinOp, *ssa.UnOp, *ssa.FieldAddr, *ssa.If:
		case *ssa.Store:
			cell, ok := r.Addr.(*ssa.Alloc)
			if r.Val == v && (!ok || p.escapes(cell, depth+1)) {
				return true
			}
		case *ssa.MakeInterface, *ssa.Phi, *ssa.ChangeType:
			if p.escapes(r.(ssa.Value), depth+1) {
				return true
			}
		case *ssa.MakeClosure:
			if skeleton.FuncOf(p.Places, r).Fn == nil {
				continue // a method value of it: looked at by itself
			}
		case ssa.CallInstruction:
			c := r.Common()
			if _, modelled := lookup(c); !modelled && c.Value != v && p.funcs[skeleton.FuncOf(p.Places, c.Value).Fn] == nil {
				return true
			}
		default:
			return true
		}
	}
	return false
}

func lookup(c *ssa.CallCommon) (models.Model, bool) {
	if obj := skeleton.Object(c); obj != nil {
		return models.Lookup(obj)
	}
	return models.Model{}, false
}
