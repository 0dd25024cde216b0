package summary

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// Ops is the fact that says what a function does to the channels, WaitGroups
// and functions that its caller passes.
type Ops struct {
	List     []ParamOps // by Param, increasing
	NoReturn bool       // it never returns
	Closes   []string   // the fields of its receiver whose channels it closes whenever it returns
}

// AFact marks Ops as a fact.
func (*Ops) AFact() {}

// ParamOps is what a function does to the object one parameter refers to.
type ParamOps struct {
	Param    int8 // the receiver being the first
	Complete bool // Ops is all that can ever happen to the object through this call
	Ops      []Op // in no particular order
}

// An Op is one operation on the object of a parameter.
type Op struct {
	Kind     uint8 // a models.Kind; skeleton.CallFn if a func parameter is called
	Min, Max uint8 // how often in one call that returns; many if Max is 255
	Delta    int32 // WGAdd: the count, if Known
	Known    bool
	Deferred bool // it runs in a deferred call: also when the function panics
	Go       bool // it happens in a goroutine that the function starts
}

// manyOps is the Max of an operation in a loop.
const manyOps = 255

// maxOpDepth bounds the calls that are followed.
const maxOpDepth = 4

// ParamOps returns what a function of another package does to the object of
// one parameter, nil if that is not known.
func (p *Package) ParamOps(obj *types.Func, param int) *ParamOps {
	if obj == nil || obj.Pkg() == nil || models.IsStd(obj.Pkg().Path()) {
		return nil
	}
	var fact Ops
	if !p.Pass.ImportObjectFact(obj.Origin(), &fact) {
		return nil
	}
	for i := range fact.List {
		if int(fact.List[i].Param) == param {
			return &fact.List[i]
		}
	}
	return nil
}

// exportOps exports the Ops of the functions that other packages can call.
func (p *Package) exportOps() {
	for _, fn := range p.Funcs {
		obj, ok := fn.Object().(*types.Func)
		if !ok || !obj.Exported() || p.skeletons[fn] == nil {
			continue
		}
		fact := Ops{NoReturn: p.ends[fn], Closes: p.closes(fn)}
		for i, par := range fn.Params {
			if !passedAlong(par.Type()) {
				continue
			}
			c := opCounter{p: p, busy: map[*ssa.Function]bool{}}
			ops, complete := c.ops(fn, p.Places.Of(par), par, 0)
			if len(ops) > 0 || complete {
				fact.List = append(fact.List, ParamOps{int8(i), complete, ops})
			}
		}
		if len(fact.List) > 0 || fact.NoReturn || len(fact.Closes) > 0 {
			p.Pass.ExportObjectFact(obj, &fact)
		}
	}
}

// passedAlong reports whether t is one of the types whose operations are
// worth a fact.
func passedAlong(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Chan, *types.Signature:
		return true
	case *types.Pointer:
		n, ok := types.Unalias(u.Elem()).(*types.Named)
		if !ok || n.Obj().Pkg() == nil {
			return false
		}
		path := n.Obj().Pkg().Path()
		return path == "sync" && n.Obj().Name() == "WaitGroup" || path == "golang.org/x/sync/errgroup" && n.Obj().Name() == "Group"
	}
	return false
}

// An opCounter finds the operations on one object in a function and what it
// calls.
type opCounter struct {
	p    *Package
	busy map[*ssa.Function]bool
}

// ops returns the operations that fn performs on the object at target, and
// whether these are all. The value v names the object in fn; it is nil in a
// literal, which sees the places of the function around it.
func (c *opCounter) ops(fn *ssa.Function, target *place.Place, v ssa.Value, depth int) (out []Op, complete bool) {
	sk := c.p.skeletons[fn]
	if sk == nil || target == nil || depth > maxOpDepth || c.busy[fn] {
		return nil, false
	}
	c.busy[fn] = true
	defer delete(c.busy, fn)
	complete = v == nil || !c.escapes(v, 0)
	for i := range sk.Nodes {
		ev := sk.Nodes[i].Ev
		if ev == nil {
			continue
		}
		found, ok := c.event(ev, target, depth)
		complete = complete && ok
		if len(found) == 0 {
			continue
		}
		sure := c.unavoidable(sk, i)
		n, _ := sk.Trips(sk.Nodes[i].Block)
		for _, op := range found {
			if !sure {
				op.Min = 0
			}
			op.Max = uint8(min(int(op.Max)*n, manyOps))
			op.Deferred = op.Deferred || ev.Defer != nil
			out = append(out, op)
		}
	}
	return out, complete
}

