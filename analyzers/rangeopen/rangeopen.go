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
// closes the channel. If not, it is a mistake if the senders come to an end, or
// if there is something behind the loop, or if it ranges over the ticks of a ticker
// that is stopped.
func check(p *rule.Pass) []report.Finding {
	var out []report.Finding
	all := p.Census()
	for _, o := range all.Ops() {
		if o.Kind != models.Recv || !o.Ranges() {
			continue
		}
		name := summary.Name(o.Fn, o.Ev)
		deeds := []scope.Deed{scope.DeedOf(o, "ranges over", report.Blocked)}
		f := report.Finding{Message: fmt.Sprintf("nothing closes %s: once the senders are done, this range over it waits for ever", name)}
		if send := all.Unclosed(o); send != nil {
			f.Fixes = p.CloseWhenSent(send)
			deeds = append([]scope.Deed{scope.DeedOf(send, "sends on", report.Plain)}, deeds...)
		} else if after := all.Unreached(o); after != nil {
			f.Message = fmt.Sprintf("nothing closes %s: this range over it never ends, and line %d is never reached", name, p.Pass.Fset.Position(after.Pos()).Line)
		} else if stop := all.Stopped(o); stop != nil {
			f.Message = fmt.Sprintf("stopping the ticker does not close %s: this range over it then waits for ever", name)
			deeds = append([]scope.Deed{scope.DeedOf(stop, "stops", report.Plain)}, deeds...)
		} else {
			continue
		}
		f.Witness = p.Story(all.At(o.Ev), deeds...)
		f.Pos, f.End = summary.OperationRange(o.Fn, o.Ev)
		out = append(out, f)
	}
	return out
}
