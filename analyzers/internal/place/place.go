// Package place names memory: abstract locations reached from a root by
// selecting fields, elements and what pointers point to.
//
// A place is identified twice. As an *instance* it is this very object: two
// equal *Place are one object as long as the cells on the way are not
// overwritten. As a [Class] it is every object of its kind: the field mu of
// any T. Locksets and races in one scope compare instances; lock order and
// the census of a package compare classes.
//
// A nil *Place is unknown, and equal to nothing, not even to itself.
package place

import (
	"go/types"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// A SelKind is one way to go on from a location.
type SelKind uint8

// The selectors.
const (
	Field  SelKind = iota // a field of a struct
	Deref                 // what the pointer, channel, map, slice, func or interface stored here refers to
	Index                 // the element at a constant index
	Any                   // the element at an unknown index
	All                   // every element: copy, clear, range
	Elem                  // an element of a map, a channel's value
	Key                   // the element of a map at a constant key
	Tail                  // the elements that an append writes behind the end of a slice
	Inner                 // some part, too deep to be told
	Shift                 // the same elements from Idx up to Hi, counted from there (a slice of a slice)
	Span                  // the elements from Idx up to, not including, Hi
	Done                  // the Done channel of a context
	Reader                // the RLocker of an RWMutex
	Held                  // a lock that a call leaves held, the one in a field Var
)

// Ends of a Shift that are no index.
const (
	Open    = -1 // where the elements end
	Unknown = -2
)

// A Sel is one selector. Var is the field's origin, set for Field and Held; Idx is
// set for Index, Shift and Span, Hi for Shift and Span, Key for Key only: the
// constant as Go writes it.
type Sel struct {
	Kind    SelKind
	Var     *types.Var
	Idx, Hi int64
	Key     string
}

// A Root is where a place starts: the object that the value refers to, or the
// variable that it is the address of. Ctx tells activations apart: 0 within
// one function, else the number of the frame, given by package scope.
type Root struct {
	V   ssa.Value
	Ctx int
}

// maxDepth bounds the selectors of a place. A longer one is unknown, or, within
// one variable, some part of it.
const maxDepth = 8

// A Place is an abstract location. Places are made by a [Table] and compared
// by pointer.
type Place struct {
	Root   Root
	Parent *Place // the place without its last selector, nil for a root
	Sel    Sel    // the last selector, if Parent is set
	tab    *Table
	depth  int
	kids   map[Sel]*Place
}

// Select returns the place one selector further on, nil if p is unknown or the
// result would be too deep.
func (p *Place) Select(s Sel) *Place {
	if p == nil {
		return nil
	}
	if p.depth >= maxDepth {
		if s.Kind == Deref || s.Kind == Done || s.Kind == Reader {
			return nil
		}
		if p.Sel.Kind == Inner {
			return p
		}
		s = Sel{Kind: Inner}
	}
	if p.Parent != nil && p.Sel.Kind == Shift {
		switch s.Kind {
		case Index:
			return p.Parent.Select(Sel{Kind: Index, Idx: s.Idx + p.Sel.Idx})
		case Shift:
			return p.Parent.Select(p.Sel.slice(s))
		case Span:
			return p.Parent.Select(Sel{Kind: Span, Idx: s.Idx + p.Sel.Idx, Hi: s.Hi + p.Sel.Idx})
		case All:
			if p.Sel.Hi >= 0 {
				return p.Parent.Select(Sel{Kind: Span, Idx: p.Sel.Idx, Hi: p.Sel.Hi})
			}
			return p.Parent.Select(Sel{Kind: Any})
		case Any:
			return p.Parent.Select(Sel{Kind: Any})
		}
	}
	if s.Kind == Shift && s.Idx == 0 && s.Hi == Open {
		return p
	}
	if k := p.kids[s]; k != nil {
		return k
	}
	if p.kids == nil {
		p.kids = map[Sel]*Place{}
	}
	if s.Kind == Deref {
		if q := p.shorter(); q != nil {
			p.kids[s] = q
			return q
		}
	}
	k := &Place{Root: p.Root, Parent: p, Sel: s, tab: p.tab, depth: p.depth + 1}
	p.kids[s] = k
	return k
}

// slice returns what slicing by in of a slice by s comes to.
func (s Sel) slice(in Sel) Sel {
	out := Sel{Kind: Shift, Idx: s.Idx + in.Idx, Hi: in.Hi}
	switch {
	case in.Hi >= 0:
		out.Hi += s.Idx
	case in.Hi == Open:
		out.Hi = s.Hi
	}
	return out
}

// Field returns the place of field v of the struct at p.
func (p *Place) Field(v *types.Var) *Place { return p.Select(Sel{Kind: Field, Var: v.Origin()}) }

// Deref returns the place that the reference stored at p refers to.
func (p *Place) Deref() *Place { return p.Select(Sel{Kind: Deref}) }

// Base returns the place of p's root alone.
func (p *Place) Base() *Place {
	for p.Parent != nil {
		p = p.Parent
	}
	return p
}

// Depth returns the number of selectors.
func (p *Place) Depth() int { return p.depth }

// Sels returns the selectors from the root on.
func (p *Place) Sels() []Sel {
	if p == nil || p.Parent == nil {
		return nil
	}
	return append(p.Parent.Sels(), p.Sel)
}

// Rebase returns the place reached from base by p's selectors, nil if base is
// unknown.
func (p *Place) Rebase(base *Place) *Place {
	if p == nil || p.Parent == nil {
		return base
	}
	return p.Parent.Rebase(base).Select(p.Sel)
}

// Exact reports whether p is one object: no unknown element on the way.
func (p *Place) Exact() bool {
	for q := p; q != nil; q = q.Parent {
		if q.Parent != nil && (q.Sel.Kind == Any || q.Sel.Kind == All || q.Sel.Kind == Elem || q.Sel.Kind == Span || q.Sel.Kind == Tail || q.Sel.Kind == Inner) {
			return false
		}
	}
	return p != nil
}

// Under reports whether p is q or lies inside or behind it.
func (p *Place) Under(q *Place) bool {
	for ; p != nil; p = p.Parent {
		if p == q {
			return true
		}
	}
	return false
}

// Overlap reports whether the memory at p and the memory at q surely have a
// part in common, if no cell on the way is overwritten between: one lies
// inside the other, or both are the same. Elements at unknown indices overlap
// nothing but all elements.
func Overlap(p, q *Place) bool {
	if p == nil || q == nil || p.Root != q.Root {
		return false
	}
	if p == q {
		return p.fullElems()
	}
	p, ok := p.prefix(q.depth)
	if !ok {
		return false
	}
	if q, ok = q.prefix(p.depth); !ok {
		return false
	}
	for ; p.Parent != nil; p, q = p.Parent, q.Parent {
		if !sameElem(p.Sel, q.Sel) {
			return false
		}
	}
	return true
}

// prefix returns the place that p lies inside at the given depth, or p if it is
// not deeper. It is not ok if p lies behind a reference stored there.
func (p *Place) prefix(depth int) (_ *Place, ok bool) {
	for p.depth > depth {
		if p.Sel.Kind == Deref || p.Sel.Kind == Done || p.Sel.Kind == Reader {
			return nil, false
		}
		p = p.Parent
	}
	return p, true
}

func (p *Place) fullElems() bool {
	for ; p.Parent != nil; p = p.Parent {
		switch p.Sel.Kind {
		case Any, Elem, Inner:
			return false
		}
	}
	return true
}

func sameElem(a, b Sel) bool {
	switch {
	case a.Kind == All:
		return b.Kind == All || b.Kind == Any || b.Kind == Index || b.Kind == Span
	case b.Kind == All:
		return a.Kind == Any || a.Kind == Index || a.Kind == Span
	case a.Kind == Any || b.Kind == Any || a.Kind == Elem || b.Kind == Elem || a.Kind == Inner || b.Kind == Inner:
		return false
	case a.Kind == Tail || b.Kind == Tail:
		return a == b
	case a.Kind == Span || b.Kind == Span:
		alo, ahi := a.span()
		blo, bhi := b.span()
		return alo < bhi && blo < ahi
	}
	return a == b
}

// span returns the elements that an Index or Span selects.
func (s Sel) span() (lo, hi int64) {
	switch s.Kind {
	case Index:
		return s.Idx, s.Idx + 1
	case Span:
		return s.Idx, s.Hi
	}
	return 0, 0
}

// A Class is what all instances of a place have in common: the field, global
// or local variable that holds them. The zero Class is unknown.
type Class struct {
	Obj  any  // *types.Var of a field, ssa.Value of a global, local or made object
	Elem bool // an element of the container that Obj is
}

// Class returns the class of p. A place behind a pointer has the class of the
// pointer variable: s.mu is one class whether mu is a Mutex or a *Mutex.
func (p *Place) Class() Class {
	elem := false
	for ; p != nil; p = p.Parent {
		if p.Parent == nil {
			return Class{p.Root.V, elem}
		}
		switch p.Sel.Kind {
		case Field:
			return Class{p.Sel.Var, elem}
		case Index, Any, All, Elem, Span, Key, Tail, Inner:
			elem = true
		}
	}
	return Class{}
}

// String names p as its source would: s.mu, results[i], globals unqualified.
// It is for messages and never compared.
func (p *Place) String() string {
	if p == nil {
		return "?"
	}
	if p.Parent == nil {
		return rootName(p.Root.V)
	}
	base := p.Parent.String()
	switch p.Sel.Kind {
	case Field:
		return base + "." + p.Sel.Var.Name()
	case Index:
		return base + "[" + strconv.FormatInt(p.Sel.Idx, 10) + "]"
	case Key:
		return base + "[" + p.Sel.Key + "]"
	case Any, All, Elem, Span, Tail, Inner:
		return base + "[…]"
	case Done:
		return base + ".Done()"
	}
	return base
}

func rootName(v ssa.Value) string {
	switch v := v.(type) {
	case *ssa.Alloc:
		if c := v.Comment; c != "" && !strings.ContainsAny(c, " .") {
			switch c {
			case "complit", "new", "slicelit", "makeslice", "varargs":
			default:
				return c
			}
		}
		return "the " + typeName(v.Type())
	case *ssa.Parameter, *ssa.FreeVar, *ssa.Global:
		return v.Name()
	case *ssa.Call:
		if f := v.Call.StaticCallee(); f != nil {
			return f.Name() + "(…)"
		}
		if v.Call.IsInvoke() {
			return v.Call.Method.Name() + "(…)"
		}
	case *ssa.MakeChan:
		return "the channel"
	case *ssa.Phi:
		if v.Comment != "" && !strings.ContainsAny(v.Comment, "&|. ") {
			return v.Comment
		}
	}
	return "the " + typeName(v.Type())
}

func typeName(t types.Type) string {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	return types.TypeString(t, func(*types.Package) string { return "" })
}
