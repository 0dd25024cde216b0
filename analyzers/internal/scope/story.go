package scope

import (
	"cmp"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/census"
	"github.com/concvet/concvet/analyzers/internal/report"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
	"github.com/concvet/concvet/analyzers/internal/summary"
)

// A Deed is an operation of a census as a witness tells it.
type Deed struct {
	Fn     *ssa.Function
	Ev     *skeleton.Event
	Verb   string
	Object string // "" for the channel as the source names it
	Mark   report.Mark
}

// DeedOf returns the deed that an operation is.
func DeedOf(o *census.Op, verb string, mark report.Mark) Deed {
	return Deed{Fn: o.Fn, Ev: o.Ev, Verb: verb, Mark: mark}
}

// Story returns the steps of a witness: where the object is made, if that is one
// place, and the deeds in their order, each behind the start of its goroutine if
// the package starts it.
func (p *Package) Story(all *census.Census, deeds ...Deed) []report.Step {
	var steps []report.Step
	var maker *ssa.Function
	if all != nil && len(all.Makes) == 1 && all.Makes[0].Fn != nil {
		m := all.Makes[0]
		maker = m.Fn
		what := map[census.Sort]string{census.Chan: "the channel", census.WaitGroup: "the WaitGroup", census.Cond: "the Cond"}[m.Sort]
		pos, _ := summary.Range(m.Fn, m.Make.Pos())
		steps = append(steps, report.Step{Pos: pos, G: 1, Role: RoleOf(m.Fn), Verb: "makes", Object: what})
	}
	goroutines := map[ssa.Instruction]int{}
	before := 0
	for _, d := range deeds {
		step := report.Step{G: 1, Role: RoleOf(d.Fn), Verb: d.Verb, Object: cmp.Or(d.Object, summary.Name(d.Fn, d.Ev)), Mark: d.Mark, After: before}
		step.Pos, _ = summary.OperationRange(d.Fn, d.Ev)
		started, other := p.Census().Goroutines(d.Fn)
		if len(started) > 0 && !other && (maker == nil || !p.Census().SameGoroutine(d.Fn, maker)) {
			s := started[0]
			if goroutines[s.Ev.Instr] == 0 {
				goroutines[s.Ev.Instr] = len(goroutines) + 2
				pos, _ := summary.Range(s.In, s.Ev.Pos())
				steps = append(steps, report.Step{Pos: pos, G: 1, Role: RoleOf(s.In), Verb: "starts", Object: summary.FuncName(s.Ev.Callee.Fn)})
			}
			step.G, step.Role = goroutines[s.Ev.Instr], "worker"
			if before == 0 {
				step.After = len(steps)
			}
		}
		steps = append(steps, step)
		before = len(steps)
	}
	return steps
}
