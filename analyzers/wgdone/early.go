package wgdone

import (
	"fmt"

	"github.com/concvet/concvet/analyzers/internal/report"
	"github.com/concvet/concvet/analyzers/internal/scope"
)

// rank puts the finding before that of the race: it says what to change.
const rank = 1000

// early reports a Done before an access that somebody who waited relies on.
func (c *checker) early() {
	for _, r := range c.p.Conflicting() {
		done, wait := c.w.Early(r)
		if done == nil {
			continue
		}
		name := c.w.Name(done)
		late, other := r.At, r.Other
		if late.Thread != done.Thread {
			late, other = other, late
		}
		object := c.s.Name(late)
		_, is := c.s.Verb(late)
		does, _ := c.s.Verb(late)
		then, _ := c.s.Verb(other)
		c.report(done, c.w.DeferDone(done.Thread, scope.In(c.w.Dones, done.Thread)),
			fmt.Sprintf("%s.Done comes before %s is %s: %s.Wait returns while the goroutine is still at it", name, object, is, name),
			scope.Moment{Node: done.Thread.Spawn, Verb: "starts", Object: done.Thread.Spawn.Called()},
			scope.Moment{Node: done, Verb: "counts down", Object: name, After: 1},
			scope.Moment{Node: wait, Verb: "waits for", Object: name, After: 2},
			scope.Moment{Node: other, Verb: then, Object: c.s.Name(other), After: 3, Mark: report.Racing},
			scope.Moment{Node: late, Verb: does, Object: object, After: 2, Mark: report.Racing})
		f := &c.found[len(c.found)-1]
		f.Same, _ = c.s.Range(r.Write)
		f.Rank = rank
	}
}
