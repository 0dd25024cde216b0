package unbounded

import (
	"fmt"
	"strings"

	"github.com/concvet/concvet/analyzers/internal/report"
	"github.com/concvet/concvet/analyzers/internal/rule"
	"github.com/concvet/concvet/analyzers/internal/scope"
)

// Rule is the rule.
var Rule = &rule.Rule{Name: "unbounded", Tier: rule.Advice, Doc: doc, Check: check}

// check reports the go statements that start a goroutine per item, but in
// tests, where the items are few.
func check(p *rule.Pass) []report.Finding {
	var out []report.Finding
	for _, s := range p.Scopes {
		if file := p.Pass.Fset.File(s.Root.Pos()); file == nil || strings.HasSuffix(file.Name(), "_test.go") {
			continue
		}
		for _, t := range s.Threads[1:] {
			if slow, ok := s.Unbounded(t); ok {
				out = append(out, finding(s, t, slow))
			}
		}
	}
	return out
}

func finding(s *scope.Scope, t *scope.Thread, slow *scope.Node) report.Finding {
	f := report.Finding{Rank: -1}
	f.Pos, f.End = t.Spawn.Range()
	f.Message = "one goroutine for each item, all at once: they only compute, so more than GOMAXPROCS of them take memory and time and finish no sooner"
	work := scope.Moment{Node: t.Entry, Verb: "computes", After: 1}
	if slow != nil {
		f.Message = fmt.Sprintf("one goroutine for each item, all at once: as many calls of %s as there are items run together, which nothing limits", slow.Called())
		work = scope.Moment{Node: slow, Verb: "calls", Object: slow.Called(), After: 1}
	}
	f.Witness = s.Witness(scope.Moment{Node: t.Spawn, Verb: "starts many of", Object: t.Spawn.Called()}, work)
	return f
}
