package census

import (
	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/summary"
)

// Stopped returns an operation that stops the ticker of which o receives, in a
// range loop that a goroutine runs and leaves in no other way than that the
// channel is closed, which Stop does not do: the goroutine waits for ever. It is
// nil if there is none, or if the loop may be meant to go on: the ticker is also
// reset, or it is the loop's own goroutine that stops it, or the program or test
// ends then.
func (r *Result) Stopped(o *Op) *Op {
	ticker := summary.TimerOf(o.Ev.Obj)
	if ticker == nil || !ticker.Exact() || r.p.InTest(o.Fn.Pos()) || !onlyWayOut(r.p.Skeleton(o.Fn), o.Ev.Instr) {
		return nil
	}
	started, other := r.Goroutines(o.Fn)
	if len(started) == 0 || other {
		return nil
	}
	var stop *Op
	for _, fn := range r.p.Funcs {
		sk := r.p.Skeleton(fn)
		if sk == nil {
			continue
		}
		for n := range sk.Nodes {
			ev := sk.Nodes[n].Ev
			if ev == nil || ev.Kind != models.TimerStop && ev.Kind != models.TimerReset || !r.sameTicker(ev.Obj, ticker) {
				continue
			}
			if ev.Kind == models.TimerReset {
				return nil
			}
			if stop == nil && !r.runsIn(fn, started) && !r.wholeRun(fn) {
				stop = &Op{fn, n, ev, ev.Kind}
			}
		}
	}
	return stop
}

// sameTicker reports whether p may be the ticker that t is: the same variable, or
// the same field of maybe another struct.
func (r *Result) sameTicker(p, t *place.Place) bool {
	return p != nil && (p == t || p.Class() == t.Class())
}

// runsIn reports whether fn is part of what one of the goroutines runs.
func (r *Result) runsIn(fn *ssa.Function, started []summary.Call) bool {
	mine, _ := r.Goroutines(fn)
	for _, a := range mine {
		for _, b := range started {
			if a.Ev == b.Ev {
				return true
			}
		}
	}
	return false
}
