package badunlock

import (
	"fmt"
	"slices"

	"github.com/concvet/concvet/analyzers/internal/lockset"
	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/report"
	"github.com/concvet/concvet/analyzers/internal/rule"
	"github.com/concvet/concvet/analyzers/internal/summary"
)

// Rule is the rule.
var Rule = &rule.Rule{Name: "badunlock", Doc: doc, Check: check}

func check(p *rule.Pass) []report.Finding {
	var out []report.Finding
	for _, fn := range p.Funcs {
		for _, f := range p.LockFaults(fn) {
			ev := p.Event(fn, f.At.Node)
			lock := p.LockName(fn, f.Lock, f.At.Node, f.Since)
			switch {
			case f.Fault == lockset.NotHeld:
				if !p.HandedOver(fn, f.Class, false) && !p.InLoops(fn, f.Class) && !p.Failing(&f) && !toldBefore(p, &f) {
					out = append(out, notHeld(p, &f, lock))
				}
			case f.Fault == lockset.Mismatch:
				out = append(out, mismatch(p, &f, lock))
			case f.LoopDefer != nil:
				out = append(out, late(p, &f, lock))
			case f.At.Via == nil && ev.Defer != nil:
				out = append(out, deferredLock(p, &f, lock))
			}
		}
	}
	return out
}

// toldBefore reports whether f follows from an unlock that is itself done again in
// the next turn of its loop: both are mended by the lock that this turn lacks.
func toldBefore(p *rule.Pass, f *summary.LockFault) bool {
	return slices.ContainsFunc(p.LockFaults(f.Fn), func(g summary.LockFault) bool {
		return g.Fault == lockset.NotHeld && g.At.Node == f.Since && g.Since == f.Since && g.Lock == f.Lock && f.At.Node != f.Since
	})
}

// at starts a finding at a position of the function that the fault is in.
func at(f *summary.LockFault, message string) report.Finding {
	out := report.Finding{Rule: "badunlock", Message: message}
	out.Pos, out.End = summary.Range(f.Fn, f.At.Pos)
	return out
}

// step is what G1 does at a node of the function that the fault is in.
func step(p *rule.Pass, f *summary.LockFault, node int, verb, lock string) report.Step {
	pos, _ := summary.Range(f.Fn, p.Event(f.Fn, node).Pos())
	return report.Step{Pos: pos, G: 1, Role: "parent", Verb: verb, Object: lock}
}

func notHeld(p *rule.Pass, f *summary.LockFault, lock string) report.Finding {
	since := p.Event(f.Fn, f.Since)
	if f.Since == f.At.Node && p.Skeleton(f.Fn).InLoop(p.Skeleton(f.Fn).Nodes[f.Since].Block) {
		out := at(f, fmt.Sprintf("%s is unlocked again in the next turn of the loop, without a lock in between: this crashes the program, or unlocks what another goroutine holds", lock))
		out.Witness = []report.Step{step(p, f, f.At.Node, "unlocks", lock), step(p, f, f.At.Node, "unlocks", lock)}
		return out
	}
	if f.Since == f.At.Node || since == nil {
		out := at(f, fmt.Sprintf("%s is unlocked but was never locked: this crashes the program", lock))
		out.Witness = []report.Step{step(p, f, f.At.Node, "unlocks", lock)}
		return out
	}
	out := at(f, fmt.Sprintf("%s is unlocked again, it was unlocked at %s: this crashes the program, or unlocks what another goroutine holds", lock, p.Line(since.Pos())))
	out.Witness = []report.Step{step(p, f, f.Since, "unlocks", lock), step(p, f, f.At.Node, "unlocks", lock)}
	return out
}

func mismatch(p *rule.Pass, f *summary.LockFault, lock string) report.Finding {
	has, does, want := "locked", "RUnlock", "Unlock"
	if f.Held == lockset.Shared {
		has, does, want = "read-locked", "Unlock", "RUnlock"
	}
	since := p.Event(f.Fn, f.Since)
	out := at(f, fmt.Sprintf("%s is %s at %s and given up by %s: this crashes the program", lock, has, p.Line(since.Pos()), does))
	verb := map[lockset.Mode]string{lockset.Exclusive: "locks", lockset.Shared: "read-locks"}[f.Held]
	out.Witness = []report.Step{step(p, f, f.Since, verb, lock), step(p, f, f.At.Node, does+"s", lock)}
	if call := summary.CallOf(f.Fn, f.At.Pos); call != nil && p.Direct(call) && f.Always {
		out.Fixes = []report.Fix{{Message: "call " + want, Edits: summary.Rename(f.Fn, f.At.Pos, want)}}
	}
	return out
}

// deferredLock is `defer mu.Lock()`, where Unlock must be meant: the lock is
// held when it runs.
func deferredLock(p *rule.Pass, f *summary.LockFault, lock string) report.Finding {
	does, want, end := "Lock", "Unlock", "the goroutine blocks itself for ever"
	last := step(p, f, f.At.Node, "locks", lock)
	last.Mark = report.Blocked
	if p.Event(f.Fn, f.At.Node).Kind == models.AcquireShared {
		does, want = "RLock", "RUnlock"
	}
	if f.Fault == lockset.Recursive {
		end = "it stays read-locked for ever"
		last.Verb, last.Mark = "read-locks", report.Plain
	}
	out := at(f, fmt.Sprintf("deferred %s locks %s again at return, held since %s: %s", does, lock, p.Line(p.Event(f.Fn, f.Since).Pos()), end))
	out.Witness = []report.Step{step(p, f, f.Since, "locks", lock), last}
	if call := summary.CallOf(f.Fn, f.At.Pos); call != nil && p.Direct(call) && f.Held == f.Mode {
		out.Fixes = []report.Fix{{Message: "defer " + want, Edits: summary.Rename(f.Fn, f.At.Pos, want)}}
	}
	return out
}

// late is a deferred unlock in a loop: it runs when the function returns, which
// it does not, as the next turn waits for the lock.
func late(p *rule.Pass, f *summary.LockFault, lock string) report.Finding {
	out := report.Finding{Rule: "badunlock", Message: fmt.Sprintf(
		"this deferred call unlocks %s only when the function returns: the next turn of the loop waits for it for ever", lock)}
	out.Pos, out.End = summary.Range(f.Fn, f.LoopDefer.Pos())
	first := step(p, f, f.Since, "locks", lock)
	again := first
	again.Mark = report.Blocked
	out.Witness = []report.Step{first, {Pos: out.Pos, G: 1, Role: "parent", Verb: "defers the unlock of", Object: lock}, again}
	return out
}
