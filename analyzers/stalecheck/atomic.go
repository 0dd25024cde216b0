package stalecheck

import (
	"go/constant"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// atomic reports a Store, at node act, of an atomic variable or an entry of a
// sync.Map that was loaded before, if a branch on what was loaded leads there.
// No lock is held, which may exclude others.
func (f *function) atomic(act int, ev *skeleton.Event) {
	isMap := ev.Kind == models.MapStore
	store, ok := ev.Instr.(*ssa.Call)
	if !isMap && ev.Kind != models.AtomicStore || !ok || len(store.Call.Args) < 2 ||
		f.p.Fresh(ev.Obj, f.fn) || len(f.p.LocksAt(f.fn, act)) > 0 || f.p.Expects(f.fn) || f.locks() {
		return
	}
	for look := range f.sk.Nodes {
		seen := f.sk.Nodes[look].Ev
		if seen == nil || seen.Obj != ev.Obj || seen.Kind != models.AtomicLoad && seen.Kind != models.MapLoad {
			continue
		}
		load, ok := seen.Instr.(*ssa.Call)
		if !ok || !dependsOn(store, load) || isMap && !sameKey(load.Call.Args[1], store.Call.Args[1]) {
			continue
		}
		name := ev.Obj.String()
		if isMap {
			f.report(look, act, name, text(name, "loaded", "use LoadOrStore or CompareAndSwap"))
			return
		}
		if settles(store.Call.Args[len(store.Call.Args)-1]) && !alone(store) {
			f.report(look, act, name, text(name, "loaded", "use CompareAndSwap"))
			return
		}
	}
}

// settles reports whether storing v may undo what others store: nil, zero and
// false are stored to give something up, by who has it.
func settles(v ssa.Value) bool {
	c, ok := v.(*ssa.Const)
	switch {
	case !ok:
		return true
	case c.Value == nil:
		return false
	case c.Value.Kind() == constant.Bool:
		return constant.BoolVal(c.Value)
	}
	return c.Value.ExactString() != "0"
}

// sameKey reports whether two keys of a map are surely equal.
func sameKey(a, b ssa.Value) bool {
	a, b = inner(a), inner(b)
	if a == b {
		return true
	}
	x, ok := a.(*ssa.Const)
	y, too := b.(*ssa.Const)
	return ok && too && x.Value != nil && y.Value != nil && constant.Compare(x.Value, token.EQL, y.Value)
}

func inner(v ssa.Value) ssa.Value {
	if m, ok := v.(*ssa.MakeInterface); ok {
		return m.X
	}
	return v
}

// alone reports whether a branch does nothing but store constants: who comes
// second stores the same once more.
func alone(store *ssa.Call) bool {
	for _, instr := range store.Block().Instrs {
		switch x := instr.(type) {
		case *ssa.FieldAddr, *ssa.UnOp, *ssa.Jump, *ssa.DebugRef:
		case *ssa.Call:
			if !constantStore(x) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// constantStore reports whether a call stores a constant atomically.
func constantStore(call *ssa.Call) bool {
	obj := skeleton.Object(&call.Call)
	if obj == nil {
		return false
	}
	m, ok := models.Lookup(obj)
	if !ok || m.Kind != models.AtomicStore {
		return false
	}
	_, ok = call.Call.Args[len(call.Call.Args)-1].(*ssa.Const)
	return ok
}

// locks reports whether the function takes a lock of a type that is not package
// sync's.
func (f *function) locks() bool {
	for i := range f.sk.Nodes {
		ev := f.sk.Nodes[i].Ev
		if ev == nil || ev.Kind != skeleton.CallFn || ev.Callee.Call == nil {
			continue
		}
		obj := skeleton.Object(ev.Callee.Call)
		if obj == nil || obj.Name() != "Lock" || obj.Signature().Recv() == nil {
			continue
		}
		if unlock, _, _ := types.LookupFieldOrMethod(obj.Signature().Recv().Type(), true, obj.Pkg(), "Unlock"); unlock != nil {
			return true
		}
	}
	return false
}
