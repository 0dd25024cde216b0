package wgadd

import (
	"fmt"
	"slices"

	"github.com/concvet/concvet/analyzers/internal/report"
	"github.com/concvet/concvet/analyzers/internal/rule"
	"github.com/concvet/concvet/analyzers/internal/scope"
)

// Rule is the rule.
var Rule = &rule.Rule{Name: "wgadd", Doc: doc, Check: check}

// check looks, in each scope, at every WaitGroup of which all operations are
// known. The three mistakes exclude each other: an Add by the goroutine itself,
// no Add before the go statement, and as many of both but of unequal number.
func check(p *rule.Pass) []report.Finding {
	all := scope.TakeCensus(p.Package)
	var out []report.Finding
	for _, s := range p.Scopes {
		for _, w := range all.In(s) {
			if w.Census.Copied {
				continue // who knows which of the copies is meant
			}
			c := checker{s: s, w: w}
			c.inside()
			c.missing()
			c.number()
			c.reused()
			out = append(out, c.found...)
		}
	}
	return out
}

type checker struct {
	s     *scope.Scope
	w     *scope.WaitGroup
	found []report.Finding
}

func (c *checker) report(n *scope.Node, fixes []report.Fix, message string, moments ...scope.Moment) {
	pos, end := n.Range()
	c.found = append(c.found, report.Finding{
		Pos: pos, End: end, Message: message, Witness: c.s.Witness(moments...), Fixes: fixes,
	})
}

// inside reports an Add in the goroutine that it counts, if a Wait can come
// first.
func (c *checker) inside() {
	for _, add := range c.w.Adds {
		wait, outside := c.w.Late(add)
		if wait == nil && outside == nil {
			continue
		}
		name := c.w.Name(add)
		text := fmt.Sprintf("%s.Add runs in the goroutine that it counts: %s.Wait can return before it", name, name)
		moments := []scope.Moment{
			{Node: add.Thread.Spawn, Verb: "starts", Object: add.Thread.Spawn.Called()},
			{Node: add, Verb: "adds to", Object: name, After: 1, Mark: report.Racing},
		}
		if wait != nil {
			moments[1].After = 2
			moments = slices.Insert(moments, 1, scope.Moment{Node: wait, Verb: "waits for", Object: name})
		}
		c.report(add, c.w.MoveAdd(add), text, moments...)
		if outside != nil {
			f := &c.found[len(c.found)-1]
			pos, _ := outside.Range()
			f.Witness = append(f.Witness, report.Step{
				Pos: pos, G: len(f.Witness) + 1, Role: "parent", Verb: "waits for", Object: outside.Receiver(),
			})
		}
	}
}

// missing reports a goroutine that calls Done though no Add comes before the
// go statement.
func (c *checker) missing() {
	for _, t := range c.s.Threads[1:] {
		done, add, ok := c.w.Uncounted(t)
		if !ok || add == nil && c.w.Census.Elsewhere(c.s.Pkg.Pass) {
			continue
		}
		name := c.w.Name(append(c.w.Waits, done)[0])
		start := scope.Moment{Node: t.Spawn, Verb: "starts", Object: t.Spawn.Called()}
		panics := scope.Moment{Node: done, Verb: "counts down", Object: name, After: 1}
		if add == nil {
			c.report(t.Spawn, nil,
				fmt.Sprintf("no %s.Add before this go statement: nothing waits for the goroutine, and its %s.Done panics", name, name),
				start, panics)
			continue
		}
		c.report(add, nil,
			fmt.Sprintf("%s.Add comes after the go statement: %s.Done of the goroutine can come first and panic", name, name),
			start, panics,
			scope.Moment{Node: add, Verb: "adds to", Object: name, After: 1, Mark: report.Racing})
	}
}

// number reports a constant count that is not the number of goroutines.
func (c *checker) number() {
	add, wait, spawn, counted, started := c.w.Totals()
	if add == nil || counted == started {
		return
	}
	name := c.w.Name(add)
	text := fmt.Sprintf("%s.Add counts %d but only %d goroutines call Done: %s.Wait never returns", name, counted, started, name)
	mark := report.Blocked
	if counted < started {
		text = fmt.Sprintf("%s.Add counts %d but %d goroutines call Done: %s.Wait does not wait for all, and Done panics", name, counted, started, name)
		mark = report.Plain
	}
	c.report(add, nil, text,
		scope.Moment{Node: add, Verb: "adds to", Object: name},
		scope.Moment{Node: spawn, Verb: "starts", Object: fmt.Sprintf("%d goroutines", started)},
		scope.Moment{Node: wait, Verb: "waits for", Object: name, After: 2, Mark: mark})
}
