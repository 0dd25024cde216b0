package scope

import (
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/concvet/concvet/analyzers/internal/report"
	"github.com/concvet/concvet/analyzers/internal/summary"
)

// waitStmt returns the statement that the Wait is, nil if it is part of one.
func (j *Join) waitStmt() (body *ast.BlockStmt, stmt *ast.ExprStmt) {
	body = summary.Body(j.Wait.Frame.Fn)
	if body == nil || j.Wait.Ev.Defer != nil {
		return nil, nil
	}
	stmt, _ = statement(body, j.Wait.Syntax()).(*ast.ExprStmt)
	return body, stmt
}

// AfterLoop returns the edit that moves a Wait which ends the body of a loop
// behind the loop, nil if it stands elsewhere.
func (j *Join) AfterLoop() []report.Fix {
	pass := j.Scope.Pkg.Pass
	body, stmt := j.waitStmt()
	if stmt == nil {
		return nil
	}
	var loop ast.Stmt
	ast.Inspect(body, func(x ast.Node) bool {
		var in *ast.BlockStmt
		switch x := x.(type) {
		case *ast.ForStmt:
			in = x.Body
		case *ast.RangeStmt:
			in = x.Body
		}
		if in != nil && len(in.List) > 0 && in.List[len(in.List)-1] == ast.Stmt(stmt) {
			loop = x.(ast.Stmt)
		}
		return loop == nil
	})
	if loop == nil || !report.InList(body, loop) {
		return nil
	}
	sel, ok := stmt.X.(*ast.CallExpr).Fun.(*ast.SelectorExpr)
	text := types.ExprString(stmt.X)
	gone, moved, taken := report.Take(pass, stmt, text)
	if !ok || !taken || !report.SameAt(pass, sel.X, loop.End()) {
		return nil
	}
	return []report.Fix{{
		Message: "move " + text + " behind the loop",
		Edits:   []analysis.TextEdit{gone, report.InsertAfter(pass, loop, moved)},
	}}
}

// WaitApart returns the edit that waits, and then closes the channel, in a
// goroutine of its own, so that the receives can begin. It is nil unless these
// are two statements, one behind the other, and what follows ranges over the
// channel.
func (j *Join) WaitApart(recv *Node) []report.Fix {
	body, stmt := j.waitStmt()
	if stmt == nil || j.Group == nil {
		return nil
	}
	var closes, ranges ast.Stmt
	ast.Inspect(body, func(x ast.Node) bool {
		if list, ok := x.(*ast.BlockStmt); ok {
			if i := slices.Index(list.List, ast.Stmt(stmt)); i >= 0 && i+2 < len(list.List) {
				closes, ranges = list.List[i+1], list.List[i+2]
			}
		}
		return closes == nil
	})
	over, ok := ranges.(*ast.RangeStmt)
	call, isCall := closes.(*ast.ExprStmt)
	if !ok || !isCall || recv.Frame != j.Wait.Frame || types.ExprString(call.X) != "close("+types.ExprString(over.X)+")" {
		return nil
	}
	return []report.Fix{{
		Message: "wait and close in a goroutine",
		Edits: []analysis.TextEdit{
			{Pos: stmt.Pos(), End: stmt.Pos(), NewText: []byte("go func() {\n")},
			report.InsertAfter(j.Scope.Pkg.Pass, closes, "}()"),
		},
	}}
}
