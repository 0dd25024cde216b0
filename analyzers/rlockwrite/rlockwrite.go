package rlockwrite

import (
	"fmt"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/lockset"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/report"
	"github.com/concvet/concvet/analyzers/internal/rule"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
	"github.com/concvet/concvet/analyzers/internal/summary"
)

// Rule is the rule.
var Rule = &rule.Rule{Name: "rlockwrite", Doc: doc, Check: check}

func check(p *rule.Pass) []report.Finding {
	var out []report.Finding
	for _, fn := range p.Funcs {
		type key struct {
			field *place.Place
			line  int
		}
		seen := map[key]bool{}
		var found []report.Finding
		alone := false
		for _, w := range p.LockedWrites(fn) {
			lock, ok := sharedOnly(w)
			if !ok {
				continue
			}
			field := below(w.Obj, owner(lock.Place))
			if field == nil || p.Fresh(field.Parent, fn) {
				continue
			}
			k := key{field, p.Pass.Fset.Position(w.At.Pos).Line} // append is a write of its own
			if !seen[k] && guarded(p, fn, field.Sel.Var, lock.Class) {
				seen[k] = true
				found = append(found, finding(p, fn, &w, lock, field))
				alone = alone || onlyWriter(p, fn, field.Sel.Var, lock.Class)
			}
		}
		if !alone {
			out = append(out, found...)
		}
	}
	return out
}

// sharedOnly returns the lock that a write holds shared, if it holds none
// exclusively.
func sharedOnly(w summary.LockedWrite) (lock summary.HeldLock, ok bool) {
	for _, h := range w.Held {
		if h.Place != nil && !ok {
			lock, ok = h, true
		}
	}
	exclusive := func(h summary.HeldLock) bool { return h.Mode == lockset.Exclusive }
	return lock, ok && !slices.ContainsFunc(w.Held, exclusive) && !slices.ContainsFunc(w.Inner, exclusive)
}

// owner returns the struct that a lock is a field of, nil if it is none.
func owner(lock *place.Place) *place.Place {
	if lock.Parent != nil && lock.Sel.Kind == place.Deref {
		lock = lock.Parent // mu *sync.RWMutex
	}
	if lock.Parent == nil || lock.Sel.Kind != place.Field {
		return nil
	}
	return lock.Parent
}

// below returns the field of the struct at s that the memory at q belongs to,
// nil if it belongs to none.
func below(q, s *place.Place) *place.Place {
	for f := summary.FieldOf(q); f != nil; f = summary.FieldOf(f.Parent) {
		if f.Parent == s && s != nil {
			return f
		}
	}
	return nil
}

// guarded reports whether the lock guards the field elsewhere than in fn:
// every write but those to a struct in the making holds it exclusively, and some
// access does. Locks that mean "in use" when held shared are not like that.
func guarded(p *rule.Pass, fn *ssa.Function, field *types.Var, lock place.Class) bool {
	some := false
	for _, a := range p.Accesses(field) {
		if a.Fn == fn || p.Fresh(a.Owner, a.Fn) || a.Write() && calledByReaders(p, &a, lock) {
			continue // the callers of the last count
		}
		exclusive := holds(p.LocksAt(a.Fn, a.Node), lock, lockset.Exclusive)
		if a.Write() && !exclusive {
			return false
		}
		some = some || exclusive
	}
	for _, w := range p.LockedCalls(field) {
		exclusive := holds(w.Held, lock, lockset.Exclusive) || holds(w.Inner, lock, lockset.Exclusive)
		if w.At.Fn != fn && !exclusive && holds(w.Held, lock, lockset.Shared) {
			return false
		}
		some = some || exclusive
	}
	return some
}

// calledByReaders reports whether a is in a function that is called with the
// lock held by all, shared by some: what it writes is an affair of these.
func calledByReaders(p *rule.Pass, a *summary.Access, lock place.Class) bool {
	return holds(p.EntryLocks(a.Fn), lock, lockset.Shared)
}

// holds reports whether a lock of the class is held in the mode.
func holds(held []summary.HeldLock, class place.Class, m lockset.Mode) bool {
	return slices.ContainsFunc(held, func(h summary.HeldLock) bool { return h.Class == class && h.Mode == m })
}

func finding(p *rule.Pass, fn *ssa.Function, w *summary.LockedWrite, lock summary.HeldLock, field *place.Place) report.Finding {
	what, how := field.String(), "an update can be lost"
	leaf := w.At.Leaf()
	if sk := p.Skeleton(leaf.Fn); sk != nil && sk.Nodes[leaf.Node].Ev.Access == skeleton.Map {
		how = "concurrent writes to a map crash the program"
	}
	verb := "written"
	if w.At.Via != nil {
		verb = "written by " + summary.FuncName(leaf.Fn)
	}
	f := report.Finding{
		Rule:    "rlockwrite",
		Message: fmt.Sprintf("%s is %s while %s is only read-locked: other readers run at the same time, and %s", what, verb, lock.Place, how),
	}
	f.Pos, f.End = summary.Range(fn, w.At.Pos)
	f.Witness = []report.Step{
		{Pos: lock.Pos, G: 1, Role: "reader", Verb: "read-locks", Object: lock.Place.String()},
		{Pos: lock.Pos, G: 2, Role: "reader", Verb: "read-locks", Object: lock.Place.String()},
	}
	f.Witness = append(f.Witness, p.Chain(&w.At, report.Step{G: 1, Role: "reader", Verb: "writes", Object: what, Mark: report.Racing})...)
	f.Witness = append(f.Witness, p.Chain(&w.At, report.Step{G: 2, Role: "reader", Verb: "writes", Object: what, Mark: report.Racing})...)
	if fix := p.SwitchMode(fn, lock); fix != nil {
		f.Fixes = []report.Fix{*fix}
	}
	return f
}
