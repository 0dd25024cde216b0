package chanblock

import (
	"fmt"
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/census"
	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/report"
	"github.com/concvet/concvet/analyzers/internal/rule"
	"github.com/concvet/concvet/analyzers/internal/scope"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
	"github.com/concvet/concvet/analyzers/internal/summary"
)

// Rule is the rule.
var Rule = &rule.Rule{Name: "chanblock", Doc: doc, Check: check}

// check asks of every send and receive whether it can ever proceed, and of every
// select without default whether one of its cases can.
func check(p *rule.Pass) []report.Finding {
	c := checker{p: p, all: p.Census()}
	selects := map[*ssa.Select][]*census.Op{}
	var order []*ssa.Select
	for _, o := range c.all.Ops() {
		if o.Dead() {
			continue
		}
		if sel, ok := o.Ev.Instr.(*ssa.Select); ok {
			if selects[sel] == nil {
				order = append(order, sel)
			}
			selects[sel] = append(selects[sel], o)
		} else if why := c.all.Stuck(o); why != census.None {
			c.op(o, why)
		}
	}
	for _, sel := range order {
		if sel.Blocking {
			c.selects(selects[sel])
		}
	}
	c.empty()
	return c.found
}

type checker struct {
	p     *rule.Pass
	all   *census.Result
	found []report.Finding
}

// op reports an operation that can never proceed.
func (c *checker) op(o *census.Op, why census.Reason) {
	name := summary.Name(o.Fn, o.Ev)
	verb, does, other := "send on", "sends on", "receives from it"
	if o.Kind == models.Recv {
		verb, does, other = "receive from", "receives from", "sends on it or closes it"
	}
	text := fmt.Sprintf("%s %s blocks for ever: ", verb, name)
	switch why {
	case census.NilChan:
		text += "it is always nil"
	case census.NoPartner:
		text += "nothing " + other
	case census.OwnGoroutine:
		text += "only this goroutine " + other + ", and not before"
	case census.Behind:
		text += "only what comes after it " + other
	case census.NotCancelled:
		text += "nothing cancels the context, unless it comes after"
	}
	c.report(scope.DeedOf(o, does, report.Blocked), text)
}

// selects reports a select none of whose cases can proceed. A case on a nil
// channel is one that is switched off.
func (c *checker) selects(arms []*census.Op) {
	alive := false
	for _, o := range arms {
		switch c.all.Stuck(o) {
		case census.None:
			return
		case census.NilChan:
		default:
			alive = true
		}
	}
	if alive {
		c.wait(arms[0].Fn, arms[0].Ev.Instr, "select blocks for ever: nothing lets one of its cases proceed")
	}
}

// empty reports a select without cases in a goroutine that the package starts.
func (c *checker) empty() {
	for _, fn := range c.p.Funcs {
		sk := c.p.Skeleton(fn)
		if sk == nil {
			continue
		}
		for i := range sk.Nodes {
			ev := sk.Nodes[i].Ev
			if ev == nil || ev.Kind != models.Select {
				continue
			}
			sel := ev.Instr.(*ssa.Select)
			if sel.Blocking && len(sel.States) == 0 && !c.all.MayIdle(fn) {
				c.wait(fn, sel, "select without cases: this goroutine never ends")
			}
		}
	}
}

// wait adds a finding at a select.
func (c *checker) wait(fn *ssa.Function, sel ssa.Instruction, text string) {
	ev := &skeleton.Event{Kind: models.Select, Instr: sel}
	c.report(scope.Deed{Fn: fn, Ev: ev, Verb: "waits in", Object: "select", Mark: report.Blocked}, text)
}

// report adds a finding about what is done for ever.
func (c *checker) report(d scope.Deed, text string) {
	f := report.Finding{Message: text, Witness: c.p.Story(c.all.At(d.Ev), d)}
	f.Pos, f.End = summary.OperationRange(d.Fn, d.Ev)
	if d.Ev.Kind == models.Select {
		f.End = f.Pos + token.Pos(len("select"))
	}
	c.found = append(c.found, f)
}
