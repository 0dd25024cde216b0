package rangeopen

import (
	"fmt"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/report"
	"github.com/concvet/concvet/analyzers/internal/rule"
	"github.com/concvet/concvet/analyzers/internal/scope"
	"github.com/concvet/concvet/analyzers/internal/summary"
)

// Rule is the rule.
var Rule = &rule.Rule{Name: "rangeopen", Doc: doc, Check: check}

// check asks of every range over a channel whether it has an end: somebody who
// closes the channel, or senders of which it is not known that they stop.
func check(p *rule.Pass) []report.Finding {
	var out []report.Finding
	all := p.Census()
	for _, o := range all.Ops() {
		if o.Kind != models.Recv || !o.Ranges() {
			continue
		}
		send := all.Unclosed(o)
		if send == nil {
			continue
		}
		f := report.Finding{
			Message: fmt.Sprintf("nothing closes %s: once the senders are done, this range over it waits for ever", summary.Name(o.Fn, o.Ev)),
			Witness: p.Story(all.At(o.Ev), scope.DeedOf(send, "sends on", report.Plain), scope.DeedOf(o, "ranges over", report.Blocked)),
		}
		f.Pos, f.End = summary.OperationRange(o.Fn, o.Ev)
		out = append(out, f)
	}
	return out
}
