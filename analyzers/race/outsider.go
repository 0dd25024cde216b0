package race

import (
	"fmt"

	"github.com/concvet/concvet/analyzers/internal/report"
	"github.com/concvet/concvet/analyzers/internal/scope"
)

// outsider reports that of a method and the goroutine which the constructor has
// started one uses a field without the lock of the struct.
func outsider(o *scope.Outsider) report.Finding {
	pos, end := o.Range()
	does, done := o.Scope.Verb(o.Node)
	method, used, uses := o.Use.Fn.Name(), "read", "reads"
	if o.Use.Write() {
		used, uses = "written", "writes"
	}
	message := fmt.Sprintf("%s is %s by %s without %s while the goroutine that %s starts %s it: nothing orders the two",
		o.Name(), used, method, o.Lock.Name(), o.Starter(), does)
	if o.Bare {
		message = fmt.Sprintf("%s is %s without %s by the goroutine that %s starts, while %s %s it under that lock: nothing orders the two",
			o.Scope.Name(o.Node), done, o.Lock.Name(), o.Starter(), method, uses)
	}
	return report.Finding{Pos: pos, End: end, Message: message, Witness: o.Witness()}
}
