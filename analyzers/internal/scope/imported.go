package scope

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
	"github.com/concvet/concvet/analyzers/internal/summary"
)

// imported appends, behind n, what the fact about a function of another
// package says it does to the objects it is passed. It returns the node after
// which control goes on. What happens only on some paths, or in a goroutine of
// the callee's, is not shown: its objects count as unknown instead.
func (s *Scope) imported(n *Node, call *skeleton.Event, up *Frame) *Node {
	if call.Callee.Fn != nil && s.Pkg.Skeleton(call.Callee.Fn) != nil || call.Callee.Call == nil {
		return n
	}
	obj := skeleton.Object(call.Callee.Call)
	for i, arg := range call.Callee.Args {
		po := s.Pkg.ParamOps(obj, i)
		if po == nil {
			continue
		}
		for _, op := range po.Ops {
			switch {
			case models.Kind(op.Kind) == skeleton.CallFn:
				n = s.runs(n, call, arg, op)
			case once(op):
				m := s.node(n.Frame, n.Thread, n.Block)
				m.Ev = &skeleton.Event{
					Kind: models.Kind(op.Kind), Instr: call.Instr, Val: arg, Obj: s.Pkg.Places.Of(arg),
					Delta: int64(op.Delta), Known: op.Known, Defer: call.Defer,
				}
				m.Obj = s.Place(m.Ev.Obj, up)
				n.Succs = append(n.Succs, m)
				n = m
			}
		}
	}
	return s.closed(n, call, obj, up)
}

// closed appends the closes of channels in fields of the receiver of a method of
// another package.
func (s *Scope) closed(n *Node, call *skeleton.Event, obj *types.Func, up *Frame) *Node {
	for _, f := range s.Pkg.Closes(obj) {
		if call.Callee.Call.IsInvoke() || len(call.Callee.Args) == 0 {
			break
		}
		m := s.node(n.Frame, n.Thread, n.Block)
		m.Ev = &skeleton.Event{
			Kind: models.Close, Instr: call.Instr, Val: call.Callee.Args[0], Defer: call.Defer,
			Obj: s.Pkg.Places.Of(call.Callee.Args[0]).Field(f).Deref(),
		}
		m.Obj = s.Place(m.Ev.Obj, up)
		n.Succs = append(n.Succs, m)
		n = m
	}
	return n
}

// once reports whether the operation happens exactly once in every call, by
// the calling goroutine.
func once(op summary.Op) bool { return op.Min == 1 && op.Max == 1 && !op.Go }

// runs appends the run of a func argument. If the callee runs it in a goroutine
// it may wait for that, so the run counts as one of the caller's own.
func (s *Scope) runs(n *Node, call *skeleton.Event, arg ssa.Value, op summary.Op) *Node {
	kind := models.Call
	if once(op) {
		kind = skeleton.CallFn
	}
	callee := skeleton.FuncOf(s.Pkg.Places, arg)
	callee.Call = call.Callee.Call
	m := s.node(n.Frame, n.Thread, n.Block)
	m.Ev = &skeleton.Event{Kind: kind, Instr: call.Instr, Val: arg, Callee: callee}
	n.Succs = append(n.Succs, m)
	if n.Frame == nil {
		return m
	}
	return s.splice(m, true)
}

// exactFor reports whether a call to another package does to its argument i
// nothing but what the scope shows.
func (s *Scope) exactFor(call *ssa.CallCommon, i int) bool {
	po := s.Pkg.ParamOps(skeleton.Object(call), i)
	if po == nil || !po.Complete {
		return false
	}
	for _, op := range po.Ops {
		if models.Kind(op.Kind) != skeleton.CallFn && !once(op) {
			return false
		}
	}
	return true
}

// Elsewhere reports whether a call to another package does to its argument i only
// what the scope shows, n operations, and at most one operation altogether: the
// order of several is not known.
func (s *Scope) Elsewhere(ci ssa.CallInstruction, i int) (n int, ok bool) {
	call := ci.Common()
	if _, starts := ci.(*ssa.Go); starts || call.IsInvoke() || i < 0 || !s.exactFor(call, i) {
		return 0, false
	}
	total := 0
	for k := range call.Args {
		po := s.Pkg.ParamOps(skeleton.Object(call), k)
		if po == nil {
			continue
		}
		total += len(po.Ops)
		if k == i {
			n = len(po.Ops)
		}
	}
	return n, total <= 1
}
