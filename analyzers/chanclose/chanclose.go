package chanclose

import (
	"fmt"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/report"
	"github.com/concvet/concvet/analyzers/internal/rule"
	"github.com/concvet/concvet/analyzers/internal/scope"
)

// Rule is the rule.
var Rule = &rule.Rule{Name: "chanclose", Doc: doc, Check: check}

func check(p *rule.Pass) []report.Finding {
	var out []report.Finding
	for _, c := range p.Conflicts((*scope.Scope).Closes) {
		out = append(out, racing(c))
	}
	for _, r := range p.Reclosed() {
		out = append(out, again(&r))
	}
	return append(out, ofNil(p)...)
}

// racing is a close while another goroutine closes or sends.
func racing(c *scope.Conflict) report.Finding {
	at, other := c.At, c.Other
	if at.Ev.Kind == models.Send {
		at, other = other, at
	}
	name := at.Channel(at.Obj)
	does, verb := "closes it too", "closes"
	if other.Ev.Kind == models.Send {
		does, verb = "sends on it", "sends on"
	}
	who := "another goroutine"
	if at.Thread == other.Thread {
		who = "another goroutine of the same statement"
	}
	f := report.Finding{
		Message: fmt.Sprintf("%s is closed while %s %s: nothing orders the two, and the later one panics", name, who, does),
		Rank:    -c.Distance(),
	}
	if other.Ev.Kind == models.Send {
		f.Message = fmt.Sprintf("%s is closed while %s %s: nothing orders the two, and a send behind the close panics", name, who, does)
	}
	f.Pos, f.End = at.Range()
	f.Witness = c.Scope.Witness(
		scope.Moment{Node: at, Verb: "closes", Object: name, Mark: report.Racing},
		scope.Moment{Node: other, Verb: verb, Object: other.Channel(other.Obj), Mark: report.Racing, Twin: at.Thread == other.Thread})
	return f
}

// again is a close or send behind a close in one goroutine.
func again(r *scope.Reclosed) report.Finding {
	name, verb := r.Then.Channel(r.Then.Obj), "closes"
	text := "%s is closed again after %s: the second close panics"
	if r.Then.Ev.Kind == models.Send {
		verb, text = "sends on", "this send on %s comes after %s: it panics"
	}
	f := report.Finding{Message: fmt.Sprintf(text, name, r.Close.Closing())}
	f.Pos, f.End = r.Then.Range()
	f.Witness = r.Scope.Witness(
		scope.Moment{Node: r.Close, Verb: "closes", Object: r.Close.Channel(r.Close.Obj)},
		scope.Moment{Node: r.Then, Verb: verb, Object: name, After: 1})
	return f
}

// ofNil finds closes of a channel that is always nil.
func ofNil(p *rule.Pass) []report.Finding {
	var out []report.Finding
	for _, fn := range p.Funcs {
		sk := p.Skeleton(fn)
		if sk == nil {
			continue
		}
		for i := range sk.Nodes {
			ev := sk.Nodes[i].Ev
			if ev == nil || ev.Kind != models.Close {
				continue
			}
			if c, ok := p.Places.Resolve(ev.Val).(*ssa.Const); !ok || !c.IsNil() {
				continue
			}
			op := scope.Op{Fn: fn, Ev: ev}
			f := report.Finding{Message: "this closes a nil channel and panics"}
			f.Pos, f.End = op.Range()
			f.Witness = []report.Step{{Pos: f.Pos, G: 1, Role: scope.RoleOf(fn), Verb: "closes", Object: "a nil channel"}}
			out = append(out, f)
		}
	}
	return out
}
