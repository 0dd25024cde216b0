package place

import (
	"go/token"

	"golang.org/x/tools/go/ssa"
)

// Instance returns the one object that the address or reference v denotes
// while the variables of its function keep their values: the place [Table.Of]
// gives, or where that has an element at an unknown index on the way, one
// rooted in the value that was got by indexing. It is nil if unknown.
func (t *Table) Instance(v ssa.Value) *Place {
	if p := t.Of(v); p == nil || p.Exact() {
		return p
	}
	switch v := t.Resolve(v).(type) {
	case *ssa.FieldAddr:
		return t.Instance(v.X).Field(fieldOf(v.X.Type(), v.Field))
	case *ssa.Field:
		p := t.Instance(v.X).Field(fieldOf(v.X.Type(), v.Field))
		if isReference(v.Type()) {
			return p.Deref()
		}
		return p
	case *ssa.UnOp:
		if v.Op == token.MUL && !isReference(v.Type()) {
			return t.Instance(v.X)
		}
		return t.Root(Root{V: v})
	case *ssa.Call:
		if p := t.Of(v); p.Parent != nil && p.Sel.Kind == Reader {
			return t.Instance(v.Call.Args[0]).Select(p.Sel)
		}
		return t.Root(Root{V: v})
	default:
		return t.Root(Root{V: v})
	}
}
