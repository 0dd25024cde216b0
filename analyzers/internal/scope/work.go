package scope

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// Work returns the first operation of t, in the order of control, that changes
// something outside of the program and that t comes to without waiting for
// others. What a goroutine does about errors only is not its work, except that
// it tells a test. It returns nil if there is none, or if t never ends.
func (s *Scope) Work(t *Thread) *Node {
	if !t.Known() {
		bi, isBuiltin := t.Spawn.Ev.Callee.Value.(*ssa.Builtin)
		f := CalleeOf(t.Spawn)
		if isBuiltin && strings.HasPrefix(bi.Name(), "print") || f != nil && models.Outputs(f) {
			return t.Spawn
		}
		return nil
	}
	if !s.Returns(t.Entry) {
		return nil
	}
	if n := s.outputFrom(t, false); n != nil {
		return n
	}
	return s.outputFrom(t, true)
}

// outputFrom is [Scope.Work] along the paths without errors, or if failing
// along all paths, but then only what tells a test counts.
func (s *Scope) outputFrom(t *Thread, failing bool) *Node {
	p, seen := s.patience(), map[*Node]bool{t.Entry: true}
	work := []*Node{t.Entry}
	for len(work) > 0 {
		n := work[0]
		work = work[1:]
		if n.Ev != nil && s.outputs(n, failing) && s.Returns(n) {
			return n
		}
		if p.lasts(n) {
			continue
		}
		bad := -1
		if !failing {
			bad = skeleton.ErrorSucc(n.Branch())
		}
		for i, m := range n.Succs {
			if i != bad && !seen[m] {
				seen[m] = true
				work = append(work, m)
			}
		}
	}
	return nil
}

func (s *Scope) outputs(n *Node, telling bool) bool {
	if n.Ev.Kind != skeleton.CallFn || n.inner != nil {
		return false
	}
	if _, ok := n.Ev.Callee.Value.(*ssa.Builtin); ok {
		return !telling && n.Ev.Effect&models.IO != 0
	}
	f := CalleeOf(n)
	if f == nil {
		return false
	}
	e := n.Ev.Effect
	if s.Asserts(n) || f.Pkg() != nil && f.Pkg().Path() == "testing" {
		return e&(models.IO|models.Unknown) != 0
	}
	return !telling && (models.Outputs(f) || e&models.IO != 0 && !e.MayWait())
}

// Asserts reports whether n calls a function of another package that can tell
// the test that it is given of a failure, but not register a cleanup.
func (s *Scope) Asserts(n *Node) bool {
	f := CalleeOf(n)
	if f == nil || n.Ev.Kind != skeleton.CallFn || n.Ev.Effect&models.Unknown == 0 {
		return false
	}
	params := f.Signature().Params()
	if params.Len() == 0 || !types.IsInterface(params.At(0).Type()) || cleans(params.At(0).Type()) {
		return false
	}
	errorf, _, _ := types.LookupFieldOrMethod(params.At(0).Type(), false, nil, "Errorf")
	return errorf != nil
}

// lasts reports whether a goroutine may stay at n for as long as others like.
func (p *patience) lasts(n *Node) bool {
	if n.Ev == nil || n.inner != nil {
		return false
	}
	switch n.Ev.Kind {
	case models.Sleep, models.OnceDo:
		return false
	case skeleton.CallFn:
		if f := CalleeOf(n); f != nil && n.Ev.Effect&(models.Unknown|models.CallsBack) == 0 && n.Ev.Callee.Fn == nil {
			return models.Lasts(f)
		}
	}
	return p.waits(n)
}
