package spinselect

import (
	"fmt"
	"go/ast"
	"go/token"

	"golang.org/x/tools/go/analysis"

	"github.com/concvet/concvet/analyzers/internal/census"
	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/report"
	"github.com/concvet/concvet/analyzers/internal/rule"
	"github.com/concvet/concvet/analyzers/internal/scope"
	"github.com/concvet/concvet/analyzers/internal/summary"
)

// endless looks for cases that are ready for ever once they are, and do not
// leave the loop around their select.
func endless(p *rule.Pass) []report.Finding {
	var out []report.Finding
	all := p.Census()
	for _, o := range all.Ops() {
		if !all.Respins(o) {
			continue
		}
		name := summary.Name(o.Fn, o.Ev)
		f := report.Finding{Message: fmt.Sprintf(
			"this case does not leave the loop: once %s is closed it is ready in every round, and the loop takes all of a CPU", name)}
		f.Pos, f.End = summary.OperationRange(o.Fn, o.Ev)
		var deeds []scope.Deed
		c := all.At(o.Ev)
		if c != nil {
			if end := c.First(models.Close); end != nil {
				deeds = append(deeds, scope.DeedOf(end, "closes", report.Plain))
			}
		}
		deeds = append(deeds, scope.DeedOf(o, "receives from", report.Plain), scope.DeedOf(o, "receives again from", report.Plain))
		f.Witness = p.Story(c, deeds...)
		if edit, ok := leave(o, f.Pos); ok {
			f.Fixes = []report.Fix{{Message: "return", Edits: []analysis.TextEdit{edit}}}
		}
		out = append(out, f)
	}
	return out
}

// leave makes a return of the break that ends the case of o, at pos, if the loop
// is the last that its function does and the function has no results.
func leave(o *census.Op, pos token.Pos) (analysis.TextEdit, bool) {
	body := summary.Body(o.Fn)
	if body == nil || len(body.List) == 0 || o.Fn.Signature.Results().Len() > 0 {
		return analysis.TextEdit{}, false
	}
	loop, ok := body.List[len(body.List)-1].(*ast.ForStmt)
	if !ok {
		return analysis.TextEdit{}, false
	}
	var at *ast.BranchStmt
	for _, s := range loop.Body.List {
		sel, ok := s.(*ast.SelectStmt)
		if !ok {
			continue
		}
		for _, c := range sel.Body.List {
			c := c.(*ast.CommClause)
			if c.Comm == nil || len(c.Body) == 0 || pos < c.Comm.Pos() || c.Comm.End() <= pos {
				continue
			}
			at, _ = c.Body[len(c.Body)-1].(*ast.BranchStmt)
		}
	}
	if at == nil || at.Tok != token.BREAK || at.Label != nil {
		return analysis.TextEdit{}, false
	}
	return analysis.TextEdit{Pos: at.Pos(), End: at.End(), NewText: []byte("return")}, true
}
