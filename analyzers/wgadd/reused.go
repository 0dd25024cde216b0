package wgadd

import (
	"fmt"

	"github.com/concvet/concvet/analyzers/internal/report"
	"github.com/concvet/concvet/analyzers/internal/scope"
)

// reused reports an Add that starts another round while somebody may still be
// on the way out of the Wait of the last one.
func (c *checker) reused() {
	wait, add := c.w.Reused()
	if wait == nil {
		return
	}
	name := c.w.Name(add)
	c.report(add, nil,
		fmt.Sprintf("%s is used again while %s.Wait of another goroutine may not have returned from the last round: that panics", name, name),
		scope.Moment{Node: wait.Thread.Spawn, Verb: "starts", Object: wait.Thread.Spawn.Called()},
		scope.Moment{Node: wait, Verb: "waits for", Object: name, After: 1, Mark: report.Racing},
		scope.Moment{Node: add, Verb: "adds to", Object: name, After: 1, Mark: report.Racing})
}
