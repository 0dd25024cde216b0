package lockleak

import (
	"fmt"
	"slices"

	"github.com/concvet/concvet/analyzers/internal/lockset"
	"github.com/concvet/concvet/analyzers/internal/report"
	"github.com/concvet/concvet/analyzers/internal/rule"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
	"github.com/concvet/concvet/analyzers/internal/summary"
)

// Rule is the rule.
var Rule = &rule.Rule{Name: "lockleak", Doc: doc, Check: check}

func check(p *rule.Pass) []report.Finding {
	var out []report.Finding
	for _, fn := range p.Funcs {
		if fn.Name() == "main" && fn.Pkg != nil && fn.Pkg.Pkg.Name() == "main" && fn.Parent() == nil {
			continue // the end of the process
		}
		for _, l := range p.Leaks(fn) {
			if !relocked(p, &l) {
				out = append(out, finding(p, &l))
			}
		}
	}
	return out
}

// relocked reports whether a lock that is left locked was taken in a loop whose next
// turn takes it again: relock tells that, which happens first.
func relocked(p *rule.Pass, l *summary.Leak) bool {
	return slices.ContainsFunc(p.LockFaults(l.Fn), func(f summary.LockFault) bool {
		return f.Fault == lockset.Double && f.At.Via == nil && f.Since == l.Since && f.At.Node == l.Since && f.Lock == l.Lock && f.LoopDefer == nil
	})
}

func finding(p *rule.Pass, l *summary.Leak) report.Finding {
	lock := p.LockName(l.Fn, l.Lock, l.Since, l.Unlock)
	exit := p.Event(l.Fn, l.Exit)
	how := "this return"
	if exit.Kind == skeleton.GoExit {
		how = "a panic that is recovered from"
	} else if !exit.Pos().IsValid() {
		how = "the end of the function"
	}
	locked, unlock := "locked", "unlock"
	if l.Mode == lockset.Shared {
		locked, unlock = "read-locked", "read-unlock"
	}
	f := report.Finding{Rule: "lockleak"}
	f.Pos, f.End = summary.Range(l.Fn, exit.Pos())
	since := p.Event(l.Fn, l.Since)
	f.Message = fmt.Sprintf("%s leaves %s %s, since %s: whoever locks it next waits for ever", how, lock, locked, p.Line(since.Pos()))
	take, _ := summary.Range(l.Fn, since.Pos())
	give, _ := summary.Range(l.Fn, p.Event(l.Fn, l.Unlock).Pos())
	f.Same = f.Pos
	f.Witness = []report.Step{
		{Pos: take, G: 1, Role: "parent", Verb: verb(l.Mode), Object: lock},
		{Pos: give, G: 1, Role: "parent", Verb: unlock + "s", Object: lock + " on another path"},
		{Pos: f.Pos, G: 1, Role: "parent", Verb: "returns holding", Object: lock},
		{Pos: take, G: 2, Role: "parent", Verb: verb(l.Mode), Object: lock, After: 3, Mark: report.Blocked},
	}
	if fix := p.UnlockFix(l); fix != nil {
		f.Fixes = []report.Fix{*fix}
	}
	return f
}

func verb(m lockset.Mode) string {
	if m == lockset.Shared {
		return "read-locks"
	}
	return "locks"
}
