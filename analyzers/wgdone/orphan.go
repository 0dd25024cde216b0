package wgdone

import (
	"fmt"

	"github.com/concvet/concvet/analyzers/internal/report"
	"github.com/concvet/concvet/analyzers/internal/scope"
)

// orphan reports an Add for a goroutine that is not started on every path.
func (c *checker) orphan() {
	add, around, wait := c.w.Orphan()
	if add == nil {
		return
	}
	name := c.w.Name(add)
	c.report(add, nil,
		fmt.Sprintf("nobody calls %s.Done for this Add where control goes around the start of the goroutine: %s.Wait never returns", name, name),
		scope.Moment{Node: add, Verb: "adds to", Object: name},
		scope.Moment{Node: around, Verb: "branches", Object: "around the start of the goroutine"},
		scope.Moment{Node: wait, Verb: "waits for", Object: name, After: 2, Mark: report.Blocked})
}
