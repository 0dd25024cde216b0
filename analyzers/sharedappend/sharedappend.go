package sharedappend

import (
	_ "embed"
	"fmt"

	"github.com/concvet/concvet/analyzers/internal/report"
	"github.com/concvet/concvet/analyzers/internal/rule"
)

//go:embed doc.go
var doc string

// named is what this rule's findings rank above those that call the same
// append a race, because they can say what it does.
const named = 1000

// Rule reports races of two statements of the form x = append(x, …).
var Rule = &rule.Rule{Name: "sharedappend", Doc: doc, Check: check}

func check(p *rule.Pass) []report.Finding {
	var out []report.Finding
	for _, c := range p.Conflicting() {
		if c.Scope.AppendBack(c.At) == nil || c.Scope.AppendBack(c.Other) == nil {
			continue
		}
		pos, end := c.Scope.Range(c.At)
		other := "another worker"
		if !c.Twins() {
			_, other = c.Parties()
		}
		out = append(out, report.Finding{
			Pos: pos, End: end,
			Message: fmt.Sprintf("this append to %s runs while %s appends: elements are lost", c.Scope.Name(c.At), other),
			Witness: c.Witness(),
			Rank:    named - c.Distance(),
		})
	}
	return out
}
