package summary

import (
	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// LoopTimers returns the nodes of fn that make the channel of a select in a loop
// anew each round, by time.After, if another case can be taken first.
func (p *Package) LoopTimers(fn *ssa.Function) []int {
	sk := p.skeletons[fn]
	if sk == nil {
		return nil
	}
	var out []int
	for n := range sk.Nodes {
		ev := sk.Nodes[n].Ev
		if ev == nil || ev.Kind != models.TimerMake || !sk.InLoop(sk.Nodes[n].Block) {
			continue
		}
		call, ok := ev.Instr.(*ssa.Call)
		if !ok || skeleton.Object(&call.Call).Name() != "After" {
			continue
		}
		for _, r := range *call.Referrers() {
			if sel, ok := r.(*ssa.Select); ok && len(sel.States) > 1 && sk.InLoop(sel.Block()) {
				out = append(out, n)
				break
			}
		}
	}
	return out
}
