package spinselect

import (
	"go/ast"
	"go/token"

	"golang.org/x/tools/go/analysis"

	"github.com/concvet/concvet/analyzers/internal/report"
	"github.com/concvet/concvet/analyzers/internal/rule"
	"github.com/concvet/concvet/analyzers/internal/scope"
)

// Rule is the rule.
var Rule = &rule.Rule{Name: "spinselect", Doc: doc, Check: check}

// check looks for loops of which a select with an empty default is all, and for
// cases that a loop cannot be left by.
func check(p *rule.Pass) []report.Finding {
	var out []report.Finding
	for _, fn := range p.Funcs {
		body := fn.Syntax()
		if body == nil {
			continue
		}
		ast.Inspect(body, func(x ast.Node) bool {
			if _, lit := x.(*ast.FuncLit); lit && x != body {
				return false // a function of its own
			}
			if loop, ok := x.(*ast.ForStmt); ok {
				if sel, def := spins(loop); sel != nil {
					out = append(out, finding(p, scope.RoleOf(fn), sel, def))
				}
			}
			return true
		})
	}
	return append(out, endless(p)...)
}

// spins returns the select that is all of the loop, and its empty default, if
// it waits for something.
func spins(loop *ast.ForStmt) (*ast.SelectStmt, *ast.CommClause) {
	if loop.Init != nil || loop.Cond != nil || loop.Post != nil || len(loop.Body.List) != 1 {
		return nil, nil
	}
	stmt := loop.Body.List[0]
	if l, ok := stmt.(*ast.LabeledStmt); ok {
		stmt = l.Stmt
	}
	sel, ok := stmt.(*ast.SelectStmt)
	if !ok || len(sel.Body.List) < 2 {
		return nil, nil
	}
	for _, c := range sel.Body.List {
		if c := c.(*ast.CommClause); c.Comm == nil && idle(c.Body) {
			return sel, c
		}
	}
	return nil, nil
}

// idle reports whether statements do nothing but start the next round.
func idle(body []ast.Stmt) bool {
	for _, s := range body {
		b, ok := s.(*ast.BranchStmt)
		if _, empty := s.(*ast.EmptyStmt); !empty && (!ok || b.Tok != token.CONTINUE || b.Label != nil) {
			return false
		}
	}
	return true
}

func finding(p *rule.Pass, role string, sel *ast.SelectStmt, def *ast.CommClause) report.Finding {
	f := report.Finding{
		Pos: def.Pos(), End: def.Colon + 1,
		Message: "this default makes the loop spin: until a case is ready it takes all of a CPU, where select without default would wait",
		Witness: []report.Step{
			{Pos: sel.Pos(), G: 1, Role: role, Verb: "finds no case ready"},
			{Pos: def.Pos(), G: 1, Role: role, Verb: "goes on at once", After: 1},
		},
	}
	if edit, ok := report.Remove(p.Pass, def); ok {
		f.Fixes = []report.Fix{{Message: "remove the default", Edits: []analysis.TextEdit{edit}}}
	}
	return f
}
