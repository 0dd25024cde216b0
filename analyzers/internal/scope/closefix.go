package scope

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/census"
	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/report"
)

// CloseWhenSent returns the edit that closes the channel of a send at the end of
// the goroutine which sends, if this is one function literal that owns the
// channel: it has all sends, and is started once for each channel that is made.
// Else it returns nil.
func (p *Package) CloseWhenSent(send *census.Op) []report.Fix {
	all := p.Census()
	c := all.At(send.Ev)
	lit, ok := send.Fn.Syntax().(*ast.FuncLit)
	started, other := all.Goroutines(send.Fn)
	if !ok || other || len(started) != 1 || len(c.Makes) != 1 || started[0].In != c.Makes[0].Fn || started[0].Ev.Callee.Fn != send.Fn {
		return nil
	}
	if p.Skeleton(started[0].In).InLoop(started[0].Ev.Instr.Block()) {
		return nil
	}
	for _, k := range c.Ops {
		if k.Kind == models.Send && k.Fn != send.Fn {
			return nil
		}
	}
	ch := channelOf(lit, send.Ev.Instr)
	if ch == nil || !report.SameAt(p.Pass, ch, lit.Body.Lbrace+1) {
		return nil
	}
	text := "defer close(" + types.ExprString(ch) + ")"
	return []report.Fix{{Message: text + " in the goroutine that sends", Edits: []analysis.TextEdit{report.InsertFirst(p.Pass, lit.Body, text)}}}
}

// channelOf returns the expression of the channel that a send in lit is on, nil
// if it is not a statement of its own.
func channelOf(lit *ast.FuncLit, send ssa.Instruction) ast.Expr {
	var ch ast.Expr
	ast.Inspect(lit, func(n ast.Node) bool {
		if s, ok := n.(*ast.SendStmt); ok && s.Arrow == send.Pos() {
			ch = s.Chan
		}
		return ch == nil
	})
	return ch
}
