package deadlock

import (
	"fmt"

	"github.com/concvet/concvet/analyzers/internal/explore"
	"github.com/concvet/concvet/analyzers/internal/models"
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
		if r.GaveUp {
			p.GaveUp(fmt.Sprintf("search of %s over the limits after %d states", s.Root.Name(), r.States))
		}
		for _, l := range r.Leaks {
			if l.Certain() && !idles(p, &l) {
				out = append(out, finding(s, &l))
			}
		}
	}
	return out
}

// idles reports whether a goroutine waits alone at a channel on which nothing in the
// package ever sends: if that is no way to wait for ever on purpose, chanblock says
// so.
func idles(p *rule.Pass, l *explore.Leak) bool {
	if len(l.Blocked) != 1 || l.Blocked[0].Op != explore.Recv || l.Blocked[0].Node.Ev.Kind != models.Recv {
		return false
	}
	c := p.Census().At(l.Blocked[0].Node.Ev)
	return c != nil && !c.Has(models.Send, models.Close)
}

func finding(s *scope.Scope, l *explore.Leak) report.Finding {
	f := report.Finding{Rank: rank, Yields: true, Message: message(l), Witness: witness(s, l)}
	f.Pos, f.End = explore.Range(l.Blocked[0].Node)
	return f
}

func message(l *explore.Leak) string {
	first := l.Blocked[0]
	text := object(&first) + " never ends"
	switch n := len(l.Blocked); {
	case n == 2:
		other := l.Blocked[1]
		text += ", nor does " + object(&other)
	case n > 2:
		text += fmt.Sprintf(", and %d other goroutines wait for ever with it", n-1)
	default:
		text += ": " + missing[first.Op]
		if first.Node.Ev.Kind == models.Select {
			text = object(&first) + " never ends: no goroutine is left for any of its cases"
		}
	}
	return text
}

// object names what a goroutine is blocked in.
func object(b *explore.Blocked) string {
	if b.Node.Ev.Kind == models.Select {
		return "the select"
	}
	return fmt.Sprintf(noun[b.Op], explore.NameOf(b.Node))
}

// noun names an operation on an object.
var noun = map[explore.OpKind]string{
	explore.Send: "the send on %s", explore.Recv: "the receive from %s", explore.Lock: "the lock of %s", explore.RLock: "the read lock of %s",
	explore.Wait: "the wait for %s", explore.Woken: "the wait for %s", explore.OnceBegin: "the call of %s.Do",
}

// missing says what a goroutine that waits alone waits for.
var missing = map[explore.OpKind]string{
	explore.Send: "no goroutine is left that receives", explore.Recv: "no goroutine is left that sends or closes",
	explore.Lock: "no goroutine is left that unlocks", explore.RLock: "no goroutine is left that unlocks",
	explore.Wait: "no goroutine is left that is counted", explore.Woken: "no goroutine is left that signals",
	explore.OnceBegin: "it runs already",
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
			verb := does[explore.Recv]
			if st.Op == explore.Signal {
				verb = "is woken by"
			}
			out = append(out, report.Step{G: st.WithG + 1, Role: s.Role(st.With.Thread), Verb: verb, Object: explore.NameOf(st.With), After: len(out)})
			out[len(out)-1].Pos, _ = st.With.Range()
		}
	}
	for _, b := range l.Blocked {
		step := report.Step{G: b.G + 1, Role: s.Role(b.Node.Thread), Verb: does[b.Op], Object: explore.NameOf(b.Node), Mark: report.Blocked}
		if b.Node.Ev.Kind == models.Select {
			step.Verb, step.Object = "waits in", "select"
		}
		step.Pos, _ = b.Node.Range()
		out = append(out, step)
	}
	return out
}
