package stalecheck

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/lockset"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
	"github.com/concvet/concvet/analyzers/internal/summary"
)

// locked reports a write, at node act, with a lock held exclusively, if a branch
// to it depends on what was read while the lock was held for reading only, and
// nobody has looked again since. Of a map the entry of one key is meant.
func (f *function) locked(act int, ev *skeleton.Event) {
	if ev.Kind != skeleton.Write || summary.FieldOf(ev.Obj) == nil && !global(ev.Obj) || f.p.Fresh(ev.Obj, f.fn) {
		return
	}
	lock, ok := f.holds(act, lockset.Exclusive)
	if !ok || !f.kept(ev.Instr) {
		return
	}
	look := -1
	for i := range f.sk.Nodes {
		seen := f.sk.Nodes[i].Ev
		if seen == nil || seen.Kind != skeleton.Read || seen.Obj != ev.Obj || seen.Access != ev.Access || seen.Defer != nil {
			continue
		}
		at, held := f.holds(i, lockset.Shared)
		if !held {
			if _, again := f.holds(i, lockset.Exclusive); again {
				return // looks again
			}
			continue
		}
		v, isValue := seen.Instr.(ssa.Value)
		if isValue && at.Place == lock.Place && keyed(seen.Instr, ev.Instr) && dependsOn(ev.Instr, v) {
			look = i
		}
	}
	if look < 0 {
		return
	}
	name := ev.Obj.String()
	f.report(look, act, name, text(name, "read under "+lock.Place.String()+".RLock", "look again under Lock"))
}

func global(q *place.Place) bool {
	_, ok := q.Root.V.(*ssa.Global)
	return ok
}

// holds returns the only lock held at a node, if it is held in the mode.
func (f *function) holds(n int, m lockset.Mode) (h summary.HeldLock, ok bool) {
	held := f.p.LocksAt(f.fn, n)
	if len(held) != 1 || held[0].Place == nil || held[0].Mode != m {
		return h, false
	}
	return held[0], true
}

// kept reports whether a write stores an object, of which users must not have
// two: a value that is stored twice is the same, or newer.
func (f *function) kept(write ssa.Instruction) bool {
	var v ssa.Value
	switch x := write.(type) {
	case *ssa.Store:
		v = x.Val
	case *ssa.MapUpdate:
		v = x.Value
	default:
		return true
	}
	switch v.Type().Underlying().(type) {
	case *types.Pointer, *types.Map, *types.Chan, *types.Signature:
		return settles(v)
	case *types.Interface:
		return settles(v) && !skeleton.IsError(v.Type())
	}
	return false
}

// keyed reports whether look and act are about the same entry, if they are about
// a map.
func keyed(look, act ssa.Instruction) bool {
	l, ok := look.(*ssa.Lookup)
	u, too := act.(*ssa.MapUpdate)
	if !ok || !too {
		return ok == too
	}
	return sameKey(l.Index, u.Key)
}
