package summary

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/concvet/concvet/analyzers/internal/lockset"
	"github.com/concvet/concvet/analyzers/internal/report"
)

// UnlockFix returns the edit that gives the lock up when the function is left:
// deferred, if that changes nothing else, or before the return, or before the
// breaks out of the loop that takes it in each turn. It is nil if the lock is not
// taken by a plain call of this function, if it is not always held there, or if
// what comes after might still need it.
func (p *Package) UnlockFix(l *Leak) *report.Fix {
	call := CallOf(l.Fn, p.Event(l.Fn, l.Since).Pos())
	if call == nil || !p.Direct(call) {
		return nil
	}
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	text := types.ExprString(sel.X) + ".Unlock()"
	if l.Mode == lockset.Shared {
		text = types.ExprString(sel.X) + ".RUnlock()"
	}
	if edits := p.deferUnlock(l, call, text); edits != nil {
		return &report.Fix{Message: "defer " + text, Edits: edits}
	}
	var leaves []ast.Stmt
	if at := p.Event(l.Fn, l.Exit).Pos(); !at.IsValid() {
		leaves = p.leakingBreaks(l, call, text)
	} else if ret, ok := Syntax(l.Fn, at).(*ast.ReturnStmt); ok && l.Always && plain(ret.Results) {
		leaves = []ast.Stmt{ret}
	}
	var edits []analysis.TextEdit
	for _, stmt := range leaves {
		if !report.InList(l.Fn.Syntax(), stmt) || !report.SameAt(p.Pass, sel.X, stmt.Pos()) {
			return nil
		}
		edits = append(edits, report.InsertBefore(stmt, text))
	}
	if len(edits) == 0 {
		return nil
	}
	return &report.Fix{Message: "insert " + text, Edits: edits}
}

// plain reports whether the results of a return are what they are without the
// lock, too.
func plain(results []ast.Expr) bool {
	for _, r := range results {
		switch ast.Unparen(r).(type) {
		case *ast.Ident, *ast.BasicLit:
		default:
			return false
		}
	}
	return true
}

// leakingBreaks returns the breaks between call, which takes a lock in each
// turn of a loop, and the statement that gives it up at the end of the turn, the
// only one that does. The loop must have an end of its own, where the lock is
// free: what comes after it cannot rely on the lock then.
func (p *Package) leakingBreaks(l *Leak, call *ast.CallExpr, unlock string) (breaks []ast.Stmt) {
	unlocks := 0
	ast.Inspect(l.Fn.Syntax(), func(x ast.Node) bool {
		var body *ast.BlockStmt
		switch x := x.(type) {
		case *ast.ForStmt:
			if x.Cond != nil {
				body = x.Body
			}
		case *ast.RangeStmt:
			body = x.Body
		case *ast.CallExpr:
			if types.ExprString(x) == unlock {
				unlocks++
			}
		}
		if body != nil {
			from := slices.IndexFunc(body.List, func(s ast.Stmt) bool { return isCall(s, call, "") })
			to := slices.IndexFunc(body.List, func(s ast.Stmt) bool { return isCall(s, nil, unlock) })
			if from >= 0 && from < to {
				for _, s := range body.List[from:to] {
					breaks = append(breaks, breaksIn(s)...)
				}
			}
		}
		return true
	})
	if unlocks != 1 {
		return nil
	}
	return breaks
}

// isCall reports whether s consists of the given call, or of one that is written
// like text.
func isCall(s ast.Stmt, call *ast.CallExpr, text string) bool {
	e, ok := s.(*ast.ExprStmt)
	return ok && (ast.Unparen(e.X) == ast.Expr(call) || text != "" && types.ExprString(e.X) == text)
}

// breaksIn returns the breaks in s that leave the loop around it.
func breaksIn(s ast.Stmt) (out []ast.Stmt) {
	ast.Inspect(s, func(x ast.Node) bool {
		switch x := x.(type) {
		case *ast.ForStmt, *ast.RangeStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt, *ast.FuncLit:
			return false
		case *ast.BranchStmt:
			if x.Tok == token.BREAK && x.Label == nil {
				out = append(out, x)
			}
		}
		return true
	})
	return out
}
