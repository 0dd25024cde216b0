package summary

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// A Drain is a receive from a timer's channel that waits for a value which has
// been received before.
type Drain struct {
	Fn    *ssa.Function
	Stop  int // node of the Stop that says the timer has fired
	Recv  int // node of the receive
	Taken int // node of the receive that can have taken the value
}

// Drains returns the receives of fn on the branch on which Stop of the timer was
// false, that control can get to from another receive of the timer's value
// without setting the timer again. Ways on which a variable is asked first, that
// may say whether the value was received, do not count.
func (p *Package) Drains(fn *ssa.Function) []Drain {
	sk := p.skeletons[fn]
	if sk == nil {
		return nil
	}
	var out []Drain
	for n := range sk.Nodes {
		ev := sk.Nodes[n].Ev
		if ev == nil || ev.Kind != models.TimerStop || ev.Obj == nil || ev.Defer != nil {
			continue
		}
		recv := drained(sk, n, ev)
		if recv < 0 {
			continue
		}
		if taken := p.taken(sk, n, recv, ev.Obj); taken >= 0 {
			out = append(out, Drain{fn, n, recv, taken})
		}
	}
	return out
}

// drained returns the plain receive from the timer's channel that follows at
// once if the Stop at node n is false, -1 if there is none.
func drained(sk *skeleton.Func, n int, stop *skeleton.Event) int {
	for m := n; ; {
		node := &sk.Nodes[m]
		if m != n && node.Ev != nil {
			if node.Ev.Kind == models.Recv && !node.Ev.Arm && TimerOf(node.Ev.Obj) == stop.Obj {
				return m
			}
			if node.Ev.Kind != skeleton.Read {
				return -1
			}
		}
		switch {
		case len(node.Succs) == 1:
			m = node.Succs[0]
		case node.Cond != nil && len(node.Succs) == 2:
			i := 1
			cond := node.Cond
			if not, ok := cond.(*ssa.UnOp); ok && not.Op == token.NOT {
				cond, i = not.X, 0
			}
			if call, ok := stop.Instr.(ssa.Value); !ok || cond != call {
				return -1
			}
			m = node.Succs[i]
		default:
			return -1
		}
		if m == n {
			return -1
		}
	}
}

// TimerOf returns the timer or ticker whose channel is at p, nil if it is no timer's.
func TimerOf(p *place.Place) *place.Place {
	if p == nil || p.Sel.Kind != place.Deref || p.Parent == nil || p.Parent.Parent == nil || p.Parent.Sel.Kind != place.Field {
		return nil
	}
	if v := p.Parent.Sel.Var; v.Name() != "C" || v.Pkg() == nil || v.Pkg().Path() != "time" {
		return nil
	}
	return p.Parent.Parent
}

// taken returns another receive from which control gets to the Stop at node n,
// -1 if there is none.
func (p *Package) taken(sk *skeleton.Func, n, recv int, timer *place.Place) int {
	for m := range sk.Nodes {
		ev := sk.Nodes[m].Ev
		if m == recv || ev == nil || ev.Kind != models.Recv || TimerOf(ev.Obj) != timer {
			continue
		}
		arm := sk.Nodes[m].Block
		if ev.Arm && len(sk.Nodes[m].Succs) == 1 {
			arm = sk.Nodes[sk.Nodes[m].Succs[0]].Block
		}
		reached := sk.Reach(m, func(k int) bool { return k == n || tells(sk.Nodes[k].Cond, arm) || p.rearms(sk, k, timer) }, nil)
		if reached[n] {
			return m
		}
	}
	return -1
}

// rearms reports whether the timer may run again behind node n.
func (p *Package) rearms(sk *skeleton.Func, n int, timer *place.Place) bool {
	ev := sk.Nodes[n].Ev
	switch {
	case ev == nil:
		return false
	case ev.Kind == models.TimerReset:
		return ev.Obj == nil || ev.Obj == timer
	case makes(ev.Instr, timer.Root.V):
		return true
	case ev.Kind == skeleton.Write:
		return timer.Under(ev.Obj)
	case ev.Kind == skeleton.CallFn && ev.Callee.Fn != nil:
		return p.setsTimer(ev.Callee.Fn, 0)
	case ev.Kind == skeleton.CallFn:
		return ev.Callee.Value != nil || slices.ContainsFunc(ev.Callee.Args, func(a ssa.Value) bool { return p.Places.Of(a) == timer })
	}
	return false
}

// makes reports whether v is a result of instr: in a loop a new one each round.
func makes(instr ssa.Instruction, v ssa.Value) bool {
	if x, ok := v.(*ssa.Extract); ok {
		v = x.Tuple
	}
	made, ok := instr.(ssa.Value)
	return ok && made == v
}

// setsTimer reports whether a function may start some timer, or again.
func (p *Package) setsTimer(fn *ssa.Function, depth int) bool {
	sk := p.skeletons[fn]
	if sk == nil || depth > 3 {
		return true
	}
	for n := range sk.Nodes {
		ev := sk.Nodes[n].Ev
		if ev == nil {
			continue
		}
		if ev.Kind == models.TimerReset || ev.Kind == models.TimerMake ||
			ev.Kind == skeleton.CallFn && ev.Callee.Fn != nil && p.setsTimer(ev.Callee.Fn, depth+1) {
			return true
		}
	}
	return false
}

// tells reports whether a condition is the value of a bool variable that may say
// whether the value was received, which is what happens before block arm: one
// that is set there, or of which that is not known.
func tells(cond ssa.Value, arm *ssa.BasicBlock) bool {
	switch c := cond.(type) {
	case *ssa.UnOp:
		return c.Op == token.MUL || tells(c.X, arm)
	case *ssa.Parameter, *ssa.FreeVar:
		return true
	case *ssa.Phi:
		return setBehind(c, arm, map[*ssa.Phi]bool{})
	}
	return false
}

// setBehind reports whether a variable can be set in block arm, or behind it.
func setBehind(phi *ssa.Phi, arm *ssa.BasicBlock, seen map[*ssa.Phi]bool) bool {
	if seen[phi] {
		return false
	}
	seen[phi] = true
	for i, e := range phi.Edges {
		if inner, ok := e.(*ssa.Phi); ok {
			if setBehind(inner, arm, seen) {
				return true
			}
			continue
		}
		if arm.Dominates(phi.Block().Preds[i]) {
			return true
		}
	}
	return false
}
