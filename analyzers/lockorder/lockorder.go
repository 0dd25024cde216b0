package lockorder

import (
	"fmt"
	"strings"

	"github.com/concvet/concvet/analyzers/internal/lockset"
	"github.com/concvet/concvet/analyzers/internal/report"
	"github.com/concvet/concvet/analyzers/internal/rule"
	"github.com/concvet/concvet/analyzers/internal/summary"
)

// Rule is the rule.
var Rule = &rule.Rule{Name: "lockorder", Doc: doc, Check: check}

func check(p *rule.Pass) []report.Finding {
	var out []report.Finding
	for _, cycle := range append(p.Cycles(), p.Pairs()...) {
		out = append(out, finding(p, cycle))
	}
	for _, c := range p.Crossings() {
		out = append(out, crossing(p, &c))
	}
	return out
}

// finding reports a cycle at its last edge, which is the package's own.
func finding(p *rule.Pass, cycle []summary.Edge) report.Finding {
	last := &cycle[len(cycle)-1]
	var parts []string
	for i := len(cycle) - 1; i >= 0; i-- { // in the order of waiting, from the last on
		parts = append(parts, does(p, &cycle[i], &cycle[(i+1)%len(cycle)]))
	}
	if last.Held != "" {
		parts = append(parts, "the same two")
	}
	f := report.Finding{Rule: "lockorder"}
	f.Message = strings.Join(parts, ", ") + ": goroutines that do this at once wait for each other for ever"
	f.Pos, f.End = summary.Range(last.Fn, last.At.Pos)
	order := append([]summary.Edge{*last}, cycle[:len(cycle)-1]...)
	for i := range order {
		f.Witness = append(f.Witness, holds(p, &order[i], last, i+1))
	}
	for i := range order {
		f.Witness = append(f.Witness, waits(p, &order[i], last, i+1, (i+1)%len(order)+1)...)
	}
	return f
}

// does says in words what the function of an edge does.
func does(p *rule.Pass, e, next *summary.Edge) string {
	held := "holding"
	if e.FromMode == lockset.Shared {
		held = "read-holding"
	}
	verb := "locks"
	if e.ToMode == lockset.Shared {
		verb = "read-locks"
	}
	if e.Fn == nil {
		return fmt.Sprintf("%s %s %s (%s) %s %s", e.Sites[0].Func, verb, e.To, e.Sites[1], held, e.From)
	}
	chain := summary.FuncName(e.Fn)
	for s := &e.At; s.Via != nil; s = s.Via {
		chain += fmt.Sprintf(" calls %s (%s), which", callee(s.Via), p.Place(s))
	}
	from, to := names(e)
	return fmt.Sprintf("%s %s %s (%s) %s %s", chain, verb, to, p.Place(e.At.Leaf()), held, from)
}

// names returns how a message calls the locks of an edge: by their class, which
// two of one class have in common.
func names(e *summary.Edge) (from, to string) {
	if e.Held != "" {
		return e.Held, e.Wanted
	}
	return e.From.String(), e.To.String()
}

func callee(s *summary.Step) string {
	if s.Fn == nil {
		return s.Site.Func
	}
	return summary.FuncName(s.Fn)
}

// holds is the step in which goroutine g takes the first lock of an edge. Those
// of another package hang on the last edge.
func holds(p *rule.Pass, e, last *summary.Edge, g int) report.Step {
	from, _ := names(e)
	s := report.Step{G: g, Role: "parent", Verb: "locks", Object: from}
	if e.FromMode == lockset.Shared {
		s.Verb = "read-locks"
	}
	if e.Fn == nil {
		s.Pos, s.Place = last.Since, e.Sites[0].String()
		return s
	}
	s.Pos, _ = summary.Range(e.Fn, e.Since)
	return s
}

// waits are the steps in which goroutine g comes to wait for the second lock,
// which goroutine owner has taken.
func waits(p *rule.Pass, e, last *summary.Edge, g, owner int) []report.Step {
	_, to := names(e)
	s := report.Step{G: g, Role: "parent", Verb: "locks", Object: to, After: owner, Mark: report.Blocked}
	if e.ToMode == lockset.Shared {
		s.Verb = "read-locks"
	}
	if e.Fn == nil {
		s.Pos, s.Place = last.Since, e.Sites[1].String()
		return []report.Step{s}
	}
	return p.Chain(&e.At, s)
}
