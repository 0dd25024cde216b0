package atomicmix

import (
	_ "embed"
	"fmt"

	"github.com/concvet/concvet/analyzers/internal/report"
	"github.com/concvet/concvet/analyzers/internal/rule"
	"github.com/concvet/concvet/analyzers/internal/scope"
)

//go:embed doc.go
var doc string

// Rule reports variables accessed atomically and plainly at once.
var Rule = &rule.Rule{Name: "atomicmix", Doc: doc, Check: check}

func check(p *rule.Pass) []report.Finding {
	var out []report.Finding
	for _, c := range p.Conflicts((*scope.Scope).Mixed) {
		out = append(out, finding(c))
	}
	return out
}

func finding(c *scope.Conflict) report.Finding {
	s := c.Scope
	at, other := c.Parties()
	_, done := s.Verb(c.At)
	does, _ := s.Verb(c.Other)
	pos, end := s.Range(c.At)
	return report.Finding{
		Pos: pos, End: end,
		Message: fmt.Sprintf("%s is %s by %s while %s %s it: a plain access and an atomic one at the same time are a data race",
			s.Name(c.At), done, at, other, does),
		Witness: c.Witness(),
	}
}
