package chanleak

import (
	"fmt"
	"go/token"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/report"
	"github.com/concvet/concvet/analyzers/internal/rule"
	"github.com/concvet/concvet/analyzers/internal/scope"
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
	return out
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
