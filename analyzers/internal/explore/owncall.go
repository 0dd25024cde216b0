package explore

import (
	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/scope"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// known reports whether the scope knows, of every node of the operation r on
// v, that it is about the object, or the same object of another activation.
func (e *escape) known(r ssa.Instruction, v ssa.Value) bool {
	found := false
	for _, n := range e.byInstr[r] {
		if n.Ev.Val != v {
			continue
		}
		found = true
		p := e.object(n.Obj)
		if p == nil || p.Root.V != e.target.Root.V || len(p.Sels()) != len(e.target.Sels()) {
			return false
		}
		for i, s := range p.Sels() {
			if s != e.target.Sels()[i] {
				return false
			}
		}
	}
	return found
}

// captured follows an object into a literal or method value. What these are
// used for must be known too, or somebody might run them.
func (e *escape) captured(v ssa.Value, sels []place.Sel, mc *ssa.MakeClosure) bool {
	fn := mc.Fn.(*ssa.Function)
	if fn.Synthetic != "" {
		return e.bound(v, sels, mc)
	}
	if e.frames[fn] == nil {
		return e.unused(mc)
	}
	for i, b := range mc.Bindings {
		if b == v && (i >= len(fn.FreeVars) || e.value(fn.FreeVars[i], sels)) {
			return true
		}
	}
	return e.spread(mc, nil)
}

// unused reports whether a literal that the scope does not run may be run by
// others: it may, if it has any use at all.
func (e *escape) unused(mc *ssa.MakeClosure) bool {
	for _, r := range *mc.Referrers() {
		if _, ok := r.(*ssa.DebugRef); !ok {
			return true
		}
	}
	return false
}

// bound follows the receiver of a method value into the method.
func (e *escape) bound(v ssa.Value, sels []place.Sel, mc *ssa.MakeClosure) bool {
	t := skeleton.FuncOf(e.s.Pkg.Places, mc)
	if t.Fn == nil || e.frames[t.Fn] == nil || len(t.Args) != 1 || t.Args[0] != v {
		return true
	}
	return e.value(t.Fn.Params[0], sels) || e.spread(mc, nil)
}

// spread reports whether a func value may be run by somebody outside of the
// scope. The selectors lead to it from what v refers to.
func (e *escape) spread(v ssa.Value, sels []place.Sel) bool {
	f := &escape{owner: e.owner, target: nil, seen: e.seen, uses: e.uses}
	defer func() { e.uses = f.uses }()
	return f.value(v, sels)
}

// call reports whether the object gets out of the scope by a call that it is
// passed to.
func (e *escape) call(v ssa.Value, sels []place.Sel, ci ssa.CallInstruction) bool {
	c := ci.Common()
	if bi, ok := c.Value.(*ssa.Builtin); ok {
		switch bi.Name() {
		case "len", "cap":
			return false
		case "close":
			return len(sels) > 0 || e.target == nil || !e.known(ci, v)
		}
		return true
	}
	if c.Value == v && !c.IsInvoke() {
		if _, isGo := ci.(*ssa.Go); isGo && e.cancel {
			return true // no thread of the scope cancels
		}
		return len(sels) > 0 || !e.cancel && !e.followed(ci) // the func value itself is called
	}
	if obj := skeleton.Object(c); obj != nil {
		if m, ok := models.Lookup(obj); ok {
			return e.modelled(v, sels, ci, m)
		}
	}
	if n, ok := e.s.Elsewhere(ci, argIndex(c, v)); ok && len(sels) == 0 && e.target != nil {
		return n > 0 && !e.known(ci, v)
	}
	if !e.followed(ci) {
		return true
	}
	for _, n := range e.byInstr[ci] {
		f := runs(n)
		if f == nil {
			continue
		}
		found := false
		for i, a := range f.Args {
			if a == v {
				found = true
				if i >= len(f.Fn.Params) || e.value(f.Fn.Params[i], sels) {
					return true
				}
			}
		}
		if !found {
			return true
		}
	}
	return false
}

// modelled is [escape.call] for functions of the standard library.
func (e *escape) modelled(v ssa.Value, sels []place.Sel, ci ssa.CallInstruction, m models.Model) bool {
	_, isGo := ci.(*ssa.Go)
	switch at := argIndex(ci.Common(), v); {
	case at < 0 || isGo:
		return true // a goroutine of its own for one operation is no thread of the scope
	case at == m.Obj && e.data:
		return len(sels) > 0
	case at == m.Obj:
		return m.Kind == models.SigNotify || m.Kind == models.None || len(sels) > 0 || e.target == nil || !e.known(ci, v)
	case at == m.Func:
		return len(sels) > 0 || !e.followed(ci)
	case at == m.Locker:
		return len(sels) > 0
	}
	return true
}

// followed reports whether the scope shows what every node of the call runs.
func (e *escape) followed(ci ssa.CallInstruction) bool {
	for _, n := range e.byInstr[ci] {
		if runs(n) == nil && n.Ev.Kind != skeleton.Read && n.Ev.Kind != skeleton.Write && !returns(n) {
			return false
		}
	}
	return true
}

// returns reports whether n only stands for the return of a call.
func returns(n *scope.Node) bool {
	switch n.Ev.Kind {
	case models.Release, models.Settle, models.RunTest, skeleton.AtReturn:
		return n.Ev.Callee.Call == nil
	}
	return false
}

// runs returns the frame that n calls or starts, nil if there is none.
func runs(n *scope.Node) *scope.Frame {
	if n.Starts != nil {
		return n.Starts.Frame
	}
	return n.Inlined()
}

func argIndex(c *ssa.CallCommon, v ssa.Value) int {
	off := 0
	if c.IsInvoke() {
		off = 1
		if c.Value == v {
			return 0
		}
	}
	for i, a := range c.Args {
		if a == v {
			return i + off
		}
	}
	return -1
}
