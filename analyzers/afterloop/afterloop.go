package afterloop

import (
	"github.com/concvet/concvet/analyzers/internal/report"
	"github.com/concvet/concvet/analyzers/internal/rule"
	"github.com/concvet/concvet/analyzers/internal/scope"
	"github.com/concvet/concvet/analyzers/internal/summary"
)

// Rule is the rule.
var Rule = &rule.Rule{Name: "afterloop", Tier: rule.Advice, Doc: doc, Check: check}

// check reports the timers that the rounds of a loop leave behind.
func check(p *rule.Pass) []report.Finding {
	var out []report.Finding
	for _, fn := range p.Funcs {
		timers := p.LoopTimers(fn)
		if len(timers) == 0 || !p.Before(fn, "go1.23") {
			continue
		}
		for _, n := range timers {
			f := report.Finding{
				Message: "each round of the loop leaves the timer of time.After running until it fires: before Go 1.23 it is not collected sooner",
			}
			f.Pos, f.End = summary.Range(fn, p.Event(fn, n).Pos())
			f.Witness = []report.Step{{Pos: f.Pos, G: 1, Role: scope.RoleOf(fn), Verb: "starts a timer"}}
			out = append(out, f)
		}
	}
	return out
}
