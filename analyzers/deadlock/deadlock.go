package deadlock

import (
	"fmt"

	"github.com/concvet/concvet/analyzers/internal/explore"
	"github.com/concvet/concvet/analyzers/internal/report"
	"github.com/concvet/concvet/analyzers/internal/rule"
	"github.com/concvet/concvet/analyzers/internal/scope"
)

// Rule is the rule.
var Rule = &rule.Rule{Name: "deadlock", Tier: rule.Advice, Doc: doc, Check: check}

// rank lets every other rule go first: it knows what kind of mistake it is.
const rank = -100

// check searches the schedules of each scope and reports those that leave
// goroutines blocked for ever, if one needs at most one branch on data to go a
// certain way and another lets all goroutines end.
func check(p *rule.Pass) []report.Finding {
	var out []report.Finding
	for _, s := range p.Scopes {
		r := explore.Search(s)
		if r == nil {
			continue
		}
		for _, l := range r.Leaks {
			if l.Certain() {
				out = append(out, finding(s, &l))
			}
		}
	}
	return out
}

func finding(s *scope.Scope, l *explore.Leak) report.Finding {
	first := l.Blocked[0]
	f := report.Finding{Rank: rank}
	f.Pos, f.End = first.Node.Range()
	f.Message = message(l)
	f.Witness = witness(s, l)
	return f
}

func message(l *explore.Leak) string {
	first := l.Blocked[0]
	text := fmt.Sprintf("%s %s for ever", waits[first.Op], explore.NameOf(first.Node))
	switch n := len(l.Blocked); {
	case n == 2:
		other := l.Blocked[1]
		text += fmt.Sprintf(", and with it a goroutine that %s %s", waits[other.Op], explore.NameOf(other.Node))
	case n > 2:
		text += fmt.Sprintf(", and with it %d other goroutines", n-1)
	}
	return text
}

// waits says what a goroutine is blocked in.
var waits = map[explore.OpKind]string{
	explore.Send: "sends on", explore.Recv: "receives from", explore.Lock: "waits for", explore.RLock: "waits for",
	explore.Wait: "waits for", explore.Woken: "waits for", explore.OnceBegin: "waits for",
}

// does says what a goroutine does.
var does = map[explore.OpKind]string{
	explore.Send: "sends on", explore.Recv: "receives from", explore.RecvClosed: "finds closed", explore.Close: "closes",
	explore.Lock: "locks", explore.RLock: "read-locks", explore.Unlock: "unlocks", explore.RUnlock: "read-unlocks",
	explore.Add: "counts with", explore.Wait: "waits for", explore.Woken: "waits for", explore.Signal: "signals",
	explore.Broadcast: "wakes all of", explore.OnceBegin: "starts", explore.OnceSkip: "finds done", explore.OnceEnd: "ends",
}

func witness(s *scope.Scope, l *explore.Leak) []report.Step {
	var out []report.Step
	for _, st := range l.Essential() {
		step := report.Step{G: st.G + 1, Role: s.Role(st.Node.Thread)}
		step.Pos, _ = st.Node.Range()
		if st.Starts >= 0 {
			step.Verb, step.Object = "starts", fmt.Sprintf("G%d", st.Starts+1)
		} else {
			step.Verb, step.Object = does[st.Op], explore.NameOf(st.Node)
		}
		out = append(out, step)
		if st.With != nil {
			out = append(out, report.Step{G: st.WithG + 1, Role: s.Role(st.With.Thread), Verb: "receives from", Object: explore.NameOf(st.With), After: len(out)})
			out[len(out)-1].Pos, _ = st.With.Range()
		}
	}
	for _, b := range l.Blocked {
		step := report.Step{G: b.G + 1, Role: s.Role(b.Node.Thread), Verb: does[b.Op], Object: explore.NameOf(b.Node), Mark: report.Blocked}
		step.Pos, _ = b.Node.Range()
		out = append(out, step)
	}
	return out
}
