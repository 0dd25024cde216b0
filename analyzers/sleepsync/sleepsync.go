package sleepsync

import (
	"fmt"

	"github.com/concvet/concvet/analyzers/internal/report"
	"github.com/concvet/concvet/analyzers/internal/rule"
	"github.com/concvet/concvet/analyzers/internal/scope"
)

// Rule is the rule.
var Rule = &rule.Rule{Name: "sleepsync", Tier: rule.Advice, Doc: doc, Check: check}

// check reports each Sleep that stands for waiting, once.
func check(p *rule.Pass) []report.Finding {
	var out []report.Finding
	for _, s := range p.Scopes {
		seen := map[*scope.Node]bool{}
		for _, t := range s.Threads[1:] {
			if n := s.SleptFor(t); n != nil && !seen[n] {
				seen[n] = true
				out = append(out, finding(s, t, n))
			}
		}
	}
	return out
}

func finding(s *scope.Scope, t *scope.Thread, n *scope.Node) report.Finding {
	f := report.Finding{Rank: -1}
	f.Pos, f.End = n.Range()
	at, _ := t.Spawn.Range()
	f.Message = fmt.Sprintf("time.Sleep is all that waits for the goroutine started at %s: if it takes longer, %s goes on without it", s.Pkg.Line(at), s.Root.Name())
	f.Witness = s.Witness(
		scope.Moment{Node: t.Spawn, Verb: "starts", Object: t.Spawn.Called()},
		scope.Moment{Node: n, Verb: "sleeps", After: 1},
		scope.Moment{Node: t.Entry, Verb: "may run on", After: 1, Mark: report.Racing},
	)
	return f
}
