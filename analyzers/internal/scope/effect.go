package scope

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// CalleeOf returns the function or method that n calls or starts by name, nil
// if n does neither or calls a func value.
func CalleeOf(n *Node) *types.Func {
	if n.Ev == nil {
		return nil
	}
	if c := n.Ev.Callee.Call; c != nil {
		return skeleton.Object(c)
	}
	if c, ok := n.Ev.Instr.(ssa.CallInstruction); ok {
		return skeleton.Object(c.Common())
	}
	return nil
}

// A patience asks which operations of a scope may wait for a goroutine, for
// input or for time to pass, as far as is known.
type patience struct {
	s     *Scope
	still map[*ssa.Function]bool // functions that surely return without waiting, if the key is there
}

func (s *Scope) patience() *patience { return &patience{s, map[*ssa.Function]bool{}} }

// waits reports whether the operation at n may wait. Taking a lock does not
// count: whoever holds it gives it up.
func (p *patience) waits(n *Node) bool {
	if n.Ev == nil || n.inner != nil && n.Ev.Kind != models.OnceDo {
		return false
	}
	switch n.Ev.Kind {
	case models.Acquire, models.AcquireShared:
		return n.Obj == nil
	case models.Cleanup, models.WGGo:
		return false // WGGo waits below a limit only, and never for what it starts
	case models.RunTest: // where it returns, it is no call: it has waited for what ran in it only
		return n.Ev.Callee.Call != nil
	case skeleton.CallFn:
		return p.call(n)
	}
	return waitKind(n.Ev.Kind) || n.Ev.Effect.MayWait()
}

// call reports whether a call that is not followed may wait.
func (p *patience) call(n *Node) bool {
	if fn := n.Ev.Callee.Fn; fn != nil && fn.Blocks != nil {
		return !p.returns(fn)
	}
	return n.Ev.Effect.MayWait() && !p.s.cancels(n)
}

// returns reports whether fn surely returns without waiting for anybody.
func (p *patience) returns(fn *ssa.Function) bool {
	if still, ok := p.still[fn]; ok {
		return still
	}
	p.still[fn] = true // a recursive call does not make it wait
	p.still[fn] = p.allReturn(fn)
	return p.still[fn]
}

func (p *patience) allReturn(fn *ssa.Function) bool {
	sk := p.s.Pkg.Skeleton(fn)
	if sk == nil {
		return false
	}
	for i := range sk.Nodes {
		ev := sk.Nodes[i].Ev
		if ev == nil {
			continue
		}
		switch in := ev.Callee.Fn; {
		case ev.Kind == skeleton.CallFn && in != nil && in.Blocks != nil:
			if !p.returns(in) {
				return false
			}
		case waitKind(ev.Kind), ev.Effect.MayWait(), spin(ev.Kind) && sk.InLoop(sk.Nodes[i].Block):
			return false
		}
	}
	return true
}

// waitKind reports whether operations of kind k wait, or run what is not
// followed, though their effects do not say so.
func waitKind(k models.Kind) bool {
	switch k {
	case models.Send, models.Recv, skeleton.RecvClosed, models.Select, models.IterPull, models.Call, models.Cleanup:
		return true
	}
	return false
}

// spin reports whether an operation of kind k asks what others did, so that a
// loop around it waits for them.
func spin(k models.Kind) bool {
	switch k {
	case models.AtomicLoad, models.AtomicRMW, models.AtomicCAS, models.MapLoad, models.MapRMW, models.CtxErr,
		models.Acquire, models.AcquireShared, models.TryAcquire, models.TryAcquireShr, models.SemTryAcquire:
		return true
	}
	return false
}

// cancels reports whether n calls the cancel function of a context, which does
// not wait.
func (s *Scope) cancels(n *Node) bool {
	if n.Ev.Callee.Value == nil {
		return false
	}
	v, _ := s.Resolve(n.Ev.Callee.Value, n.Frame)
	x, ok := v.(*ssa.Extract)
	if !ok || x.Index != 1 {
		return false
	}
	call, ok := x.Tuple.(*ssa.Call)
	if !ok {
		return false
	}
	obj := skeleton.Object(call.Common())
	if obj == nil {
		return false
	}
	m, ok := models.Lookup(obj)
	return ok && m.Kind == models.CtxMake
}
