package poolreuse

import (
	"fmt"
	"go/ast"
	"go/types"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/report"
	"github.com/concvet/concvet/analyzers/internal/rule"
	"github.com/concvet/concvet/analyzers/internal/scope"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
	"github.com/concvet/concvet/analyzers/internal/summary"
)

// Rule is the rule.
var Rule = &rule.Rule{Name: "poolreuse", Doc: doc, Check: check}

// check reports what is used when it has been put back.
func check(p *rule.Pass) []report.Finding {
	var out []report.Finding
	for _, fn := range p.Funcs {
		for _, r := range p.Reuses(fn) {
			out = append(out, finding(p, &r))
		}
	}
	return out
}

func finding(p *rule.Pass, r *summary.Reuse) report.Finding {
	put, use := p.Event(r.Fn, r.Put), p.Event(r.Fn, r.Use)
	name, pool := "the value", "the pool"
	if call := summary.CallOf(r.Fn, put.Pos()); call != nil && len(call.Args) == 1 {
		name = types.ExprString(call.Args[0])
		if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
			pool = types.ExprString(sel.X)
		}
	}
	verb := verbOf(use)
	what := name
	if r.Part {
		what = "memory of " + name
	}
	var f report.Finding
	f.Pos, f.End = summary.Range(r.Fn, use.Pos())
	from, _ := summary.Range(r.Fn, put.Pos())
	f.Message = fmt.Sprintf("%s is %s when it is back in %s (%s): another goroutine may have it by then", what, verb[1], pool, p.Line(from))
	role := scope.RoleOf(r.Fn)
	f.Witness = []report.Step{
		{Pos: from, G: 1, Role: role, Verb: "puts", Object: name},
		{Pos: from, G: 2, Role: "user", Verb: "gets", Object: name, After: 1},
		{Pos: f.Pos, G: 1, Role: role, Verb: verb[0], Object: what, After: 1, Mark: report.Racing},
	}
	return f
}

// verbOf says what a use does, actively and passively.
func verbOf(ev *skeleton.Event) [2]string {
	switch ev.Kind {
	case skeleton.Return:
		return [2]string{"returns", "returned"}
	case skeleton.Write:
		return [2]string{"writes", "written"}
	case models.PoolPut:
		return [2]string{"puts again", "put again"}
	}
	return [2]string{"uses", "used"}
}
