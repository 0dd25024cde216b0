package rlockwrite

import (
	"fmt"
	"go/token"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/report"
	"github.com/concvet/concvet/analyzers/internal/rule"
	"github.com/concvet/concvet/analyzers/internal/summary"
)

// upgrade returns the fix that takes the lock exclusively: RLock becomes Lock,
// every RUnlock that belongs to it Unlock. It is nil unless fn takes the lock
// once, gives it up itself, and calls nothing that takes it too.
func upgrade(p *rule.Pass, fn *ssa.Function, lock summary.HeldLock) *report.Fix {
	var edits []analysis.TextEdit
	seen := map[token.Pos]bool{}
	locks, unlocks := 0, 0
	sk := p.Skeleton(fn)
	for i := range sk.Nodes {
		ev := sk.Nodes[i].Ev
		switch {
		case ev == nil:
			continue
		case ev.Callee.Fn != nil && touches(p.Func(ev.Callee.Fn), lock.Class):
			return nil
		case !isLockOp(ev.Kind) || ev.Obj == nil || ev.Obj.Class() != lock.Class || seen[ev.Pos()]:
			continue
		}
		name := ""
		switch {
		case ev.Obj != lock.Place:
			return nil // another instance, or the same by another name
		case ev.Kind == models.AcquireShared:
			name = "Lock"
			locks++
		case ev.Kind == models.ReleaseShared:
			name = "Unlock"
			unlocks++
		default:
			return nil
		}
		seen[ev.Pos()] = true
		edit := summary.Rename(fn, ev.Pos(), name)
		if edit == nil || !p.Direct(summary.CallOf(fn, ev.Pos())) {
			return nil
		}
		edits = append(edits, edit...)
	}
	if locks != 1 || unlocks == 0 {
		return nil
	}
	summary.SortEdits(edits)
	return &report.Fix{Message: fmt.Sprintf("take %s exclusively", lock.Place), Edits: edits}
}

func isLockOp(k models.Kind) bool {
	switch k {
	case models.Acquire, models.AcquireShared, models.TryAcquire, models.TryAcquireShr, models.Release, models.ReleaseShared:
		return true
	}
	return false
}

// touches reports whether a function takes or gives up a lock of the class.
func touches(f *summary.Func, class place.Class) bool {
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