// event returns the operations of one event.
func (c *opCounter) event(ev *skeleton.Event, target *place.Place, depth int) ([]Op, bool) {
	if ev.Obj == target && ev.Kind < skeleton.Read {
		return []Op{{Kind: uint8(ev.Kind), Min: 1, Max: 1, Delta: int32(ev.Delta), Known: ev.Known}}, true
	}
	if ev.Callee.Fn == nil {
		if ev.Callee.Value != nil && c.p.Places.Of(ev.Callee.Value) == target && ev.Callee.Call != nil {
			return []Op{{Kind: uint8(skeleton.CallFn), Min: 1, Max: 1, Go: ev.Kind == models.Spawn}}, true
		}
		return nil, true
	}
	var out []Op
	complete := true
	add := func(found []Op, ok bool) {
		complete = complete && ok
		for _, op := range found {
			op.Go = op.Go || ev.Kind == models.Spawn || ev.Kind == models.WGGo || ev.Kind == models.AfterFunc
			out = append(out, op)
		}
	}
	fn := ev.Callee.Fn
	if fn.Parent() != nil && captures(c.p.Places, fn, target) {
		add(c.ops(fn, target, nil, depth+1))
	}
	for i, a := range ev.Callee.Args {
		if c.p.Places.Of(a) == target && i < len(fn.Params) {
			add(c.ops(fn, c.p.Places.Of(fn.Params[i]), fn.Params[i], depth+1))
		}
	}
	return out, complete
}

// captures reports whether a literal, or one in it, captures target.
func captures(tab *place.Table, fn *ssa.Function, target *place.Place) bool {
	for _, fv := range fn.FreeVars {
		if p := tab.Of(fv); p == target || p.Deref() == target || cellOf(tab, fv) == target {
			return true
		}
	}
	return false
}

// cellOf returns the object that the cell of a captured variable refers to.
func cellOf(tab *place.Table, fv *ssa.FreeVar) *place.Place {
	for _, r := range *fv.Referrers() {
		if u, ok := r.(*ssa.UnOp); ok {
			return tab.Of(u)
		}
		if mc, ok := r.(*ssa.MakeClosure); ok {
			fn := mc.Fn.(*ssa.Function)
			for i, b := range mc.Bindings {
				if b == fv && i < len(fn.FreeVars) {
					return cellOf(tab, fn.FreeVars[i])
				}
			}
		}
	}
	return nil
}

// unavoidable reports whether every path from entry to a normal return passes
// node i.
func (c *opCounter) unavoidable(sk *skeleton.Func, i int) bool {
	seen := make([]bool, len(sk.Nodes))
	work := []int{0}
	for len(work) > 0 {
		n := work[len(work)-1]
		work = work[:len(work)-1]
		if seen[n] || n == i {
			continue
		}
		seen[n] = true
		if n == sk.Exit {
			return false
		}
		work = append(work, sk.Nodes[n].Succs...)
	}
	return true
}

// escapes reports whether the object that v refers to may be used otherwise
// than by the operations that skeletons show.
func (c *opCounter) escapes(v ssa.Value, depth int) bool {
	if v.Referrers() == nil || depth > 6 {
		return true
	}
	for _, r := range *v.Referrers() {
		switch r := r.(type) {
		case *ssa.DebugRef, *ssa.BinOp:
		case *ssa.UnOp: // a receive, or the load of a captured cell
			if r.X == v && r.Op.String() == "*" && c.escapes(r, depth+1) {
				return true
			}
		case *ssa.Send:
			if r.X == v {
				return true
			}
		case *ssa.Select:
			for _, st := range r.States {
				if st.Send == v {
					return true
				}
			}
		case *ssa.ChangeType:
			if c.escapes(r, depth+1) {
				return true
			}
		case *ssa.Store:
			cell, ok := r.Addr.(*ssa.Alloc)
			if r.Val == v && (!ok || c.escapes(cell, depth+1)) {
				return true
			}
		case *ssa.MakeClosure:
			fn := r.Fn.(*ssa.Function)
			for i, b := range r.Bindings {
				if b == v && (fn.Synthetic != "" || c.escapes(fn.FreeVars[i], depth+1)) {
					return true
				}
			}
			if !onlyRun(r) {
				return true
			}
		case ssa.CallInstruction:
			if c.handsOn(r.Common(), v) {
				return true
			}
		default:
			return true
		}
	}
	return false
}

// onlyRun reports whether a literal is only called, deferred or started.
func onlyRun(mc *ssa.MakeClosure) bool {
	for _, r := range *mc.Referrers() {
		ci, ok := r.(ssa.CallInstruction)
		if !ok || ci.Common().Value != mc {
			return false
		}
	}
	return true
}

// handsOn reports whether a call passes v to something that is not followed.
func (c *opCounter) handsOn(call *ssa.CallCommon, v ssa.Value) bool {
	if call.Value == v && !call.IsInvoke() {
		return false // a func parameter is called
	}
	if bi, ok := call.Value.(*ssa.Builtin); ok {
		return bi.Name() != "close" && bi.Name() != "len" && bi.Name() != "cap"
	}
	if obj := skeleton.Object(call); obj != nil {
		if m, ok := models.Lookup(obj); ok {
			return m.Obj < 0 || m.Obj >= len(call.Args) || call.Args[m.Obj] != v
		}
	}
	t := skeleton.FuncOf(c.p.Places, call.Value)
	return t.Fn == nil || c.p.skeletons[t.Fn] == nil || call.IsInvoke()
}
