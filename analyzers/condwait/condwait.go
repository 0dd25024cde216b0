package condwait

import (
	"fmt"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/census"
	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/report"
	"github.com/concvet/concvet/analyzers/internal/rule"
	"github.com/concvet/concvet/analyzers/internal/scope"
	"github.com/concvet/concvet/analyzers/internal/summary"
)

// Rule is the rule.
var Rule = &rule.Rule{Name: "condwait", Doc: doc, Check: check}

// check asks of every Wait of a Cond who wakes it, and whether it looks again at
// what it waits for.
func check(p *rule.Pass) []report.Finding {
	var out []report.Finding
	all := p.Census()
	for _, o := range all.Ops() {
		if o.Kind != models.CondWait || o.Dead() {
			continue
		}
		name := summary.Name(o.Fn, o.Ev)
		switch {
		case all.Unlocked(o):
			out = append(out, finding(p, o, fmt.Sprintf("%s.Wait unlocks a lock that this goroutine does not hold: it panics, or breaks into the section of another", name), nil))
		case all.Unsignalled(o):
			out = append(out, finding(p, o, fmt.Sprintf("%s.Wait never returns: nothing calls %s.Signal or %s.Broadcast", name, name, name), nil))
		case all.Unchanging(o):
			out = append(out, finding(p, o, fmt.Sprintf("nothing changes the condition of the loop around %s.Wait: it never ends", name), nil))
		default:
			if br := all.CheckedOnce(o); br != nil {
				out = append(out, finding(p, o, fmt.Sprintf("%s.Wait is not in a loop: when it returns, the condition that it waits for need not hold", name), br))
			}
		}
	}
	return out
}

// finding is about the Wait o, which br decides about.
func finding(p *rule.Pass, o *census.Op, text string, br *ssa.If) report.Finding {
	name := summary.Name(o.Fn, o.Ev)
	f := report.Finding{Message: text}
	f.Pos, f.End = summary.Range(o.Fn, o.Ev.Pos())
	wait := scope.Deed{Fn: o.Fn, Ev: o.Ev, Verb: "waits on", Object: name, Mark: report.Blocked}
	if br != nil {
		wait.Mark = report.Plain
	}
	f.Witness = p.Story(p.Census().At(o.Ev), wait)
	return f
}
