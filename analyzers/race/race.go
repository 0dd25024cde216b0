package race

import (
	_ "embed"
	"fmt"
	"go/token"
	"slices"

	"github.com/concvet/concvet/analyzers/internal/report"
	"github.com/concvet/concvet/analyzers/internal/rule"
	"github.com/concvet/concvet/analyzers/internal/scope"
)

//go:embed doc.go
var doc string

// Rule reports races other than those of two appends.
var Rule = &rule.Rule{Name: "race", Doc: doc, Check: check}

func check(p *rule.Pass) []report.Finding {
	var out []report.Finding
	told := map[[2]token.Pos]bool{} // pairs of statements
	for _, c := range nearest(slices.Concat(p.Conflicting(), p.Conflicts((*scope.Scope).Overwritten))) {
		if k := c.Statements(); !appends(c) && !told[k] {
			told[k] = true
			out = append(out, finding(c))
		}
	}
	for _, o := range p.Outsiders() {
		out = append(out, outsider(o))
	}
	return out
}

// nearest sorts the conflicts by how far from the function of their scope they are:
// one that shows in several is told best by the nearest.
func nearest(all []*scope.Conflict) []*scope.Conflict {
	slices.SortStableFunc(all, func(c, d *scope.Conflict) int { return c.Distance() - d.Distance() })
	return all
}

// appends reports whether both accesses are those of x = append(x, …), which
// is for sharedappend to report.
func appends(c *scope.Conflict) bool {
	return c.Scope.AppendBack(c.At) != nil && c.Scope.AppendBack(c.Other) != nil
}

func finding(c *scope.Conflict) report.Finding {
	s := c.Scope
	name := s.Name(c.At)
	at, other := c.Parties()
	object := "it"
	if n := s.Name(c.Other); n != name {
		object = n
	}
	_, done := s.Verb(c.At)
	does, _ := s.Verb(c.Other)
	pos, end := s.Range(c.At)
	same, _ := s.Range(c.Write)
	return report.Finding{
		Pos: pos, End: end, Same: same, Rank: -c.Distance(),
		Message: fmt.Sprintf("%s is %s by %s while %s %s %s: nothing orders the two, and %s",
			name, done, at, other, does, object, c.Locks()),
		Witness: c.Witness(),
		Fixes:   ownVariable(c),
	}
}
