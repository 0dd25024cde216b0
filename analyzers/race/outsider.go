package race

import (
	"fmt"

	"github.com/concvet/concvet/analyzers/internal/report"
	"github.com/concvet/concvet/analyzers/internal/scope"
)

// outsider reports a method that uses a field without its lock while the
// goroutine that the constructor started writes it.
func outsider(o *scope.Outsider) report.Finding {
	pos, end := o.Range()
	done, does := "read", "writes"
	if o.Use.Write() {
		done = "written"
	}
	return report.Finding{
		Pos: pos, End: end,
		Message: fmt.Sprintf("%s is %s by %s without %s while the goroutine that %s starts %s it: nothing orders the two",
			o.Name(), done, o.Use.Fn.Name(), o.Lock.Name(), o.Starter(), does),
		Witness: o.Witness(),
	}
}

// careless reports what a constructor's goroutine does without the lock that a
// method takes.
func careless(c *scope.Careless) report.Finding {
	pos, end := c.Scope.Range(c.At)
	done, does := c.Does()
	return report.Finding{
		Pos: pos, End: end,
		Message: fmt.Sprintf("%s is %s without %s by the goroutine that %s starts, while %s %s it under that lock: nothing orders the two",
			c.Scope.Name(c.At), done, c.Lock.Name(), c.Starter(), c.Use.Fn.Name(), does),
		Witness: c.Witness(),
	}
}
