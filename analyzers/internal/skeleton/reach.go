package skeleton

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
)

// Reach returns the nodes that control can get to after node from. It does not
// go on behind a node at which stop holds, nor along edge i out of node n if
// skip holds; stop and skip may be nil.
func (f *Func) Reach(from int, stop func(n int) bool, skip func(n, i int) bool) []bool {
	seen := make([]bool, len(f.Nodes))
	work := []int{from}
	for first := true; len(work) > 0; first = false {
		n := work[len(work)-1]
		work = work[:len(work)-1]
		if !first && stop != nil && stop(n) {
			continue
		}
		for i, m := range f.Nodes[n].Succs {
			if !seen[m] && (skip == nil || !skip(n, i)) {
				seen[m] = true
				work = append(work, m)
			}
		}
	}
	return seen
}

// LeadTo returns the nodes from which control can get to one for which is holds,
// those themselves included.
func (f *Func) LeadTo(is func(n int) bool) []bool {
	preds := make([][]int, len(f.Nodes))
	seen := make([]bool, len(f.Nodes))
	var work []int
	for n := range f.Nodes {
		for _, m := range f.Nodes[n].Succs {
			preds[m] = append(preds[m], n)
		}
		if is(n) {
			seen[n] = true
			work = append(work, n)
		}
	}
	for len(work) > 0 {
		n := work[len(work)-1]
		work = work[:len(work)-1]
		for _, m := range preds[n] {
			if !seen[m] {
				seen[m] = true
				work = append(work, m)
			}
		}
	}
	return seen
}

// NodesOf returns the nodes with an event of instr, those that are replayed
// from a defer statement included.
func (f *Func) NodesOf(instr ssa.Instruction) []int {
	var out []int
	for n := range f.Nodes {
		if ev := f.Nodes[n].Ev; ev != nil && ev.Instr == instr {
			out = append(out, n)
		}
	}
	return out
}

// neverClosed reports whether ch is the channel of a timer or ticker: nothing
// ever closes it, Stop included.
func (b *builder) neverClosed(ch ssa.Value) bool {
	switch v := b.tab.Resolve(ch).(type) {
	case *ssa.Call:
		obj := Object(&v.Call)
		if obj == nil {
			return false
		}
		m, ok := models.Lookup(obj)
		return ok && m.Kind == models.TimerMake
	case *ssa.UnOp:
		f, ok := v.X.(*ssa.FieldAddr)
		return ok && IsTimer(f.X.Type())
	}
	return false
}

// IsTimer reports whether t is a pointer to a time.Timer or time.Ticker.
func IsTimer(t types.Type) bool {
	ptr, ok := t.Underlying().(*types.Pointer)
	if !ok {
		return false
	}
	n, ok := types.Unalias(ptr.Elem()).(*types.Named)
	if !ok || n.Obj().Pkg() == nil || n.Obj().Pkg().Path() != "time" {
		return false
	}
	return n.Obj().Name() == "Timer" || n.Obj().Name() == "Ticker"
}
