package oncedeadlock

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/report"
	"github.com/concvet/concvet/analyzers/internal/rule"
	"github.com/concvet/concvet/analyzers/internal/scope"
	"github.com/concvet/concvet/analyzers/internal/summary"
)

// Rule is the rule.
var Rule = &rule.Rule{Name: "oncedeadlock", Doc: doc, Check: check}

// check reports each Once whose function comes to it again.
func check(p *rule.Pass) []report.Finding {
	var out []report.Finding
	for _, fn := range p.Funcs {
		for _, r := range p.Reentries(fn) {
			out = append(out, finding(p, &r))
		}
	}
	return out
}

func finding(p *rule.Pass, r *summary.Reentry) report.Finding {
	var f report.Finding
	at := p.Event(r.Fn, r.Node).Pos()
	f.Pos, f.End = summary.Range(r.Fn, at)
	leaf := r.Run.Leaf()
	name := called(r.Fn, at)
	again := called(leaf.Fn, leaf.Pos)
	f.Message = fmt.Sprintf("the function that %s runs calls %s again (%s), which waits for the function to return: the goroutine blocks itself for ever",
		name, again, p.Line(leaf.Pos))
	if r.Wrap {
		f.Message = fmt.Sprintf("the function given to %s calls its own result %s (%s), which waits for it to return: the goroutine blocks itself for ever",
			name, again, p.Line(leaf.Pos))
	}
	role := scope.RoleOf(r.Fn)
	f.Witness = []report.Step{{Pos: f.Pos, G: 1, Role: role, Verb: "calls", Object: name}}
	f.Witness = append(f.Witness, p.Chain(r.Run, report.Step{G: 1, Role: role, Verb: "waits for", Object: again, Mark: report.Blocked})...)
	return f
}

// called names what is called at pos in fn.
func called(fn *ssa.Function, pos token.Pos) string {
	if call := summary.CallOf(fn, pos); call != nil {
		if _, lit := ast.Unparen(call.Fun).(*ast.FuncLit); !lit {
			return types.ExprString(call.Fun)
		}
	}
	return "it"
}
