package scope

import (
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/report"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
	"github.com/concvet/concvet/analyzers/internal/summary"
)

// MoveAdd returns the edit that puts an Add before the go statement, if that
// starts a function literal of which the Add is a statement of its own, with a
// constant, and means the same outside. Else it returns nil.
func (w *WaitGroup) MoveAdd(add *Node) []report.Fix {
	pass := w.Scope.Pkg.Pass
	goStmt, ok := add.Thread.Spawn.Syntax().(*ast.GoStmt)
	if !ok || !report.InList(add.Thread.Spawn.Frame.Fn.Syntax(), goStmt) {
		return nil
	}
	lit, ok := ast.Unparen(goStmt.Call.Fun).(*ast.FuncLit)
	if !ok {
		return nil
	}
	t := add.Thread
	if w.Scope.Reach(t.Entry, func(n *Node) bool { return n == add })(t.Frame.Exit) {
		return nil // on that path Done is left out too
	}
	stmt := statement(lit.Body, add.Syntax())
	if stmt == nil || !slices.Contains(lit.Body.List, stmt) {
		return nil
	}
	call := add.Syntax().(*ast.CallExpr)
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || pass.TypesInfo.Types[call.Args[0]].Value == nil || !report.SameAt(pass, sel.X, goStmt.Pos()) {
		return nil
	}
	text := types.ExprString(call)
	gone, moved, ok := report.Take(pass, stmt, text)
	if !ok {
		return nil
	}
	return []report.Fix{{
		Message: "move " + text + " before the go statement",
		Edits:   []analysis.TextEdit{report.InsertBefore(goStmt, moved), gone},
	}}
}

// statement returns the statement in body that x is: itself, or the one that
// consists of the call x.
func statement(body *ast.BlockStmt, x ast.Node) ast.Stmt {
	if stmt, ok := x.(ast.Stmt); ok {
		return stmt
	}
	var found ast.Stmt
	ast.Inspect(body, func(n ast.Node) bool {
		if stmt, ok := n.(*ast.ExprStmt); ok && ast.Node(stmt.X) == x {
			found = stmt
		}
		return found == nil
	})
	return found
}

// DeferDone returns the edit that defers Done at the top of the goroutine's
// function in place of dones, which are all calls of it there. It returns nil
// if a Done would come too late then, or means something else there.
func (w *WaitGroup) DeferDone(t *Thread, dones []*Node) []report.Fix {
	pass, body := w.Scope.Pkg.Pass, summary.Body(t.Frame.Fn)
	if body == nil {
		return nil
	}
	var edits []analysis.TextEdit
	var text string
	var removed []ast.Stmt
	for _, d := range dones {
		call := doneCall(d.Syntax())
		if d.Frame != t.Frame || call == nil || w.hurried(d) {
			return nil
		}
		sel, ok := call.Fun.(*ast.SelectorExpr)
		stmt := statement(body, d.Syntax())
		if !ok || stmt == nil || !report.SameAt(pass, sel.X, body.Lbrace+1) {
			return nil
		}
		if slices.Contains(removed, stmt) {
			continue // replayed from the same defer statement
		}
		removed = append(removed, stmt)
		text = "defer " + types.ExprString(call)
		gone, ok := report.Remove(pass, stmt)
		if !ok {
			return nil
		}
		edits = append(edits, gone)
	}
	edits = append(edits, report.InsertFirst(pass, body, text))
	slices.SortFunc(edits, func(a, b analysis.TextEdit) int { return int(a.Pos - b.Pos) })
	return []report.Fix{{Message: text + " at the top of the goroutine", Edits: edits}}
}

// doneCall returns the call of Done that x is or defers, nil if it is another
// call.
func doneCall(x ast.Node) *ast.CallExpr {
	call, _ := x.(*ast.CallExpr)
	if d, ok := x.(*ast.DeferStmt); ok {
		call = d.Call
	}
	if call == nil || len(call.Args) > 0 {
		return nil
	}
	if sel, ok := call.Fun.(*ast.SelectorExpr); !ok || sel.Sel.Name != "Done" {
		return nil
	}
	return call
}

// hurried reports whether something that may wait follows the Done at d: what
// it waits for may need the Done.
func (w *WaitGroup) hurried(d *Node) bool {
	late := w.Scope.avoidingAll(d.Succs, func(*Node) bool { return false })
	for _, n := range w.Scope.Nodes {
		if n.Ev == nil || !late.has(n.ID) {
			continue
		}
		switch n.Ev.Kind {
		case models.WGDone, skeleton.Return, skeleton.GoExit, skeleton.Read, skeleton.Write,
			models.Close, models.Release, models.ReleaseShared:
		case skeleton.CallFn:
			if n.inner == nil && n.Ev.Effect.MayWait() || n.inner == nil && n.Ev.Callee.Fn != nil {
				return true
			}
		default:
			return true
		}
	}
	return false
}
