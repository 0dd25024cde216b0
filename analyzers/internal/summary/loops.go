package summary

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/dataflow"
	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
)

// InLoops reports whether fn takes locks of a class in one loop and gives them up in
// another one, as often: paths that leave the one and enter the other after
// any number of turns say nothing.
func (p *Package) InLoops(fn *ssa.Function, lock place.Class) bool {
	l := p.locks[fn]
	return l != nil && l.inLoops(lock)
}

func (l *lockInfo) inLoops(lock place.Class) bool {
	var takes, gives []int // numbers of loops, 0 for none
	loops := loopsOf(l.sk.Fn)
	for i := range l.sk.Nodes {
		ev, b := l.sk.Nodes[i].Ev, l.sk.Nodes[i].Block
		if ev == nil || b == nil || ev.Obj == nil || ev.Obj.Class() != lock {
			continue
		}
		switch ev.Kind {
		case models.Acquire, models.AcquireShared:
			takes = append(takes, loops[b.Index])
		case models.Release, models.ReleaseShared:
			gives = append(gives, loops[b.Index])
		}
	}
	return slices.ContainsFunc(takes, func(a int) bool {
		return a != 0 && slices.ContainsFunc(gives, func(b int) bool { return b != 0 && a != b })
	})
}

// loopsOf numbers the outermost cycles of a function from 1: by index of
// block, 0 if the block is on none.
func loopsOf(fn *ssa.Function) []int {
	out := make([]int, len(fn.Blocks))
	succs := func(i int) []int {
		var s []int
		for _, b := range fn.Blocks[i].Succs {
			s = append(s, b.Index)
		}
		return s
	}
	for n, comp := range dataflow.Components(len(fn.Blocks), succs) {
		if len(comp) == 1 && !slices.Contains(succs(comp[0]), comp[0]) {
			continue
		}
		for _, i := range comp {
			out[i] = n + 1
		}
	}
	return out
}
