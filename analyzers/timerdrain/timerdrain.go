package timerdrain

import (
	"fmt"
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/concvet/concvet/analyzers/internal/report"
	"github.com/concvet/concvet/analyzers/internal/rule"
	"github.com/concvet/concvet/analyzers/internal/scope"
	"github.com/concvet/concvet/analyzers/internal/summary"
)

// Rule is the rule.
var Rule = &rule.Rule{Name: "timerdrain", Doc: doc, Check: check}

// check reports the drains of timers whose value has been received.
func check(p *rule.Pass) []report.Finding {
	var out []report.Finding
	for _, fn := range p.Funcs {
		for _, d := range p.Drains(fn) {
			out = append(out, finding(p, &d))
		}
	}
	return out
}

func finding(p *rule.Pass, d *summary.Drain) report.Finding {
	var f report.Finding
	recv := p.Event(d.Fn, d.Recv)
	f.Pos, f.End = summary.Range(d.Fn, recv.Pos())
	name := "the timer's channel"
	if x, ok := summary.Syntax(d.Fn, recv.Pos()).(*ast.UnaryExpr); ok {
		name = types.ExprString(x.X)
		f.Fixes = fix(d, x)
	}
	taken, end := summary.Range(d.Fn, p.Event(d.Fn, d.Taken).Pos())
	if !end.IsValid() {
		taken = p.Event(d.Fn, d.Taken).Val.Pos()
	}
	stop, _ := summary.Range(d.Fn, p.Event(d.Fn, d.Stop).Pos())
	role := scope.RoleOf(d.Fn)
	f.Message = fmt.Sprintf("this waits for a value of %s that the receive at %s may have taken: Stop is false then too, and the goroutine blocks for ever", name, p.Line(taken))
	f.Witness = []report.Step{
		{Pos: taken, G: 1, Role: role, Verb: "receives from", Object: name},
		{Pos: stop, G: 1, Role: role, Verb: "stops the timer in vain", After: 1},
		{Pos: f.Pos, G: 1, Role: role, Verb: "receives from", Object: name, After: 2, Mark: report.Blocked},
	}
	return f
}

// fix makes the receive one that does not wait.
func fix(d *summary.Drain, recv *ast.UnaryExpr) []report.Fix {
	var stmt *ast.ExprStmt
	ast.Inspect(d.Fn.Syntax(), func(x ast.Node) bool {
		if s, ok := x.(*ast.ExprStmt); ok && ast.Unparen(s.X) == recv {
			stmt = s
		}
		return stmt == nil
	})
	if stmt == nil {
		return nil
	}
	text := fmt.Sprintf("select {\ncase %s:\ndefault:\n}", types.ExprString(recv))
	return []report.Fix{{
		Message: "do not wait for the value",
		Edits:   []analysis.TextEdit{{Pos: stmt.Pos(), End: stmt.End(), NewText: []byte(text)}},
	}}
}
