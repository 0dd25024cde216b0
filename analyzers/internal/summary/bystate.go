package summary

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/lockset"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// undecided reports whether one of the conditions of the callee is about a flag of the
// caller of which it is not known in p how it stands. A flag is likely to tell whether
// the lock is held.
func (b *binding) undecided(conds []PathCond, p lockset.Path) bool {
	for _, c := range conds {
		if _, known := b.cond(c, p); known || c.Arg {
			continue
		}
		if q, _ := b.place(c.Ref); q != nil && q.Parent == nil && flagOf(q.Root.V, b.f.fn) {
			return true
		}
	}
	return false
}

// ways returns the ways in which the callee may return, one of which nothing is known
// where a flag decides that is not known in p.
func (b *binding) ways(p lockset.Path) []Outcome {
	all := b.callee.Outcomes
	if len(all) > 1 && slices.ContainsFunc(all, func(o Outcome) bool { return b.undecided(o.Conds, p) }) {
		return []Outcome{mixture(all)}
	}
	return all
}

// byState reports whether a literal in a chain of calls comes to its step only if a
// flag of the function around it, which calls it, has one of more than two values.
func (p *Package) byState(s *Step) bool {
	for ; s.Via != nil; s = s.Via {
		sk := p.Skeleton(s.Via.Fn)
		if sk == nil || s.Fn == nil || s.Via.Fn.Parent() != s.Fn {
			continue
		}
		for br := range skeleton.Guards(sk.Nodes[s.Via.Node].Block) {
			cmp, ok := br.Cond.(*ssa.BinOp)
			if !ok {
				continue
			}
			load, isLoad := cmp.X.(*ssa.UnOp)
			if k, isConst := cmp.Y.(*ssa.Const); !isLoad || !isConst || k.IsNil() {
				continue
			}
			if fv, ok := load.X.(*ssa.FreeVar); ok && flagOf(place.Binding(fv), s.Fn) {
				return true
			}
		}
	}
	return false
}

// flagOf reports whether v is a variable of fn that only gets constants, from fn or
// from the literals in it.
func flagOf(v ssa.Value, fn *ssa.Function) bool {
	cell, ok := v.(*ssa.Alloc)
	if !ok || cell.Parent() != fn {
		return false
	}
	set, only := constStores(cell, 0)
	return set && only
}

// constStores reports whether anything is stored to the variable at addr by the function
// that addr is of or by literals in it, and whether nothing is but constants.
func constStores(addr ssa.Value, depth int) (set, only bool) {
	if depth > maxLife {
		return false, false
	}
	for _, r := range *addr.Referrers() {
		switch r := r.(type) {
		case *ssa.UnOp, *ssa.DebugRef:
		case *ssa.Store:
			if _, isConst := r.Val.(*ssa.Const); !isConst || r.Addr != addr {
				return set, false
			}
			set = true
		case *ssa.MakeClosure:
			for i, b := range r.Bindings {
				if b != addr {
					continue
				}
				inner, ok := constStores(r.Fn.(*ssa.Function).FreeVars[i], depth+1)
				if set = set || inner; !ok {
					return set, false
				}
			}
		default:
			return set, false
		}
	}
	return set, true
}
