package wgdone

import (
	"fmt"

	"github.com/concvet/concvet/analyzers/internal/report"
	"github.com/concvet/concvet/analyzers/internal/rule"
	"github.com/concvet/concvet/analyzers/internal/scope"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// Rule is the rule.
var Rule = &rule.Rule{
	Name: "wgdone", Doc: doc, Check: check,
	Flags: []rule.Flag{{
		Name: "strict", Default: true,
		Usage: "report a Done that is not deferred though a call before it can panic or end the goroutine",
	}},
}

// check asks, for each goroutine that owes its WaitGroup one Done, whether
// every way out of it passes one, and only one.
func check(p *rule.Pass) []report.Finding {
	c := checker{p: p}
	all := scope.TakeCensus(p.Package)
	for _, s := range p.Scopes {
		for _, w := range all.In(s) {
			c.s, c.w = s, w
			c.copied()
			c.orphan()
			c.early()
			for _, t := range s.Threads[1:] {
				c.skipped(t)
				c.twice(t)
			}
		}
	}
	for _, census := range all.All() {
		if add, wait := all.Endless(census); add != nil {
			c.missing(add, wait)
		}
	}
	return c.found
}

type checker struct {
	p     *rule.Pass
	s     *scope.Scope
	w     *scope.WaitGroup
	found []report.Finding
}

func (c *checker) report(n *scope.Node, fixes []report.Fix, message string, moments ...scope.Moment) {
	pos, end := n.Range()
	c.found = append(c.found, report.Finding{Pos: pos, End: end, Message: message, Witness: c.s.Witness(moments...), Fixes: fixes})
}

// skipped reports a way out of t that misses Done: for sure, or if a call does
// not return.
func (c *checker) skipped(t *scope.Thread) {
	dones, add := c.w.Owed(t)
	if add == nil {
		return
	}
	var miss *scope.Miss
	for _, m := range c.s.Misses(t, dones) {
		if m.Way == scope.Leaves && !m.Survives && !c.p.On("strict") || c.w.Tolerates(t, &m, dones) {
			continue
		}
		if miss == nil || miss.Way == scope.Leaves && m.Way != scope.Leaves {
			miss = &m
		}
	}
	if miss == nil {
		return
	}
	name := c.w.Name(dones[0])
	leaves := scope.Moment{Node: miss.Node, Verb: "leaves in", Object: miss.Node.Called()}
	if miss.Way == scope.Returns {
		leaves.Verb, leaves.Object = "returns", ""
	}
	moments := []scope.Moment{{Node: add, Verb: "adds to", Object: name}, {Node: t.Spawn, Verb: "starts", Object: t.Spawn.Called()}, leaves}
	if len(c.w.Waits) > 0 {
		moments = append(moments, scope.Moment{Node: c.w.Waits[0], Verb: "waits for", Object: name, After: 3, Mark: report.Blocked})
	}
	c.report(dones[0], c.w.DeferDone(t, dones), c.text(name, miss), moments...)
}

// text says what makes the goroutine miss Done.
func (c *checker) text(name string, miss *scope.Miss) string {
	end := fmt.Sprintf("and %s.Wait never returns", name)
	called := miss.Node.Called()
	switch {
	case miss.Way == scope.Returns:
		return name + ".Done is skipped where the goroutine returns early, " + end
	case miss.Way == scope.Recovered:
		return name + ".Done is skipped by a panic that the goroutine recovers from, " + end
	case miss.Way == scope.Ends:
		return fmt.Sprintf("%s.Done is skipped when %s ends the goroutine, %s", name, called, end)
	case miss.Survives:
		return fmt.Sprintf("%s.Done is not deferred: when %s panics, the goroutine recovers without it, %s", name, called, end)
	}
	return fmt.Sprintf("%s.Done is not deferred: a panic or Goexit in %s skips it, %s", name, called, end)
}

// twice reports a second Done in one run of t.
func (c *checker) twice(t *scope.Thread) {
	first, second := c.w.Twice(t)
	if first == nil {
		return
	}
	name := c.w.Name(first)
	text := fmt.Sprintf("%s.Done runs twice in this goroutine: the counter goes negative and panics, or %s.Wait returns early", name, name)
	if second.Ev.Kind == skeleton.AtReturn {
		text = fmt.Sprintf("%s.Go calls %s.Done itself when the function returns: this one makes the counter negative", name, name)
	}
	c.report(first, nil, text,
		scope.Moment{Node: t.Spawn, Verb: "starts", Object: "the goroutine"},
		scope.Moment{Node: first, Verb: "counts down", Object: name},
		scope.Moment{Node: second, Verb: "counts down", Object: name, After: 2})
}

// copied reports a Done on a copy of a WaitGroup that somebody waits for.
func (c *checker) copied() {
	done, wait := c.w.OnCopy()
	if done == nil {
		return
	}
	name, orig := c.w.Name(done), c.w.Name(wait)
	c.report(done, nil, fmt.Sprintf("%s.Done counts down a copy: %s.Wait waits for the original and never returns", name, orig),
		scope.Moment{Node: done, Verb: "counts down", Object: "a copy of " + orig},
		scope.Moment{Node: wait, Verb: "waits for", Object: orig, Mark: report.Blocked})
}

// missing reports a WaitGroup that is added to and waited for, but that
// nothing in the package counts down.
func (c *checker) missing(add, wait *scope.Op) {
	name := add.Receiver()
	pos, end := add.Range()
	at, _ := wait.Range()
	c.found = append(c.found, report.Finding{
		Pos: pos, End: end, Message: fmt.Sprintf("nothing calls %s.Done: %s.Wait never returns", name, name),
		Witness: []report.Step{
			{Pos: pos, G: 1, Role: scope.RoleOf(add.Fn), Verb: "adds to", Object: name},
			{Pos: at, G: 1, Role: scope.RoleOf(wait.Fn), Verb: "waits for", Object: wait.Receiver(), Mark: report.Blocked},
		},
	})
}
