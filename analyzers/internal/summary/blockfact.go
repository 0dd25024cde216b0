package summary

import (
	"slices"

	"github.com/concvet/concvet/analyzers/internal/models"
)

// maxFactBlocks bounds the blocks of a fact.
const maxFactBlocks = 4

// factBlocks returns the blocks that mean something to importers: what is slow,
// and what waits for objects that the caller passes.
func (f *Func) factBlocks() []Block {
	var out []Block
	for _, b := range f.Blocks {
		passed := true
		for _, a := range b.Arms {
			passed = passed && a.Param >= 0
		}
		if passed && len(out) < maxFactBlocks {
			out = append(out, b)
		}
	}
	return out
}

func (e *encoder) blocks(all []Block) {
	blocks := slices.DeleteFunc(all, func(b Block) bool {
		return slices.ContainsFunc(b.Lent, func(r Ref) bool { return !(&encoder{pkg: e.pkg, fn: e.fn}).ref(r) })
	})
	e.int(len(blocks))
	for i := range blocks {
		b := &blocks[i]
		e.bits(b.Maybe)
		e.string(b.Slow)
		e.int(len(b.Arms))
		for _, a := range b.Arms {
			e.int(int(a.Kind))
			e.int(a.Param)
		}
		e.int(len(b.Lent))
		for _, r := range b.Lent {
			e.ref(r)
		}
		e.conds(argConds(b.Conds))
		e.site(&b.Step)
	}
}

func (d *decoder) blocks() (out []Block) {
	for range d.count() {
		var b Block
		d.bits(&b.Maybe)
		b.Slow = d.string()
		for range d.count() {
			b.Arms = append(b.Arms, Arm{Kind: models.Kind(d.int()), Param: d.int()})
		}
		for range d.count() {
			if r, ok := d.ref(); ok {
				b.Lent = append(b.Lent, r)
			}
		}
		b.Conds = d.conds()
		b.Step = d.site()
		if b.Slow != "" || len(b.Arms) > 0 {
			out = append(out, b)
		}
	}
	return out
}
