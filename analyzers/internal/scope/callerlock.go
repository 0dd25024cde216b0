package scope

import (
	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/place"
)

// calledLocked reports whether a function that both accesses of a race run in is
// called by somebody who may hold the lock that one side has and the other lacks.
// That function is then made to be called so, and the side without the lock has
// its caller's.
func (p *Package) calledLocked(c *Conflict) bool {
	s := c.Scope
	lacks, has := c.At, c.Other
	if s.Held(lacks) != 0 {
		lacks, has = has, lacks
	}
	if s.Held(lacks) != 0 || s.Held(has) == 0 {
		return false
	}
	places, _ := s.Locks(s.Held(has))
	var classes []place.Class
	for _, q := range places {
		if q != nil {
			classes = append(classes, q.Class())
		}
	}
	around := map[*Frame]bool{}
	for f := has.Frame; f != nil; f = f.Up {
		around[f] = true
	}
	seen := map[*ssa.Function]bool{}
	for f := lacks.Frame; f != nil; f = f.Up {
		if around[f] && p.lockedCall(f.Fn, classes, seen, 0) {
			return true
		}
		if f.At == nil || f.At.Thread != lacks.Thread {
			break
		}
	}
	return false
}

// lockedCall reports whether a caller of fn, or one of that, holds a lock of one of
// the classes, at least sometimes.
func (p *Package) lockedCall(fn *ssa.Function, classes []place.Class, seen map[*ssa.Function]bool, depth int) bool {
	if seen[fn] || depth >= maxClimb {
		return false
	}
	seen[fn] = true
	calls, _ := p.Callers(fn)
	for _, call := range calls {
		if call.Starts() {
			continue
		}
		for _, k := range classes {
			if p.MayHold(call.In, call.Node, k) {
				return true
			}
		}
		if p.lockedCall(call.In, classes, seen, depth+1) {
			return true
		}
	}
	return false
}
