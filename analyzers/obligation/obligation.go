package obligation

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/concvet/concvet/analyzers/internal/report"
	"github.com/concvet/concvet/analyzers/internal/rule"
	"github.com/concvet/concvet/analyzers/internal/scope"
	"github.com/concvet/concvet/analyzers/internal/summary"
)

// Rule is the rule.
var Rule = &rule.Rule{Name: "obligation", Doc: doc, Check: check}

// check reports what each function gets and does not give back.
func check(p *rule.Pass) []report.Finding {
	var out []report.Finding
	for _, fn := range p.Funcs {
		for _, u := range p.Unmet(fn) {
			out = append(out, finding(p, &u))
		}
	}
	return out
}

func finding(p *rule.Pass, u *summary.Unmet) report.Finding {
	made, ret := p.Event(u.Fn, u.Made), p.Event(u.Fn, u.Return)
	f := report.Finding{Message: message(p, u)}
	f.Pos, f.End = summary.Range(u.Fn, made.Pos())
	end, _ := summary.Range(u.Fn, ret.Pos())
	role := scope.RoleOf(u.Fn)
	f.Witness = []report.Step{
		{Pos: f.Pos, G: 1, Role: role, Verb: "calls", Object: called(u)},
		{Pos: end, G: 1, Role: role, Verb: "returns", After: 1},
	}
	f.Witness = append(f.Witness, worker(p, u)...)
	if fix := deferIt(p, u); fix != nil {
		f.Fixes = []report.Fix{*fix}
	}
	return f
}

// message says what is not done, where, and what is left behind.
func message(p *rule.Pass, u *summary.Unmet) string {
	end, _ := summary.Range(u.Fn, p.Event(u.Fn, u.Return).Pos())
	name := summary.ResultName(u.Fn, p.Event(u.Fn, u.Made).Pos(), u.Result, "_")
	when := fmt.Sprintf("before the return at %s", p.Line(end))
	if u.Never {
		when = fmt.Sprintf("before %s returns", summary.FuncName(u.Fn))
	}
	switch {
	case u.Kind == summary.OwnerDuty:
		return ownerMessage(p, u, name, when)
	case u.Kind == summary.ReceiveDuty && name == "_" && !u.Never:
		return fmt.Sprintf("nothing is received from the channel that %s returns %s: the goroutine that sends on it waits for ever", called(u), when)
	case u.Kind == summary.ReceiveDuty && name == "_":
		return fmt.Sprintf("the channel that %s returns is dropped: the goroutine that sends on it waits for ever", called(u))
	case u.Kind == summary.ReceiveDuty:
		return fmt.Sprintf("nothing is received from %s, which %s returns, %s: the goroutine that sends on it waits for ever", name, called(u), when)
	}
	what := fmt.Sprintf("%s, which %s returns, is not called", name, called(u))
	if name == "_" {
		what = fmt.Sprintf("the func that %s returns is dropped, not called", called(u))
	}
	switch u.Kind {
	case summary.CancelDuty:
		return fmt.Sprintf("%s %s: the context and what waits for it stay until its parent ends", what, when)
	case summary.StopDuty:
		return fmt.Sprintf("%s %s: the coroutine of the iterator stays for ever", what, when)
	case summary.TickDuty:
		return fmt.Sprintf("nothing can stop the ticker of time.Tick: each call of %s leaves one running, which before Go 1.23 is never collected", summary.FuncName(u.Fn))
	}
	return fmt.Sprintf("ticker %s is not stopped %s: it runs on, and before Go 1.23 is never collected", name, when)
}

// ownerMessage is the message for an object with a goroutine.
func ownerMessage(p *rule.Pass, u *summary.Unmet, name, when string) string {
	end := strings.Join(u.Methods, " or ")
	if u.Result < 0 {
		name = summary.ReceiverName(u.Fn, p.Event(u.Fn, u.Made).Pos(), "the object")
		return fmt.Sprintf("%s starts a goroutine that only %s ends, which is not called on %s %s: it waits for ever", called(u), end, name, when)
	}
	if name == "_" {
		return fmt.Sprintf("the result of %s is dropped: its goroutine, which only %s ends, waits for ever", called(u), end)
	}
	return fmt.Sprintf("%s, which %s returns, has a goroutine that only %s ends, which is not called %s: it waits for ever", name, called(u), end, when)
}

// worker returns the steps of the goroutine that is left behind.
func worker(p *rule.Pass, u *summary.Unmet) (steps []report.Step) {
	start, wait := u.Worker()
	if start == nil || wait == nil {
		return nil
	}
	at, _ := summary.Range(start.Fn, start.Pos)
	steps = append(steps, report.Step{Pos: at, G: 1, Role: scope.RoleOf(u.Fn), Verb: "starts", Object: "the goroutine"})
	at, end := summary.Range(wait.Fn, wait.Pos)
	if !end.IsValid() {
		at = wait.Pos
	}
	return append(steps, report.Step{Pos: at, G: 2, Role: "worker", Verb: "waits", Mark: report.Blocked})
}

// called names the function that gives the duty.
func called(u *summary.Unmet) string {
	if call := summary.CallOf(u.Fn, u.Call.Pos()); call != nil {
		return types.ExprString(call.Fun)
	}
	return "the call"
}

// deferIt returns the fix that does what is asked for when the function
// returns, if nothing does yet: not in a loop, nor before an error is looked at.
func deferIt(p *rule.Pass, u *summary.Unmet) *report.Fix {
	lhs, stmt := summary.Assigned(u.Fn, p.Event(u.Fn, u.Made).Pos(), u.Result)
	id, ok := lhs.(*ast.Ident)
	sk := p.Skeleton(u.Fn)
	if !ok || !u.Never || id.Name == "_" || u.Kind == summary.TickDuty || u.Kind == summary.OwnerDuty || u.Kind == summary.ReceiveDuty || u.Fallible() ||
		sk.InLoop(sk.Nodes[u.Made].Block) || !report.InList(u.Fn.Syntax(), stmt) {
		return nil
	}
	text := "defer " + id.Name + "()"
	if u.Kind == summary.TickerDuty {
		text = "defer " + id.Name + ".Stop()"
	}
	return &report.Fix{Message: text, Edits: []analysis.TextEdit{report.InsertAfter(p.Pass, stmt, text)}}
}
