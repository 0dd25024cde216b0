package summary

import (
	"fmt"
	"go/token"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/lockset"
	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/report"
)

// SwitchMode returns the fix that makes fn take an RWMutex in the other mode
// than it is held in: RLock becomes Lock, every RUnlock that belongs to it Unlock,
// or the reverse. It is nil unless fn takes the lock once, gives it up itself, and
// calls nothing that takes it too.
func (p *Package) SwitchMode(fn *ssa.Function, lock HeldLock) *report.Fix {
	takes, gives := models.AcquireShared, models.ReleaseShared
	take, give, how := "Lock", "Unlock", "take %s exclusively"
	if lock.Mode == lockset.Exclusive {
		takes, gives = models.Acquire, models.Release
		take, give, how = "RLock", "RUnlock", "take %s for reading only"
	}
	var edits []analysis.TextEdit
	seen := map[token.Pos]bool{}
	locks, unlocks := 0, 0
	sk := p.Skeleton(fn)
	for i := range sk.Nodes {
		ev := sk.Nodes[i].Ev
		switch {
		case ev == nil:
			continue
		case ev.Callee.Fn != nil && p.Func(ev.Callee.Fn).touches(lock.Class):
			return nil
		case !isLockOp(ev.Kind) || ev.Obj == nil || ev.Obj.Class() != lock.Class || seen[ev.Pos()]:
			continue
		}
		name := ""
		switch {
		case ev.Obj != lock.Place:
			return nil // another instance, or the same by another name
		case ev.Kind == takes:
			name = take
			locks++
		case ev.Kind == gives:
			name = give
			unlocks++
		default:
			return nil
		}
		seen[ev.Pos()] = true
		edit := Rename(fn, ev.Pos(), name)
		if edit == nil || !p.Direct(CallOf(fn, ev.Pos())) {
			return nil
		}
		edits = append(edits, edit...)
	}
	if locks != 1 || unlocks == 0 {
		return nil
	}
	SortEdits(edits)
	return &report.Fix{Message: fmt.Sprintf(how, lock.Place), Edits: edits}
}

func isLockOp(k models.Kind) bool {
	switch k {
	case models.Acquire, models.AcquireShared, models.TryAcquire, models.TryAcquireShr, models.Release, models.ReleaseShared:
		return true
	}
	return false
}

// touches reports whether a function takes or gives up a lock of the class.
func (f *Func) touches(class place.Class) bool {
	if f == nil {
		return false
	}
	for _, a := range f.Acquires {
		if a.Class == class {
			return true
		}
	}
	for _, o := range f.Outcomes {
		for _, e := range o.Effects {
			if e.Ref.Class() == class {
				return true
			}
		}
	}
	return false
}
