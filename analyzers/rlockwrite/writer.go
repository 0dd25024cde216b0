package rlockwrite

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/lockset"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/rule"
)

// onlyWriter reports whether fn reads without the lock what it writes under RLock,
// and takes the lock exclusively for other writes: it knows that nobody else
// writes, and keeps readers off only where they would mind.
func onlyWriter(p *rule.Pass, fn *ssa.Function, field *types.Var, lock place.Class) bool {
	bare, whole := false, false
	for _, a := range p.Accesses(field) {
		if a.Fn == fn {
			held := p.LocksAt(fn, a.Node)
			exclusive := holds(held, lock, lockset.Exclusive)
			bare = bare || !a.Write() && !exclusive && !holds(held, lock, lockset.Shared)
			whole = whole || a.Write() && exclusive
		}
	}
	return bare && whole
}
