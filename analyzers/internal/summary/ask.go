package summary

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
)

// Asked says what state of the object that a lock lies in is looked at before
// the lock is waited for, and decides whether it is at all. Such a state tells
// who may come for the lock: a connection that is in use has its lock held by
// the user, and everybody else asks first.
type Asked uint8

// What decides.
const (
	NotAsked    Asked = iota
	AskedPlain        // a bool in the object
	AskedAtomic       // an atomic value in the object
)

// asked returns what decides whether the lock operation at node n, of the lock
// at addr, happens. Only conditions of the function itself count.
func (f *flow) asked(n int, addr ssa.Value) Asked {
	b := f.sk.Nodes[n].Block
	if addr == nil || b == nil {
		return NotAsked
	}
	holder := f.holder(addr)
	for d := b.Idom(); d != nil; d = d.Idom() {
		branch, ok := d.Instrs[len(d.Instrs)-1].(*ssa.If)
		if !ok {
			continue
		}
		for _, s := range d.Succs {
			if len(s.Preds) == 1 && s.Dominates(b) {
				if a := f.state(branch.Cond, holder); a != NotAsked {
					return a
				}
			}
		}
	}
	return NotAsked
}

// state reports whether a condition is about a bool or an atomic value in the
// struct that holder points to.
func (f *flow) state(cond, holder ssa.Value) Asked {
	switch c := cond.(type) {
	case *ssa.BinOp:
		if _, ok := c.Y.(*ssa.Const); ok && f.state(c.X, holder) == AskedAtomic {
			return AskedAtomic
		}
	case *ssa.UnOp:
		switch {
		case c.Op == token.NOT:
			return f.state(c.X, holder)
		case c.Op == token.MUL && isBool(c) && f.holder(c.X) == holder:
			return AskedPlain
		}
	case *ssa.Call:
		m, ok := lookup(c.Common())
		if ok && m.Kind == models.AtomicLoad && len(c.Call.Args) > 0 && f.holder(c.Call.Args[0]) == holder {
			return AskedAtomic
		}
	}
	return NotAsked
}

// holder returns the pointer to the outermost struct that addr points into.
func (f *flow) holder(addr ssa.Value) ssa.Value {
	for {
		v := f.pkg.Places.Resolve(addr)
		field, ok := v.(*ssa.FieldAddr)
		if !ok {
			return v
		}
		addr = field.X
	}
}

// structAt returns the outermost struct that p lies in as a field, without a
// pointer on the way, nil if p is no field.
func structAt(p *place.Place) *place.Place {
	if p == nil || p.Parent == nil || p.Sel.Kind != place.Field {
		return nil
	}
	for p.Parent != nil && p.Sel.Kind == place.Field {
		p = p.Parent
	}
	return p
}

// protocol reports whether a state of the object, rather than chance, decides
// whether a lock is waited for while the one at held is held: a bool that the
// held lock itself guards tells nothing.
func protocol(a Asked, held, lock *place.Place) bool {
	return a == AskedAtomic || a == AskedPlain && (lock == nil || structAt(held) != structAt(lock))
}

// part returns the field that holds the struct which a lock is part of, by value
// or as a pointer to what no other such field holds: the in of c.in.mu. It tells
// locks of one class apart, and is nil if there is none.
func (p *Package) part(lock *place.Place) *types.Var {
	if lock == nil || lock.Parent == nil || lock.Parent.Parent == nil {
		return nil
	}
	in := lock.Parent
	if in.Sel.Kind == place.Deref && in.Parent.Parent != nil && in.Parent.Sel.Kind == place.Field && p.single[in.Parent.Sel.Var] {
		return in.Parent.Sel.Var
	}
	if in.Sel.Kind != place.Field {
		return nil
	}
	return in.Sel.Var
}
