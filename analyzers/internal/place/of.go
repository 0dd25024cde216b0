package place

import (
	"go/constant"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// A Table makes the places of one package. It is not safe for concurrent use.
type Table struct {
	roots  map[Root]*Place
	memo   map[ssa.Value]*Place
	busy   map[ssa.Value]bool
	stores map[ssa.Value]ssa.Value // single-store cells → the value stored, nil for other cells
	consts map[*ssa.Global]*ssa.Const

	aliases *Aliases
}

// NewTable returns an empty table.
func NewTable() *Table {
	return &Table{roots: map[Root]*Place{}, memo: map[ssa.Value]*Place{}, busy: map[ssa.Value]bool{}, stores: map[ssa.Value]ssa.Value{}}
}

// SetConsts gives the table the package-level variables that never change.
func (t *Table) SetConsts(consts map[*ssa.Global]*ssa.Const) { t.consts = consts }

// Root returns the place of a root.
func (t *Table) Root(r Root) *Place {
	p := t.roots[r]
	if p == nil {
		p = &Place{Root: r, tab: t}
		t.roots[r] = p
	}
	return p
}

// Of returns the place that v refers to: the variable an address is of, the
// object behind a channel, map, slice or pointer value. For a struct or array
// value it is the variable the value was read from.
func (t *Table) Of(v ssa.Value) *Place {
	v = t.Resolve(v)
	if v == nil {
		return nil
	}
	if p, ok := t.memo[v]; ok {
		return p
	}
	if t.busy[v] {
		return t.Root(Root{V: v})
	}
	t.busy[v] = true
	p := t.of(v)
	delete(t.busy, v)
	t.memo[v] = p
	return p
}

func (t *Table) of(v ssa.Value) *Place {
	switch v := v.(type) {
	case *ssa.UnOp:
		if v.Op == token.MUL {
			l := t.Of(v.X)
			if isReference(v.Type()) {
				return l.Deref()
			}
			return l
		}
	case *ssa.FieldAddr:
		return t.Of(v.X).Field(fieldOf(v.X.Type(), v.Field))
	case *ssa.Field:
		return held(t.Of(v.X).Field(fieldOf(v.X.Type(), v.Field)), v.Type())
	case *ssa.IndexAddr:
		return t.Of(v.X).Select(t.index(v.Index))
	case *ssa.Index:
		return held(t.Of(v.X).Select(t.index(v.Index)), v.Type())
	case *ssa.Lookup:
		return held(t.Of(v.X).Select(t.key(v.Index)), v.Type())
	case *ssa.Slice:
		return t.slice(v)
	case *ssa.Convert:
		if _, ok := v.X.Type().Underlying().(*types.Basic); ok {
			break
		}
		if _, ok := v.Type().Underlying().(*types.Basic); !ok {
			return t.Of(v.X)
		}
	case *ssa.Call:
		if p := t.ofCall(v); p != nil {
			return p
		}
	case *ssa.Extract:
		switch tup := v.Tuple.(type) {
		case *ssa.TypeAssert:
			if v.Index == 0 {
				return t.Of(tup.X)
			}
		case *ssa.Lookup:
			if v.Index == 0 {
				return held(t.Of(tup.X).Select(t.key(tup.Index)), v.Type())
			}
		}
	}
	if _, ok := v.(*ssa.Const); ok {
		return nil // nil, or no reference: nothing lies there
	}
	return t.Root(Root{V: v})
}

// held returns what a value of type t that was read at p refers to: p itself
// for a struct or array.
func held(p *Place, t types.Type) *Place {
	if isReference(t) {
		return p.Deref()
	}
	return p
}

// ofCall sees through the few calls whose result is a part of an argument.
func (t *Table) ofCall(v *ssa.Call) *Place {
	c := v.Common()
	if c.IsInvoke() {
		if c.Method.Name() == "Done" && c.Method.Pkg() != nil && c.Method.Pkg().Path() == "context" {
			return t.Of(c.Value).Select(Sel{Kind: Done})
		}
		return nil
	}
	f := c.StaticCallee()
	if f == nil || f.Pkg == nil || f.Pkg.Pkg.Path() != "sync" || f.Signature.Recv() == nil {
		return nil
	}
	if f.Name() == "RLocker" {
		return t.Of(c.Args[0]).Select(Sel{Kind: Reader})
	}
	return nil
}

func (t *Table) slice(v *ssa.Slice) *Place {
	base := t.Of(v.X)
	win := Sel{Kind: Shift, Hi: Open}
	if v.Low != nil {
		k, ok := t.constInt(v.Low)
		if !ok {
			return nil
		}
		win.Idx = k
	}
	if v.High != nil {
		win.Hi = Unknown
		if k, ok := t.constInt(v.High); ok {
			win.Hi = k
		}
	}
	return base.Select(win)
}

// Elements returns the selector for all elements of the slice v.
func (t *Table) Elements(v ssa.Value) Sel {
	sl, ok := t.Resolve(v).(*ssa.Slice)
	if !ok || sl.High == nil {
		return Sel{Kind: All}
	}
	hi, ok := t.constInt(sl.High)
	if !ok {
		return Sel{Kind: Any}
	}
	lo := int64(0)
	if sl.Low != nil {
		if lo, ok = t.constInt(sl.Low); !ok {
			return Sel{Kind: Any}
		}
	}
	return Sel{Kind: Span, Hi: hi - lo} // Of(v) counts from lo
}

func (t *Table) index(v ssa.Value) Sel {
	if k, ok := t.constInt(v); ok {
		return Sel{Kind: Index, Idx: k}
	}
	return Sel{Kind: Any}
}

// key returns the selector for the map element at v.
func (t *Table) key(v ssa.Value) Sel {
	if c, ok := t.Resolve(v).(*ssa.Const); ok && c.Value != nil {
		return Sel{Kind: Key, Key: c.Value.ExactString()}
	}
	return Sel{Kind: Elem}
}

// constInt returns the value of a constant integer, seen through cells that
// are stored once.
func (t *Table) constInt(v ssa.Value) (int64, bool) {
	c, ok := t.Resolve(v).(*ssa.Const)
	if !ok || c.Value == nil || c.Value.Kind() != constant.Int {
		return 0, false
	}
	return constant.Int64Val(c.Value)
}

// IsRangeIndex reports whether v is the index of `for i := range s`, which
// takes every value. go/ssa names the phi; v is the phi plus one.
func IsRangeIndex(v ssa.Value) bool {
	b, ok := v.(*ssa.BinOp)
	if !ok || b.Op != token.ADD {
		return false
	}
	phi, ok := b.X.(*ssa.Phi)
	return ok && phi.Comment == "rangeindex"
}

// isReference reports whether values of type t refer to an object.
func isReference(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Pointer, *types.Chan, *types.Map, *types.Slice, *types.Signature, *types.Interface:
		return true
	}
	return false
}

// fieldOf returns field i of the struct that t is or points to.
func fieldOf(t types.Type, i int) *types.Var {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	if tp, ok := t.(*types.TypeParam); ok {
		t = tp.Constraint()
		if s := coreStruct(t); s != nil {
			return s.Field(i)
		}
	}
	return t.Underlying().(*types.Struct).Field(i)
}

// coreStruct returns the struct that every type of a constraint has.
func coreStruct(t types.Type) *types.Struct {
	iface, ok := t.Underlying().(*types.Interface)
	if !ok {
		return nil
	}
	for i := 0; i < iface.NumEmbeddeds(); i++ {
		e := iface.EmbeddedType(i)
		if u, ok := e.(*types.Union); ok && u.Len() > 0 {
			e = u.Term(0).Type()
		}
		if p, ok := e.Underlying().(*types.Pointer); ok {
			e = p.Elem()
		}
		if s, ok := e.Underlying().(*types.Struct); ok {
			return s
		}
	}
	return nil
}
