package summary

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/lockset"
	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// maxUp bounds the calls that are followed from a function to its callers.
const maxUp = 6

// Unlocked reports whether surely no lock is held before node n of fn: neither
// one that fn has taken, whichever, since locks have aliases, nor one of the
// class that some caller holds. Whoever calls from other packages cannot hold a
// lock that is not exported.
func (p *Package) Unlocked(fn *ssa.Function, n int, c place.Class) bool {
	return p.unlocked(fn, n, c, 0)
}

func (p *Package) unlocked(fn *ssa.Function, n int, c place.Class, up int) bool {
	l := p.locks[fn]
	if l == nil || up > maxUp || len(l.states[n].Paths) == 0 || locksUnseen(l.sk) {
		return false
	}
	for _, path := range l.states[n].Paths {
		if path.Vague || path.Lost != 0 {
			return false
		}
		for _, k := range path.Locks {
			if _, held := k.Held(); held || k.Blurred() || k.Excl == lockset.Lent || k.Share == lockset.Lent {
				return false
			}
		}
	}
	return p.enteredUnlocked(fn, c, up)
}

// locksUnseen reports whether a function takes a lock that the analysis cannot
// name, or one of a type that it does not know.
func locksUnseen(sk *skeleton.Func) bool {
	for i := range sk.Nodes {
		ev := sk.Nodes[i].Ev
		if ev == nil {
			continue
		}
		switch ev.Kind {
		case models.Acquire, models.AcquireShared, models.TryAcquire, models.TryAcquireShr:
			if ev.Obj == nil {
				return true
			}
		case skeleton.CallFn:
			if ev.Callee.Fn == nil && ev.Callee.Call != nil && takesLock(skeleton.Object(ev.Callee.Call)) {
				return true
			}
		}
	}
	return false
}

// takesLock reports whether fn is the Lock or RLock of a type that has Unlock,
// too.
func takesLock(fn *types.Func) bool {
	if fn == nil || fn.Signature().Recv() == nil || fn.Name() != "Lock" && fn.Name() != "RLock" {
		return false
	}
	obj, _, _ := types.LookupFieldOrMethod(fn.Signature().Recv().Type(), true, fn.Pkg(), "Unlock")
	_, ok := obj.(*types.Func)
	return ok
}

// enteredUnlocked reports whether all that can call fn surely do so without a
// lock of the class.
func (p *Package) enteredUnlocked(fn *ssa.Function, c place.Class, up int) bool {
	sites := p.dispatch.sites[fn]
	if p.Expects(fn) || p.uses.values[fn] || p.invoked(fn) {
		return false
	}
	for _, s := range sites {
		if !startsGoroutine(s.ev) && !p.unlocked(s.in, s.node, c, up+1) {
			return false
		}
	}
	if lock, ok := c.Obj.(*types.Var); ok && lock.Exported() && p.Pass.Pkg.Name() != "main" && p.callableElsewhere(fn, p.uses) {
		return false
	}
	return len(sites) > 0 || p.callableElsewhere(fn, p.uses)
}

// invoked reports whether the package may call fn through an interface.
func (p *Package) invoked(fn *ssa.Function) bool {
	recv := fn.Signature.Recv()
	if recv == nil || !p.uses.invoked[fn.Name()] {
		return false
	}
	return slices.ContainsFunc(p.uses.through[fn.Name()], func(t types.Type) bool {
		i, ok := t.Underlying().(*types.Interface)
		return !ok || types.Implements(recv.Type(), i)
	})
}

// Exposed reports whether fn may run while other goroutines have the object
// that v, a parameter or captured variable of fn or a global, leads to: it is
// exported, it runs in a goroutine of its own, or one that is so calls it with
// such an object. Who makes the object has it alone at first.
func (p *Package) Exposed(fn *ssa.Function, v ssa.Value) bool { return p.exposed(fn, v, 0) }

func (p *Package) exposed(fn *ssa.Function, v ssa.Value, up int) bool {
	if up > maxUp {
		return false
	}
	for _, s := range p.dispatch.sites[fn] {
		if s.ev.Kind == models.Spawn || s.ev.Kind == models.WGGo || s.ev.Kind == models.AfterFunc {
			return true
		}
	}
	par, isParam := v.(*ssa.Parameter)
	_, isGlobal := v.(*ssa.Global)
	if !isParam && !isGlobal || fn.Parent() != nil {
		return false
	}
	obj, ok := fn.Object().(*types.Func)
	if ok && obj.Exported() && p.Pass.Pkg.Name() != "main" {
		return true
	}
	for _, s := range p.dispatch.sites[fn] {
		if isGlobal && p.exposed(s.in, v, up+1) {
			return true
		}
		i := slices.Index(fn.Params, par)
		if !isParam || i >= len(s.ev.Callee.Args) {
			continue
		}
		arg := p.Places.Instance(s.ev.Callee.Args[i])
		if arg != nil && !p.Fresh(arg, s.in) && p.exposed(s.in, arg.Root.V, up+1) {
			return true
		}
	}
	return false
}

// Settled reports whether fn, before node n, does something that may wait for
// the goroutines which use an object, or starts them only after it: what it
// does at n is then not concurrent with them, as far as is known.
func (p *Package) Settled(fn *ssa.Function, n int) bool {
	sk := p.skeletons[fn]
	if sk == nil {
		return true
	}
	after := reachable(sk, n)
	for i := range sk.Nodes {
		ev := sk.Nodes[i].Ev
		switch {
		case ev == nil:
		case waits(ev) && reachable(sk, i)[n]:
			return true
		case after[i] && startsGoroutine(ev):
			return true
		}
	}
	return false
}

// waits reports whether an operation waits for goroutines to get somewhere.
func waits(ev *skeleton.Event) bool {
	switch ev.Kind {
	case models.Recv, skeleton.RecvClosed, models.Select, models.WGWait, models.CondWait, models.OnceDo, models.SemAcquire,
		models.AtomicCAS, models.TryAcquire, models.Settle:
		return true
	}
	return false
}

// reachable returns the nodes that control can get to from node n.
func reachable(sk *skeleton.Func, n int) []bool {
	seen := make([]bool, len(sk.Nodes))
	work := slices.Clone(sk.Nodes[n].Succs)
	for len(work) > 0 {
		i := work[len(work)-1]
		work = work[:len(work)-1]
		if !seen[i] {
			seen[i] = true
			work = append(work, sk.Nodes[i].Succs...)
		}
	}
	return seen
}
