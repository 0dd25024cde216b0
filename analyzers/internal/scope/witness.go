package scope

import (
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/report"
	"github.com/concvet/concvet/analyzers/internal/summary"
)

// A Moment is one event of a witness, at a node of a scope.
type Moment struct {
	Node   *Node
	Verb   string // as in report.Step
	Object string
	After  int // number (from 1) of the earlier moment that this one comes after, or 0
	Mark   report.Mark
	Twin   bool // in a second goroutine of the node's thread
}

// Witness returns the steps of a witness. Goroutines are numbered from the one
// that runs the scope's function, which is 1 even if no moment is in it.
func (s *Scope) Witness(moments ...Moment) []report.Step {
	ids := []int{0} // twice the thread's, to leave room for twins
	id := func(m Moment) int {
		if m.Twin {
			return 2*m.Node.Thread.ID + 1
		}
		return 2 * m.Node.Thread.ID
	}
	for _, m := range moments {
		ids = append(ids, id(m))
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	var steps []report.Step
	for _, m := range moments {
		pos, _ := s.Range(m.Node)
		steps = append(steps, report.Step{
			Pos: pos, G: slices.Index(ids, id(m)) + 1, Role: s.Role(m.Node.Thread),
			Verb: m.Verb, Object: m.Object, After: m.After, Mark: m.Mark,
		})
	}
	return steps
}

// Role says in a word what the goroutines of a thread are.
func (s *Scope) Role(t *Thread) string {
	switch {
	case t.Spawn == nil:
		return RoleOf(s.Root)
	case t.Spawn.Ev.Kind == models.AfterFunc:
		return "timer"
	case t.Spawn.Ev.Kind == models.RunTest:
		return "subtest"
	case t.Spawn.Ev.Kind == models.Handler:
		return "handler"
	}
	return "worker"
}

// RoleOf says in a word what goroutine runs fn, as far as fn itself tells.
func RoleOf(fn *ssa.Function) string {
	switch {
	case fn.Parent() == nil && fn.Name() == "main" && fn.Pkg != nil && fn.Pkg.Pkg.Name() == "main":
		return "main"
	case isTest(fn):
		return "test"
	}
	return "parent"
}

// isTest reports whether fn is a test, a benchmark, a fuzz target or the body
// of one: a function whose first parameter is a T, B or F of package testing.
func isTest(fn *ssa.Function) bool {
	params := fn.Signature.Params()
	if params.Len() == 0 {
		return false
	}
	return summary.IsTesting(params.At(0).Type())
}

// FailsTest reports whether n makes the test fail, also by a helper that is handed
// the test and says so by its name: whatever it then leaves behind is not what it
// is about.
func FailsTest(n *Node) bool {
	f := CalleeOf(n)
	if f == nil || f.Pkg() == nil {
		return false
	}
	if f.Pkg().Path() == "testing" {
		return f.Name() == "Error" || f.Name() == "Errorf" || f.Name() == "Fail"
	}
	call, ok := n.Ev.Instr.(ssa.CallInstruction)
	return ok && strings.HasPrefix(f.Name(), "Fail") && slices.ContainsFunc(call.Common().Args, summary.IsTest)
}
