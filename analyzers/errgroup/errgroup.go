package errgroup

import (
	"fmt"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/report"
	"github.com/concvet/concvet/analyzers/internal/rule"
	"github.com/concvet/concvet/analyzers/internal/scope"
	"github.com/concvet/concvet/analyzers/internal/summary"
)

// Rule is the rule.
var Rule = &rule.Rule{Name: "errgroup", Doc: doc, Check: check}

// check follows each group through the function that makes it, for what comes
// after Wait, and through scopes, for what its goroutines do with it.
func check(p *rule.Pass) []report.Finding {
	var out []report.Finding
	for _, fn := range p.Funcs {
		for _, g := range p.Groups(fn) {
			out = append(out, ctxAfterWait(g)...)
			out = append(out, goAfterWait(g)...)
		}
	}
	for _, s := range p.Scopes {
		for _, n := range s.Nodes {
			if f, ok := nested(s, n); ok {
				out = append(out, f)
			}
		}
	}
	return out
}

// ctxAfterWait reports work that is given the group's context when Wait has
// cancelled it.
func ctxAfterWait(g *summary.Group) []report.Finding {
	var out []report.Finding
	seen := map[ssa.Instruction]bool{}
	for _, u := range g.UsesAfterWait() {
		if ev := g.Event(u.Node); !seen[ev.Instr] {
			seen[ev.Instr] = true
			ctx := g.CtxName()
			text := fmt.Sprintf("%s is cancelled when %s.Wait returns: what uses it here ends at once with context.Canceled", ctx, g.Name())
			f := finding(g, u, text, "uses", ctx)
			f.Witness[1].Verb, f.Witness[1].Object = "cancels", ctx
			out = append(out, f)
		}
	}
	return out
}

// goAfterWait reports goroutines that are started in a group when Wait has
// returned.
func goAfterWait(g *summary.Group) []report.Finding {
	var out []report.Finding
	for _, u := range g.GosAfterWait() {
		text := fmt.Sprintf("%s.Go after %s.Wait: nothing waits for this goroutine, and its error is lost", g.Name(), g.Name())
		if g.Ctx != nil {
			text = fmt.Sprintf("%s.Go after %s.Wait: the group's context %s is cancelled when Wait returns, so what is started here ends at once",
				g.Name(), g.Name(), g.CtxName())
		}
		out = append(out, finding(g, u, text, "starts a goroutine in", g.Name()))
	}
	return out
}

func finding(g *summary.Group, u summary.AfterWait, text, verb, object string) report.Finding {
	f := report.Finding{Message: text}
	f.Pos, f.End = summary.Range(g.Fn, g.Event(u.Node).Pos())
	made, _ := summary.Range(g.Fn, g.MadeAt())
	at, _ := summary.Range(g.Fn, g.Event(u.Wait).Pos())
	role := scope.RoleOf(g.Fn)
	f.Witness = []report.Step{
		{Pos: made, G: 1, Role: role, Verb: "makes", Object: g.Name()},
		{Pos: at, G: 1, Role: role, Verb: "waits for", Object: g.Name()},
		{Pos: f.Pos, G: 1, Role: role, Verb: verb, Object: object, After: 2},
	}
	return f
}

// nested reports Go in a goroutine of the same group under a limit that
// goroutines which wait in Go can use up.
func nested(s *scope.Scope, n *scope.Node) (f report.Finding, ok bool) {
	if n.Ev == nil || n.Ev.Kind != models.WGGo || n.Ev.Effect&models.MayBlock == 0 || n.Obj == nil || !n.Obj.Exact() {
		return f, false
	}
	limit := s.LimitOf(n)
	if limit == nil {
		return f, false
	}
	outer := s.GroupStart(n)
	if outer == nil || limit.Ev.Known && int64(outer.Starts.Count) < limit.Ev.Delta || !limit.Ev.Known && outer.Starts.Count < scope.Many {
		return f, false
	}
	name := n.Receiver(n.Obj.String())
	f.Pos, f.End = n.Range()
	f.Message = fmt.Sprintf("%s.Go in a goroutine of the limited group %s: when as many as its limit wait here for a free place, none ever gets one", name, name)
	f.Witness = s.Witness(
		scope.Moment{Node: limit, Verb: "limits", Object: name},
		scope.Moment{Node: outer, Verb: "starts a goroutine in", Object: name},
		scope.Moment{Node: n, Verb: "waits for a place in", Object: name, After: 2, Mark: report.Blocked},
	)
	return f, true
}
