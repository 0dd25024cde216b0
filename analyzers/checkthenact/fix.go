package checkthenact

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/concvet/concvet/analyzers/internal/report"
	"github.com/concvet/concvet/analyzers/internal/scope"
)

// add returns the fix that makes one Add of the two operations, where they are
// written as x.Store(x.Load() + v) or atomic.StoreT(&x, atomic.LoadT(&x)+v).
func add(c *scope.Conflict) []report.Fix {
	store, ok := c.At.Syntax().(*ast.CallExpr)
	if !ok || len(store.Args) == 0 {
		return nil
	}
	name, ok := store.Fun.(*ast.SelectorExpr)
	value := store.Args[len(store.Args)-1]
	sum, isSum := ast.Unparen(value).(*ast.BinaryExpr)
	if !ok || !isSum || sum.Op != token.ADD || !strings.HasPrefix(name.Sel.Name, "Store") {
		return nil
	}
	load, ok := ast.Unparen(sum.X).(*ast.CallExpr)
	if !ok || !loads(load, store, name) || hasCall(sum.Y) || !integer(c, sum) {
		return nil
	}
	return []report.Fix{{
		Message: "add in one step",
		Edits: []analysis.TextEdit{
			{Pos: name.Sel.Pos(), End: name.Sel.Pos() + token.Pos(len("Store")), NewText: []byte("Add")},
			{Pos: value.Pos(), End: sum.Y.Pos()},
			{Pos: sum.Y.End(), End: value.End()},
		},
	}}
}

// loads reports whether load is the Load of what the Store is of.
func loads(load, store *ast.CallExpr, name *ast.SelectorExpr) bool {
	sel, ok := load.Fun.(*ast.SelectorExpr)
	if !ok || types.ExprString(sel.X) != types.ExprString(name.X) || len(load.Args) != len(store.Args)-1 ||
		sel.Sel.Name != "Load"+strings.TrimPrefix(name.Sel.Name, "Store") {
		return false
	}
	return len(load.Args) == 0 || types.ExprString(load.Args[0]) == types.ExprString(store.Args[0])
}

// hasCall reports whether x calls or receives something, which the fix does not
// move.
func hasCall(x ast.Expr) bool {
	found := false
	ast.Inspect(x, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			found = true
		case *ast.UnaryExpr:
			found = found || n.Op == token.ARROW
		}
		return !found
	})
	return found
}

// integer reports whether x is of a type that atomic adds work on.
func integer(c *scope.Conflict, x ast.Expr) bool {
	t, ok := c.Scope.Pkg.Pass.TypesInfo.TypeOf(x).Underlying().(*types.Basic)
	return ok && t.Info()&types.IsInteger != 0
}
