package skeleton

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/place"
)

// appended is what append does to the array behind its first argument: it
// reads all of it if it is known to be full, else it may write behind the end.
func (b *builder) appended(instr ssa.Instruction, slice ssa.Value) []*Event {
	n, c, known := b.size(b.tab.Resolve(slice))
	if known && n == c {
		if n == 0 {
			return nil
		}
		return b.bulk(Read, Bulk, instr, slice)
	}
	kind := place.Any
	if known {
		kind = place.Tail
	}
	p := b.tab.Of(slice).Select(place.Sel{Kind: kind})
	if p == nil {
		return nil
	}
	return []*Event{{Kind: Write, Access: Append, Instr: instr, Val: slice, Obj: p}}
}

// size returns the length and capacity of a slice that is made here.
func (b *builder) size(v ssa.Value) (n, c int64, known bool) {
	switch v := v.(type) {
	case *ssa.MakeSlice:
		n, ok1 := intOf(b.consts, v.Len)
		c, ok2 := intOf(b.consts, v.Cap)
		return n, c, ok1 && ok2
	case *ssa.Slice: // of an array made for it: a literal, or make with constants
		p, ok := v.X.Type().Underlying().(*types.Pointer)
		if !ok || v.Low != nil || v.Max != nil {
			return 0, 0, false
		}
		arr, ok := p.Elem().Underlying().(*types.Array)
		if !ok {
			return 0, 0, false
		}
		if _, fresh := v.X.(*ssa.Alloc); !fresh {
			return 0, 0, false
		}
		n, c = arr.Len(), arr.Len()
		if v.High != nil {
			n, ok = intOf(b.consts, v.High)
		}
		return n, c, ok
	}
	return 0, 0, false
}
