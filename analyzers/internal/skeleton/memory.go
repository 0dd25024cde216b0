package skeleton

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
)

// memory returns the accesses that a call of the standard library makes to
// what its arguments lead to, before the call itself: the bytes.Buffer that it
// writes, the slice that it sorts. Of an interface argument only a slice in it
// is known.
func (b *builder) memory(instr ssa.Instruction, m models.Model, args []ssa.Value) []*Event {
	var out []*Event
	if m.Effect&models.Writes != 0 && m.Obj >= 0 && m.Obj < len(args) {
		out = b.touch(Write, instr, args[m.Obj])
	}
	if m.Effect&models.Reads == 0 {
		return out
	}
	for i, a := range args {
		if m.Effect&models.Writes == 0 || i != m.Obj {
			out = append(out, b.touch(Read, instr, a)...)
		}
	}
	return out
}

// touch is an access to what v leads to: the elements of a slice, a map, or the
// struct behind a pointer.
func (b *builder) touch(k models.Kind, instr ssa.Instruction, v ssa.Value) []*Event {
	if m, ok := v.(*ssa.MakeInterface); ok {
		v = m.X
		if _, ok := v.Type().Underlying().(*types.Slice); !ok || types.NewMethodSet(v.Type()).Len() > 0 {
			return nil
		}
	}
	switch t := v.Type().Underlying().(type) {
	case *types.Slice:
		return b.bulk(k, Bulk, instr, v)
	case *types.Map:
		return b.access(k, Map, instr, v)
	case *types.Pointer:
		p := b.tab.Of(v)
		if _, ok := t.Elem().Underlying().(*types.Struct); !ok || p == nil || b.confined(p.Root.V) {
			return nil
		}
		return []*Event{{Kind: k, Access: Bulk, Instr: instr, Val: v, Obj: p}}
	}
	return nil
}

// confined reports whether v is a variable of the function that only calls are
// given: no goroutine that the function starts has it.
func (b *builder) confined(v ssa.Value) bool {
	a, ok := v.(*ssa.Alloc)
	if !ok {
		return false
	}
	for _, r := range *a.Referrers() {
		switch r := r.(type) {
		case *ssa.Call, *ssa.Defer, *ssa.UnOp, *ssa.FieldAddr, *ssa.DebugRef:
		case *ssa.Store:
			if r.Addr != ssa.Value(a) {
				return false
			}
		default:
			return false
		}
	}
	return true
}
