package findings

import (
	"cmp"
	"go/ast"
	"go/token"
	"math"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/concvet/concvet/analyzers/internal/report"
	"github.com/concvet/concvet/analyzers/internal/rule"
)

// A found is a finding of any member, with what decides whether it is kept.
type found struct {
	member     string
	order      int            // of the member in the suite
	advice     bool           // worse than every finding that is shown unasked
	rank       int            // the higher the better
	mistake    token.Pos      // findings with one mistake are one bug
	posn       token.Position // of the diagnostic, as laid out in the file
	diagnostic analysis.Diagnostic
	yields     []token.Pos // dropped if a finding that names the mistake touches one of these
	names      bool        // it names the mistake
	vet        bool        // of a bundled analyzer
}

// newFound converts a finding of a rule. Fixes in generated files are left
// out: the next run of the generator would undo them.
func newFound(pass *analysis.Pass, m *member, order int, f *report.Finding) found {
	d := f.Diagnostic()
	var yields []token.Pos
	if f.Yields {
		yields = append(yields, f.Pos)
		for _, s := range f.Witness {
			if s.Verb != "starts" {
				yields = append(yields, s.Pos)
			}
		}
	}
	if ast.IsGenerated(fileOf(pass, f)) {
		d.SuggestedFixes = nil
	}
	for i, fix := range d.SuggestedFixes {
		d.SuggestedFixes[i].TextEdits = report.Indent(pass, fix.TextEdits)
	}
	return found{
		member:     f.Rule,
		order:      order,
		advice:     m.tier == rule.Advice,
		rank:       f.Rank,
		mistake:    f.Mistake(),
		posn:       pass.Fset.PositionFor(f.Pos, false),
		diagnostic: d,
		yields:     yields,
		names:      !f.Yields && m.tier == rule.Default,
	}
}

// touch notes the positions of f and of its witness.
func (f *found) touch(named map[token.Pos]bool) {
	named[f.mistake], named[f.diagnostic.Pos] = true, true
	for _, r := range f.diagnostic.Related {
		named[r.Pos] = true
	}
}

// newBundled converts a diagnostic of a bundled analyzer. It ranks below those of
// every default rule, because it has no witness.
func newBundled(pass *analysis.Pass, member string, order int, d analysis.Diagnostic) found {
	return found{
		member:     member,
		order:      order,
		rank:       math.MinInt,
		mistake:    d.Pos,
		posn:       pass.Fset.PositionFor(d.Pos, false),
		diagnostic: d,
		vet:        true,
	}
}

// best keeps the best finding of each mistake, and of findings that say the
// same at the same place the first. The result is ordered by position. It is
// the same whatever the order of the argument.
func best(all []found) []found {
	slices.SortStableFunc(all, func(a, b found) int {
		switch {
		case a.advice && !b.advice:
			return 1
		case b.advice && !a.advice:
			return -1
		}
		return cmp.Or(-cmp.Compare(a.rank, b.rank), cmp.Compare(a.order, b.order), byPosition(a, b))
	})
	type said struct {
		member   string
		pos, end token.Pos
		message  string
	}
	mistakes := make(map[token.Pos]bool)
	texts := make(map[said]bool)
	named := make(map[token.Pos]bool) // what findings that name a mistake touch
	var kept []found
	for _, f := range all {
		if slices.ContainsFunc(f.yields, func(p token.Pos) bool { return named[p] }) {
			continue
		}
		if f.names {
			f.touch(named)
		}
		text := said{f.member, f.diagnostic.Pos, f.diagnostic.End, f.diagnostic.Message}
		if !mistakes[f.mistake] && !texts[text] {
			kept = append(kept, f)
		}
		mistakes[f.mistake] = true
		texts[text] = true
	}
	slices.SortFunc(kept, func(a, b found) int { return cmp.Or(byPosition(a, b), cmp.Compare(a.order, b.order)) })
	return kept
}

// byPosition orders by what a reader sees. Values of token.Pos do not serve:
// files are parsed in any order.
func byPosition(a, b found) int {
	return cmp.Or(cmp.Compare(a.posn.Filename, b.posn.Filename), cmp.Compare(a.posn.Offset, b.posn.Offset),
		cmp.Compare(a.diagnostic.Message, b.diagnostic.Message))
}
