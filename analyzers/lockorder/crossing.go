package lockorder

import (
	"fmt"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/report"
	"github.com/concvet/concvet/analyzers/internal/rule"
	"github.com/concvet/concvet/analyzers/internal/scope"
	"github.com/concvet/concvet/analyzers/internal/summary"
)

// crossing reports two goroutines of one function that take two locks in
// opposite orders.
func crossing(p *rule.Pass, c *scope.Crossing) report.Finding {
	how := fmt.Sprintf("locks the same two the other way round (%s)", p.Line(c.A.Ev.Pos()))
	if c.A.Ev == c.B.Ev {
		how = "does so with the two swapped"
	}
	f := report.Finding{Message: fmt.Sprintf("%s locks %s holding %s while another goroutine %s: they wait for each other for ever",
		summary.FuncName(c.B.Frame.Fn), name(c.B), name(c.Since[1]), how)}
	f.Pos, f.End = c.B.Range()
	var moments []scope.Moment
	var took [2]int // numbers of the steps
	for i, n := range []*scope.Node{c.A, c.B} {
		for _, call := range c.Scope.Calls(n) {
			verb := "calls"
			if call.Starts != nil {
				verb = "starts"
			}
			moments = append(moments, scope.Moment{Node: call, Verb: verb, Object: call.Called()})
		}
		moments = append(moments, scope.Moment{Node: c.Since[i], Verb: locks(c.Since[i]), Object: name(c.Since[i])})
		took[i] = len(moments)
	}
	for i, n := range []*scope.Node{c.A, c.B} {
		moments = append(moments, scope.Moment{Node: n, Verb: locks(n), Object: name(n), After: took[1-i], Mark: report.Blocked})
	}
	f.Witness = c.Scope.Witness(moments...)
	return f
}

func name(n *scope.Node) string { return summary.Name(n.Frame.Fn, n.Ev) }

func locks(n *scope.Node) string {
	if n.Ev.Kind == models.AcquireShared {
		return "read-locks"
	}
	return "locks"
}
