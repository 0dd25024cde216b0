package wgwait

import (
	"fmt"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/report"
	"github.com/concvet/concvet/analyzers/internal/rule"
	"github.com/concvet/concvet/analyzers/internal/scope"
	"github.com/concvet/concvet/analyzers/internal/summary"
)

// Rule is the rule.
var Rule = &rule.Rule{Name: "wgwait", Doc: doc, Check: check}

// check asks of each Wait whether one of the goroutines that it waits for needs
// something first which only the one that waits can give: its own return, a lock,
// room in a channel, or the next turn of the loop.
func check(p *rule.Pass) []report.Finding {
	c := checker{}
	all := scope.TakeCensus(p.Package)
	for _, s := range p.Scopes {
		for _, j := range all.Joins(s) {
			c.s, c.j = s, j
			if !c.own() && !c.locked() && !c.undrained() {
				c.early()
			}
		}
	}
	for _, census := range all.All() {
		if add := all.Unawaited(census); add != nil {
			c.never(add)
		}
	}
	return c.found
}

type checker struct {
	s     *scope.Scope
	j     scope.Join
	found []report.Finding
}

func (c *checker) report(fixes []report.Fix, message string, moments ...scope.Moment) {
	pos, end := c.j.Wait.Range()
	c.found = append(c.found, report.Finding{Pos: pos, End: end, Message: message, Witness: c.s.Witness(moments...), Fixes: fixes})
}

// waits is the moment in which the Wait blocks.
func (c *checker) waits(after int) scope.Moment {
	return scope.Moment{Node: c.j.Wait, Verb: "waits for", Object: c.j.Name(), After: after, Mark: report.Blocked}
}

// own reports a Wait by a goroutine that it waits for.
func (c *checker) own() bool {
	if !c.j.Own() {
		return false
	}
	name, start := c.j.Name(), c.j.Wait.Thread.Spawn
	c.report(nil, fmt.Sprintf("%s.Wait is called by a goroutine that %s counts: it waits for its own end, for ever", name, name),
		scope.Moment{Node: start, Verb: "starts", Object: start.Called()}, c.waits(1))
	return true
}

// locked reports a Wait under a lock that a worker needs.
func (c *checker) locked() bool {
	holds, needs := c.j.Needed()
	if holds == nil {
		return false
	}
	name, lock := c.j.Name(), summary.Name(holds.Frame.Fn, holds.Ev)
	c.report(nil, fmt.Sprintf("%s is held over %s.Wait, but a goroutine that this waits for locks it before it is done: both wait for ever", lock, name),
		scope.Moment{Node: holds, Verb: lockVerb(holds), Object: lock},
		c.waits(1),
		scope.Moment{Node: needs, Verb: lockVerb(needs), Object: summary.Name(needs.Frame.Fn, needs.Ev), After: 1, Mark: report.Blocked})
	return true
}

func lockVerb(n *scope.Node) string {
	switch n.Ev.Kind {
	case models.AcquireShared:
		return "read-locks"
	case models.OnceDo:
		return "enters"
	}
	return "locks"
}

// undrained reports a Wait before the receives that the workers' sends need.
func (c *checker) undrained() bool {
	send, recv := c.j.Undrained()
	if send == nil {
		return false
	}
	name, ch := c.j.Name(), summary.Name(send.Frame.Fn, send.Ev)
	c.report(c.j.WaitApart(recv), fmt.Sprintf("%s.Wait waits for goroutines that send on %s, which is received from only after it: all wait for ever", name, ch),
		scope.Moment{Node: send, Verb: "sends on", Object: ch, Mark: report.Blocked},
		c.waits(1),
		scope.Moment{Node: recv, Verb: "would receive from", Object: ch, After: 2})
	c.found[len(c.found)-1].Same, _ = send.Range()
	return true
}

// early reports a Wait in the loop that starts what it waits for.
func (c *checker) early() {
	add, spawn := c.j.Early()
	if add == nil {
		return
	}
	name := c.j.Name()
	c.report(c.j.AfterLoop(), fmt.Sprintf("%s.Wait is inside the loop that starts the goroutines: the first turn waits for those of the turns to come, for ever", name),
		scope.Moment{Node: add, Verb: "adds to", Object: name},
		scope.Moment{Node: spawn, Verb: "starts", Object: spawn.Called()},
		c.waits(2))
}

// never reports a WaitGroup that nobody waits for.
func (c *checker) never(add *scope.Op) {
	name := add.Receiver()
	pos, end := add.Range()
	c.found = append(c.found, report.Finding{
		Pos: pos, End: end, Message: fmt.Sprintf("nothing calls %s.Wait: what it counts is waited for by nobody", name),
		Witness: []report.Step{{Pos: pos, G: 1, Role: scope.RoleOf(add.Fn), Verb: "adds to", Object: name}},
	})
}
