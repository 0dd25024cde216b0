package relock

import (
	"fmt"

	"github.com/concvet/concvet/analyzers/internal/lockset"
	"github.com/concvet/concvet/analyzers/internal/report"
	"github.com/concvet/concvet/analyzers/internal/rule"
	"github.com/concvet/concvet/analyzers/internal/summary"
)

// Rule is the rule.
var Rule = &rule.Rule{Name: "relock", Doc: doc, Check: check}

func check(p *rule.Pass) []report.Finding {
	var out []report.Finding
	for _, fn := range p.Funcs {
		for _, f := range p.LockFaults(fn) {
			if f.At.Via == nil && p.Event(fn, f.At.Node).Defer != nil || f.LoopDefer != nil {
				continue // of badunlock
			}
			if p.HandedOver(fn, f.Class, true) || p.Handed(&f) {
				continue
			}
			switch f.Fault {
			case lockset.Double, lockset.Upgrade, lockset.Downgrade:
				out = append(out, finding(p, &f, nil))
			case lockset.Recursive:
				if w := writer(p, &f); w != nil && !p.InLoops(fn, f.Class) {
					out = append(out, finding(p, &f, w))
				}
			}
		}
	}
	return out
}

// writer returns the step in which another goroutine waits for the lock
// exclusively, between the two read locks; nil if nobody does.
func writer(p *rule.Pass, f *summary.LockFault) *report.Step {
	fn, ev, ok := p.Locker(f.Class)
	if !ok {
		return nil
	}
	pos, _ := summary.Range(fn, ev.Pos())
	return &report.Step{Pos: pos, G: 2, Role: "writer", Verb: "locks", Object: summary.Name(fn, ev), After: 1, Mark: report.Blocked}
}

func finding(p *rule.Pass, f *summary.LockFault, writer *report.Step) report.Finding {
	lock := p.LockName(f.Fn, f.Lock, f.At.Node, f.Since)
	since := p.Event(f.Fn, f.Since)
	out := report.Finding{Rule: "relock", Message: message(p, f, lock, writer != nil)}
	out.Pos, out.End = summary.Range(f.Fn, f.At.Pos)
	first := report.Step{G: 1, Role: "parent", Verb: verb(f.Held), Object: lock}
	first.Pos, _ = summary.Range(f.Fn, since.Pos())
	again := report.Step{G: 1, Role: "parent", Verb: verb(f.Mode), Object: lock, Mark: report.Blocked}
	out.Witness = append(out.Witness, first)
	if writer != nil {
		out.Witness = append(out.Witness, *writer)
		again.After = 2
	}
	out.Witness = append(out.Witness, p.Chain(&f.At, again)...)
	return out
}

func verb(m lockset.Mode) string {
	if m == lockset.Shared {
		return "read-locks"
	}
	return "locks"
}

// message tells the whole chain of calls.
func message(p *rule.Pass, f *summary.LockFault, lock string, writer bool) string {
	since := p.Event(f.Fn, f.Since).Pos()
	end := "the goroutine blocks itself for ever"
	if writer {
		end = "if a writer comes to wait in between, both block for ever"
	}
	held := "held since " + p.Line(since)
	if f.Held == lockset.Shared {
		held = "read-locked since " + p.Line(since)
	}
	again := "locks " + lock + " again"
	switch {
	case f.Mode == lockset.Shared:
		again = "read-locks " + lock + " again"
	case f.Held == lockset.Shared:
		again = "locks " + lock
	}
	if f.At.Via == nil {
		if f.Since == f.At.Node {
			return fmt.Sprintf("%s is still held from the turn of the loop before when it is locked here: %s", lock, end)
		}
		return fmt.Sprintf("%s %s, %s: %s", summary.FuncName(f.Fn), again, held, end)
	}
	chain := summary.FuncName(f.Fn)
	for s := &f.At; s.Via != nil; s = s.Via {
		chain += fmt.Sprintf(" calls %s (%s), which", callee(s.Via), p.Place(s))
	}
	return fmt.Sprintf("%s %s (%s), %s: %s", chain, again, p.Place(f.At.Leaf()), held, end)
}

func callee(s *summary.Step) string {
	if s.Fn == nil {
		return s.Site.Func
	}
	return summary.FuncName(s.Fn)
}
