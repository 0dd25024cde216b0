package guardedby

import (
	"fmt"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/report"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
	"github.com/concvet/concvet/analyzers/internal/summary"
)

// enough is how many callers must hold a lock for the name of a function to
// count: fooLocked is called with it.
const enough = 2

// convention reports calls of a method whose name ends in Locked without the
// lock that its other callers hold.
func (c *checker) convention(fn *ssa.Function) {
	if !summary.NamedLocked(fn) {
		return
	}
	for _, lock := range summary.ReceiverLocks(fn) {
		c.calls(fn, lock, true)
	}
}

// calls reports the calls of fn without a lock that it needs: because an
// annotation says so, or if named because its name does and enough callers do.
func (c *checker) calls(fn *ssa.Function, lock *types.Var, named bool) {
	class := summary.LockClass(lock)
	calls, _ := c.p.Callers(fn)
	var holder *summary.Call
	holders := 0
	for i, call := range calls {
		if _, held := modeOf(c.p.LocksAt(call.In, call.Node), lock); held {
			holders++
			if holder == nil {
				holder = &calls[i]
			}
		}
	}
	if named && holders < enough {
		return
	}
	for _, call := range calls {
		if c.excused(&call, class, named) {
			continue
		}
		pos, end := summary.Range(call.In, call.Ev.Pos())
		k := key{call.In, fn}
		if c.seen[k] || c.p.InTest(pos) {
			continue
		}
		c.seen[k] = true
		why := "its annotation asks for"
		if named {
			why = "its other callers hold"
		}
		f := report.Finding{
			Pos: pos, End: end,
			Message: fmt.Sprintf("%s is called without %s, which %s: what it does is not guarded against other goroutines", fn.Name(), lock.Name(), why),
		}
		if holder != nil {
			at, _ := summary.Range(holder.In, holder.Ev.Pos())
			f.Witness = append(f.Witness, report.Step{Pos: at, G: 2, Role: "other", Verb: "calls with the lock", Object: fn.Name(), Mark: report.Racing})
		}
		f.Witness = append(f.Witness, report.Step{Pos: pos, G: 1, Role: "parent", Verb: "calls without it", Object: fn.Name(), Mark: report.Racing})
		c.found = append(c.found, f)
	}
}

// excused reports whether a call may be right: a lock may be held, or the
// object is new. Of calls that only a name speaks against, those count that can
// run while others use the object.
func (c *checker) excused(call *summary.Call, class place.Class, named bool) bool {
	if call.Ev.Kind != skeleton.CallFn || len(call.Ev.Callee.Args) == 0 || !c.p.Unlocked(call.In, call.Node, class) {
		return true
	}
	obj := c.p.Places.Instance(call.Ev.Callee.Args[0])
	if obj == nil || c.p.Fresh(obj, call.In) {
		return true
	}
	return named && (!c.p.Exposed(call.In, obj.Root.V) || c.p.Settled(call.In, call.Node))
}
