package scope

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
	"github.com/concvet/concvet/analyzers/internal/summary"
)

// preparers returns the functions that set up what goroutines synchronise by,
// themselves or through calls: they make channels and locks, operate on them,
// and say how many goroutines are to come.
func preparers(p *summary.Package) map[*ssa.Function]bool {
	out := map[*ssa.Function]bool{}
	for range 3 {
		var found []*ssa.Function
		for _, fn := range p.Funcs {
			if sk := p.Skeleton(fn); sk != nil && !out[fn] && prepares(sk, out) {
				found = append(found, fn)
			}
		}
		for _, fn := range found {
			out[fn] = true
		}
	}
	return out
}

func prepares(sk *skeleton.Func, known map[*ssa.Function]bool) bool {
	for i := range sk.Nodes {
		ev := sk.Nodes[i].Ev
		if ev == nil {
			continue
		}
		if isSync(ev.Kind) || isLock(ev.Kind) || ev.Callee.Fn != nil && known[ev.Callee.Fn] {
			return true
		}
	}
	for _, b := range sk.Fn.Blocks {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case *ssa.MakeChan:
				return true
			case *ssa.Alloc:
				if instr.Heap && hasLock(instr.Type()) {
					return true
				}
			}
		}
	}
	return false
}

func isLock(k models.Kind) bool {
	switch k {
	case models.Acquire, models.AcquireShared, models.Release, models.ReleaseShared, models.OnceDo,
		models.CondNew, models.CondWait, models.CondSignal, models.CondBroadcast:
		return true
	}
	return false
}

// hasLock reports whether t is a pointer to a type of package sync or to a
// struct with a field of one.
func hasLock(t types.Type) bool {
	p, ok := t.Underlying().(*types.Pointer)
	if !ok {
		return false
	}
	if isSyncType(p.Elem()) {
		return true
	}
	st, ok := p.Elem().Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for f := range st.Fields() {
		if isSyncType(f.Type()) {
			return true
		}
	}
	return false
}

func isSyncType(t types.Type) bool {
	n, ok := types.Unalias(t).(*types.Named)
	return ok && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() == "sync"
}
