package summary

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// noReturn reports whether a function of another package never returns to its
// caller. Those of the standard library are modelled, and end a path in the
// skeleton; x/tools' ctrlflow would tell of all, but for the price of a
// control-flow graph of every function of every dependency.
func (p *Package) noReturn(obj *types.Func) bool {
	if obj.Pkg() == nil || obj.Pkg() == p.Pass.Pkg || ofStd(obj.Pkg().Path()) {
		return false
	}
	var fact Ops
	return p.Pass.ImportObjectFact(obj.Origin(), &fact) && fact.NoReturn
}

// findNoReturn finds the functions of the package that never return: they loop
// for ever, or end the goroutine or the process. The set only grows.
func (p *Package) findNoReturn() {
	p.ends = map[*ssa.Function]bool{}
	for changed := true; changed; {
		changed = false
		for _, fn := range p.Funcs {
			if fn.Blocks != nil && fn.Recover == nil && !p.ends[fn] && !p.mayReturn(fn) {
				p.ends[fn], changed = true, true
			}
		}
	}
}

// mayReturn reports whether control can reach a return statement of fn.
func (p *Package) mayReturn(fn *ssa.Function) bool {
	seen := make([]bool, len(fn.Blocks))
	work := []*ssa.BasicBlock{fn.Blocks[0]}
	for len(work) > 0 {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		if seen[b.Index] {
			continue
		}
		seen[b.Index] = true
		if p.leavesIn(b) {
			continue
		}
		if _, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok {
			return true
		}
		work = append(work, b.Succs...)
	}
	return false
}

// leavesIn reports whether a call in b never returns.
func (p *Package) leavesIn(b *ssa.BasicBlock) bool {
	for _, instr := range b.Instrs {
		call, ok := instr.(*ssa.Call)
		if !ok {
			continue
		}
		if fn := call.Call.StaticCallee(); fn != nil && p.ends[fn] {
			return true
		}
		if obj := skeleton.Object(&call.Call); obj != nil {
			m, _ := models.Lookup(obj)
			switch m.Kind {
			case models.Exit, models.FailNow, models.Panic:
				return true
			}
		}
	}
	return false
}
