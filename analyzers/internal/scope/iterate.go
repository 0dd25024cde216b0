package scope

import (
	"go/constant"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
	"github.com/concvet/concvet/analyzers/internal/summary"
)

// The body of a loop over an iterator is a function that go/ssa makes and passes
// to the iterator, which runs it any number of times before it returns.

// bodies returns the loop bodies that a call passes to an iterator.
func bodies(ev *skeleton.Event) []ssa.Value {
	if ev.Kind != skeleton.CallFn || ev.Callee.Call == nil {
		return nil
	}
	var out []ssa.Value
	for _, arg := range ev.Callee.Call.Args {
		if loopBody(arg) != nil {
			out = append(out, arg)
		}
	}
	return out
}

// loopBody returns the function of a loop body, nil if v is none.
func loopBody(v ssa.Value) *ssa.Function {
	c, ok := v.(*ssa.MakeClosure)
	if !ok {
		return nil
	}
	if fn := c.Fn.(*ssa.Function); isLoopBody(fn) {
		return fn
	}
	return nil
}

// endsLoop reports whether n leaves a loop over an iterator early: the body tells
// the iterator to stop. What the body did to locks before it, as for a return
// from the function around it, does not hold where the loop goes on.
func endsLoop(n *Node) bool {
	if n.Ev == nil || n.Ev.Kind != skeleton.Return || !isLoopBody(n.Frame.Fn) {
		return false
	}
	ret := n.Ev.Instr.(*ssa.Return)
	if len(ret.Results) != 1 {
		return false
	}
	c, ok := ret.Results[0].(*ssa.Const)
	return ok && !constant.BoolVal(c.Value)
}

func isLoopBody(fn *ssa.Function) bool { return strings.HasPrefix(fn.Synthetic, "range-over-func") }

// iterate appends the bodies that the call at n passes to an iterator that is
// not known, and returns the node after which control goes on.
func (s *Scope) iterate(n *Node, ev *skeleton.Event, awake bool) *Node {
	if n.Ev != ev || !awake && !s.env.leadsTo(ev, s.env.spawns) {
		return n // something else is known of it, or nothing runs yet
	}
	for _, body := range bodies(ev) {
		n = s.runs(n, ev, body, summary.Op{Kind: uint8(models.Call)})
	}
	return n
}

// leadsTo reports whether ev starts a goroutine, or calls one of the functions
// known to, or passes one to an iterator.
func (e *env) leadsTo(ev *skeleton.Event, known map[*ssa.Function]bool) bool {
	return e.starts(ev) || ev.Callee.Fn != nil && known[ev.Callee.Fn] ||
		slices.ContainsFunc(bodies(ev), func(v ssa.Value) bool { return known[loopBody(v)] })
}
