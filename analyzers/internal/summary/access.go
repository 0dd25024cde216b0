package summary

import (
	"go/types"
	"sync"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// An Access is a read or write of a field, or of the elements of the map or
// slice that the field holds.
type Access struct {
	Fn    *ssa.Function
	Node  int
	Ev    *skeleton.Event
	Owner *place.Place // the struct that has the field
}

// Write reports whether the access changes something.
func (a *Access) Write() bool { return a.Ev.Kind == skeleton.Write }

// Fresh reports whether what is at q was made by fn itself, so that at first
// nobody else knows it.
func (p *Package) Fresh(q *place.Place, fn *ssa.Function) bool {
	v, ok := q.Root.V.(*ssa.Alloc)
	if !ok || v.Parent() != fn {
		return false
	}
	for ; q.Parent != nil; q = q.Parent {
		if q.Sel.Kind == place.Deref {
			return false
		}
	}
	return true
}

// accessIndex finds the accesses to a field. It is filled when first asked.
type accessIndex struct {
	once    sync.Once
	byField map[*types.Var][]Access
	writes  map[*types.Var][]LockedWrite
}

// Accesses returns all accesses of the package to a field, in source order of
// the functions.
func (p *Package) Accesses(field *types.Var) []Access {
	p.accesses.once.Do(p.indexAccesses)
	return p.accesses.byField[field.Origin()]
}

// LockedCalls returns the calls by which functions of the package write a field
// while they hold locks, see [Package.LockedWrites].
func (p *Package) LockedCalls(field *types.Var) []LockedWrite {
	p.accesses.once.Do(p.indexAccesses)
	return p.accesses.writes[field.Origin()]
}

func (p *Package) indexAccesses() {
	out, writes := map[*types.Var][]Access{}, map[*types.Var][]LockedWrite{}
	for _, fn := range p.Funcs {
		for _, w := range p.LockedWrites(fn) {
			for q := FieldOf(w.Obj); q != nil && w.At.Via != nil; q = FieldOf(q.Parent) {
				writes[q.Sel.Var] = append(writes[q.Sel.Var], w)
			}
		}
		sk := p.skeletons[fn]
		if sk == nil {
			continue
		}
		for i := range sk.Nodes {
			ev := sk.Nodes[i].Ev
			if ev == nil || ev.Kind != skeleton.Read && ev.Kind != skeleton.Write {
				continue
			}
			for q := FieldOf(ev.Obj); q != nil; q = FieldOf(q.Parent) {
				out[q.Sel.Var] = append(out[q.Sel.Var], Access{fn, i, ev, q.Parent})
			}
		}
	}
	p.accesses.byField, p.accesses.writes = out, writes
}

// FieldOf returns the innermost field that the memory at q belongs to: the
// last one on the way to q that is followed by nothing but elements, also of
// the map or slice that it holds. It is nil if q belongs to no field.
func FieldOf(q *place.Place) *place.Place {
	for ; q != nil && q.Parent != nil; q = q.Parent {
		switch q.Sel.Kind {
		case place.Field:
			return q
		case place.Deref:
			if q.Parent.Parent == nil || q.Parent.Sel.Kind != place.Field || !container(q.Parent.Sel.Var.Type()) {
				return nil
			}
		case place.Done, place.Reader:
			return nil
		}
	}
	return nil
}

// container reports whether t is a map or slice, which belongs to whatever
// holds it.
func container(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Map, *types.Slice:
		return true
	}
	return false
}
