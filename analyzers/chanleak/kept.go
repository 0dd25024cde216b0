package chanleak

import (
	"fmt"

	"github.com/concvet/concvet/analyzers/internal/census"
	"github.com/concvet/concvet/analyzers/internal/report"
	"github.com/concvet/concvet/analyzers/internal/rule"
	"github.com/concvet/concvet/analyzers/internal/scope"
	"github.com/concvet/concvet/analyzers/internal/summary"
)

// kept is a goroutine that leaves without giving back the slot of a semaphore.
func kept(p *rule.Pass, k *census.Kept) report.Finding {
	name := summary.Name(k.Take.Fn, k.Take.Ev)
	how := "this return"
	if !k.Leave.Pos().IsValid() {
		how = "the way around this receive"
	}
	f := report.Finding{Message: fmt.Sprintf("%s keeps the slot of %s taken at %s: once all are lost so, that send blocks for ever",
		how, name, p.Line(k.Take.Ev.Pos()))}
	f.Pos, f.End = summary.OperationRange(k.Give.Fn, k.Give.Ev)
	leaves := scope.Deed{Fn: k.Give.Fn, Ev: k.Leave, Verb: "returns", Object: "without receiving from " + name}
	if k.Leave.Pos().IsValid() {
		f.Pos, f.End = summary.Range(k.Give.Fn, k.Leave.Pos())
	} else {
		leaves.Ev = k.Give.Ev
		leaves.Verb, leaves.Object = "goes around", "the receive from "+name
	}
	f.Witness = p.Story(p.Census().At(k.Take.Ev),
		scope.DeedOf(k.Take, "sends on", report.Plain), leaves, scope.DeedOf(k.Take, "sends on", report.Blocked))
	return f
}
