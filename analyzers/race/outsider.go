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
