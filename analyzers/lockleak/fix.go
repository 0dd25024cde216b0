package lockleak

import (
	"go/ast"

	"golang.org/x/tools/go/analysis"

	"github.com/concvet/concvet/analyzers/internal/lockset"
	"github.com/concvet/concvet/analyzers/internal/report"
	"github.com/concvet/concvet/analyzers/internal/rule"
	"github.com/concvet/concvet/analyzers/internal/summary"
)

// fix returns the fix that gives the lock up before the return. It is nil if
// the lock is not taken by a plain call in this function, or if what is
// returned might still need the lock.
func fix(p *rule.Pass, l *summary.Leak, lock string) *report.Fix {
	call := summary.CallOf(l.Fn, p.Event(l.Fn, l.Since).Pos())
	if call == nil || !p.Direct(call) {
		return nil
	}
	ret, ok := summary.Syntax(l.Fn, p.Event(l.Fn, l.Exit).Pos()).(*ast.ReturnStmt)
	if !ok || !report.InList(l.Fn.Syntax(), ret) {
		return nil
	}
	for _, r := range ret.Results {
		switch ast.Unparen(r).(type) {
		case *ast.Ident, *ast.BasicLit:
		default:
			return nil
		}
	}
	recv := ast.Unparen(call.Fun).(*ast.SelectorExpr).X
	if !report.SameAt(p.Pass, recv, ret.Pos()) {
		return nil
	}
	text := lock + ".Unlock()"
	if l.Mode == lockset.Shared {
		text = lock + ".RUnlock()"
	}
	return &report.Fix{Message: "insert " + text, Edits: []analysis.TextEdit{report.InsertBefore(ret, text)}}
}
