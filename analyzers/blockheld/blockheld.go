package blockheld

import (
	"fmt"

	"github.com/concvet/concvet/analyzers/internal/lockset"
	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/report"
	"github.com/concvet/concvet/analyzers/internal/rule"
	"github.com/concvet/concvet/analyzers/internal/scope"
	"github.com/concvet/concvet/analyzers/internal/summary"
)

// Rule is the rule.
var Rule = &rule.Rule{
	Name: "blockheld", Doc: doc, Check: check,
	Flags: []rule.Flag{{
		Name: "slow", Default: false,
		Usage: "report network requests, commands and sleep under a lock too: advice",
	}},
}

// check asks of each operation that waits under a lock whether all that could
// let it go on need the lock first.
func check(p *rule.Pass) []report.Finding {
	var out []report.Finding
	for _, fn := range p.Funcs {
		for _, h := range p.Hangs(fn) {
			out = append(out, hangs(p, &h))
		}
		if p.On("slow") {
			out = append(out, slow(p, p.HeldBlocks(fn))...)
		}
	}
	return out
}

func hangs(p *rule.Pass, h *scope.Hang) report.Finding {
	b, need := &h.Block, &h.Needs[0]
	lock := p.LockName(b.Fn, b.Lock.Place, b.Since)
	object := p.BlockName(&b.Block)
	kind := b.Arms[0].Kind
	f := report.Finding{Message: fmt.Sprintf("%s %s %s%s, holding %s since %s: %s: both wait for ever",
		p.Calls(b.Fn, &b.Step), verbs[kind], object, where(p, b), lock, p.Line(b.Lock.Pos), who(p, h, lock))}
	f.Pos, f.End = summary.Range(b.Fn, b.Pos)
	if leaf := b.Leaf(); leaf.Fn != nil {
		f.Same = leaf.Pos
	}
	takes := report.Step{G: 1, Role: "parent", Verb: lockVerb(b.Lock.Mode), Object: lock}
	takes.Pos, _ = summary.Range(b.Fn, b.Lock.Pos)
	f.Witness = append(f.Witness, takes)
	f.Witness = append(f.Witness, p.Chain(&b.Step, report.Step{G: 1, Role: "parent", Verb: verbs[kind], Object: object, Mark: report.Blocked})...)
	other := report.Step{G: 2, Role: "worker", Verb: "waits for", Object: p.NeedName(need, lock), After: 1, Mark: report.Blocked}
	if need.How == scope.Under {
		other.Pos = need.At.Pos
		if !other.Pos.IsValid() {
			other.Pos = need.Op.Ev.Pos()
		}
		f.Witness = append(f.Witness, other)
	} else {
		f.Witness = append(f.Witness, p.Chain(&need.At, other)...)
	}
	last := report.Step{G: 2, Role: "worker", Verb: "would " + would[need.Op.Kind], Object: summary.Name(need.Op.Fn, need.Op.Ev)}
	last.Pos, _ = summary.Range(need.Op.Fn, need.Op.Ev.Pos())
	f.Witness = append(f.Witness, last)
	return f
}

// where is the place of what happens in a callee.
func where(p *rule.Pass, b *summary.HeldBlock) string {
	if b.Via == nil {
		return ""
	}
	return fmt.Sprintf(" (%s)", p.Place(b.Leaf()))
}

var (
	verbs = map[models.Kind]string{models.Send: "sends on", models.Recv: "receives from", models.WGWait: "waits for", models.CondWait: "waits on"}
	would = map[models.Kind]string{models.Send: "send on", models.Recv: "receive from", models.Close: "close", models.WGDone: "count down", models.WGGo: "count down",
		models.CondSignal: "signal", models.CondBroadcast: "signal"}
	roles = map[models.Kind]string{models.Send: "sender", models.Recv: "receiver", models.Close: "closer", models.WGDone: "worker", models.WGGo: "worker",
		models.CondSignal: "signaller", models.CondBroadcast: "signaller"}
)

// who says who would let the operation go on, and why not.
func who(p *rule.Pass, h *scope.Hang, lock string) string {
	n := &h.Needs[0]
	fn, role := n.Op.Fn, roles[n.Op.Kind]
	if n.Op.Kind == models.WGGo {
		fn = n.Op.Ev.Callee.Fn
	}
	name := summary.FuncName(fn)
	if fn.Parent() != nil {
		name = "the goroutine of " + p.Line(fn.Pos())
	}
	verb := map[scope.How]string{scope.Under: "does so under", scope.Before: "locks", scope.Turns: "has to lock"}[n.How]
	after := map[scope.How]string{scope.Before: " first", scope.Turns: " in between"}[n.How]
	switch {
	case h.Block.Arms[0].Kind == models.WGWait:
		return fmt.Sprintf("%s, which this waits for, %s %s%s", name, verb, lock, after)
	case len(h.Needs) > 1:
		return fmt.Sprintf("the %ss, as %s, need %s themselves", role, name, lock)
	}
	return fmt.Sprintf("%s, the only %s, %s %s%s", name, role, verb, lock, after)
}

func lockVerb(m lockset.Mode) string {
	if m == lockset.Shared {
		return "read-locks"
	}
	return "locks"
}

// slow reports what takes long under a lock, the first for each lock.
func slow(p *rule.Pass, blocks []summary.HeldBlock) (out []report.Finding) {
	seen := map[int]bool{}
	for i := range blocks {
		b := &blocks[i]
		if b.Slow == "" || seen[b.Since] {
			continue
		}
		seen[b.Since] = true
		lock := p.LockName(b.Fn, b.Lock.Place, b.Since)
		f := report.Finding{Rank: -1, Message: fmt.Sprintf("%s runs %s%s while it holds %s, locked at %s: everybody else who needs the lock waits for that long",
			p.Calls(b.Fn, &b.Step), b.Slow, where(p, b), lock, p.Line(b.Lock.Pos))}
		f.Pos, f.End = summary.Range(b.Fn, b.Pos)
		takes := report.Step{G: 1, Role: "parent", Verb: lockVerb(b.Lock.Mode), Object: lock}
		takes.Pos, _ = summary.Range(b.Fn, b.Lock.Pos)
		f.Witness = append([]report.Step{takes}, p.Chain(&b.Step, report.Step{G: 1, Role: "parent", Verb: "runs", Object: b.Slow})...)
		out = append(out, f)
	}
	return out
}
