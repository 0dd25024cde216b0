package checkthenact

import (
	"fmt"

	"github.com/concvet/concvet/analyzers/internal/report"
	"github.com/concvet/concvet/analyzers/internal/rule"
	"github.com/concvet/concvet/analyzers/internal/scope"
)

// Rule reports atomic updates that are not atomic. It is advice until mistakes
// of its kind that were found and mended elsewhere speak for it.
var Rule = &rule.Rule{Name: "checkthenact", Tier: rule.Advice, Doc: doc, Check: check}

func check(p *rule.Pass) []report.Finding {
	var out []report.Finding
	for _, c := range p.LostUpdates() {
		out = append(out, finding(c))
	}
	return out
}

func finding(c *scope.Conflict) report.Finding {
	s := c.Scope
	at, other := c.Parties()
	does, _ := s.Verb(c.Other)
	pos, end := c.At.Range()
	name := s.Name(c.At)
	return report.Finding{
		Pos: pos, End: end,
		Message: fmt.Sprintf("%s stores in %s what it computes from an earlier load while %s %s it: what is stored between the two is lost",
			at, name, other, does),
		Witness: c.Witness(),
		Fixes:   add(c),
	}
}
