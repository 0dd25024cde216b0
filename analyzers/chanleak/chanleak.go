package chanleak

import (
	"fmt"
	"go/token"

	"github.com/concvet/concvet/analyzers/internal/census"
	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/report"
	"github.com/concvet/concvet/analyzers/internal/rule"
	"github.com/concvet/concvet/analyzers/internal/scope"
	"github.com/concvet/concvet/analyzers/internal/summary"
)

// Rule is the rule.
var Rule = &rule.Rule{Name: "chanleak", Doc: doc, Check: check}

// check asks of each operation that has to wait for another goroutine whether
// that can leave first.
func check(p *rule.Pass) []report.Finding {
	var out []report.Finding
	for _, s := range p.Scopes {
		for _, st := range s.Stranded(p.Census) {
			out = append(out, finding(s, &st))
		}
	}
	all := p.Census()
	for _, o := range all.Ops() {
		if a := all.Abandoned(o); a != nil {
			out = append(out, abandoned(p, a))
		}
		if k := all.Kept(o); k != nil {
			out = append(out, kept(p, k))
		}
	}
	return out
}

// abandoned is a send that the only receiver does not reckon with any more.
func abandoned(p *rule.Pass, a *census.Abandoned) report.Finding {
	name, loop := summary.Name(a.Send.Fn, a.Send.Ev), summary.FuncName(a.Loop.Fn)
	f := report.Finding{Message: fmt.Sprintf("send on %s blocks for ever once %s, the only receiver, has returned by itself at an error", name, loop)}
	leaves := scope.Deed{Fn: a.Loop.Fn, Ev: a.Leave, Verb: "returns", Object: "at an error"}
	if a.Guarded != nil {
		f.Message = fmt.Sprintf("send on %s blocks for ever once %s, the only receiver, has ended, which %s reckons with", name, loop, summary.FuncName(a.Guarded.Fn))
		leaves.Verb, leaves.Object = "takes", "the case of "+summary.Name(a.Loop.Fn, a.Leave)
	}
	f.Pos, f.End = summary.OperationRange(a.Send.Fn, a.Send.Ev)
	f.Witness = p.Story(p.Census().At(a.Send.Ev), leaves, scope.DeedOf(a.Send, "sends on", report.Blocked))
	return f
}

func finding(s *scope.Scope, st *scope.Stranded) report.Finding {
	f := report.Finding{Message: fmt.Sprintf("%s blocks for ever when %s %s", st.Does(), st.Who(), st.How())}
	f.Pos, f.End = st.Op.Range()
	if st.Op.Ev.Kind == models.Select {
		f.End = f.Pos + token.Pos(len("select"))
	}
	var moments []scope.Moment
	if st.Op.Thread.Spawn != nil {
		moments = append(moments, scope.Moment{Node: st.Op.Thread.Spawn, Verb: "starts", Object: st.Op.Thread.Spawn.Called()})
	}
	if st.Turn != nil {
		verb, object := st.Turns()
		moments = append(moments, scope.Moment{Node: st.Turn, Verb: verb, Object: object})
	}
	moments = append(moments, scope.Moment{Node: st.Exit, Verb: "returns"})
	moments = append(moments, scope.Moment{Node: st.Op, Verb: st.Verb(), Object: st.Name(), After: len(moments), Mark: report.Blocked})
	f.Witness = s.Witness(moments...)
	f.Fixes = s.BufferOne(st)
	return f
}
