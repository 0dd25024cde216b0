package summary

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/place"
)

// orderClass returns the class by which the order of a lock is told, which sels
// lead to: c, or if the lock is inside of one of a type that is made to be a lock,
// as mu.Mutex in s.mu of type struct{ sync.Mutex }, the class of that one. All
// locks of such a type would be one class else.
func (p *Package) orderClass(base *place.Place, sels []place.Sel, c place.Class) place.Class {
	for i := len(sels) - 1; i >= 0; i-- {
		if sels[i].Kind != place.Field {
			continue
		}
		owner, ok := p.owner(sels[i].Var)
		if !ok || !p.isLockType(owner.tn) {
			break
		}
		if outer := (Ref{Sels: sels[:i]}).Class(); outer.Obj != nil {
			c = outer
		} else if g, ok := rootOf(base).(*ssa.Global); ok {
			c = place.Class{Obj: g}
		}
	}
	return c
}

func rootOf(p *place.Place) ssa.Value {
	if p == nil {
		return nil
	}
	return p.Root.V
}

// placeClass is orderClass of the lock at q, which is of class c.
func (p *Package) placeClass(q *place.Place, c place.Class) place.Class {
	return p.orderClass(q, q.Sels(), c)
}

// refClass is orderClass of the lock that callers call r.
func (p *Package) refClass(r Ref) place.Class {
	if r.Param < 0 {
		return p.placeClass(r.Base, r.Class())
	}
	return p.orderClass(nil, r.Sels, r.Class())
}

// partClass is orderClass of a lock of class c that is a part of a field by value,
// if that is known.
func (p *Package) partClass(part *types.Var, c place.Class) place.Class {
	field, ok := c.Obj.(*types.Var)
	if part == nil || !ok {
		return c
	}
	return p.orderClass(nil, []place.Sel{{Kind: place.Field, Var: part}, {Kind: place.Field, Var: field}}, c)
}

// isLockType reports whether a type is made to be a lock: it declares Lock and Unlock
// itself, as sync.Locker has them, or is a struct of nothing but what has.
func (p *Package) isLockType(tn *types.TypeName) bool {
	is, ok := p.lockTypes[tn]
	if !ok {
		is = madeToLock(tn)
		if p.lockTypes == nil {
			p.lockTypes = map[*types.TypeName]bool{}
		}
		p.lockTypes[tn] = is
	}
	return is
}

func madeToLock(tn *types.TypeName) bool {
	st, ok := tn.Type().Underlying().(*types.Struct)
	if !ok {
		return false
	}
	methods := types.NewMethodSet(types.NewPointer(tn.Type()))
	lock, unlock := methods.Lookup(tn.Pkg(), "Lock"), methods.Lookup(tn.Pkg(), "Unlock")
	if lock == nil || unlock == nil {
		return false
	}
	return st.NumFields() == 1 || len(lock.Index()) == 1 && len(unlock.Index()) == 1
}
