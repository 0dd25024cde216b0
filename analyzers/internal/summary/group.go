package summary

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// A Group is one errgroup in the function that makes it.
type Group struct {
	Fn    *ssa.Function
	Ctx   ssa.Value // the context that Wait cancels, nil if it has none or that is not used
	pkg   *Package
	sk    *skeleton.Func
	obj   *place.Place
	made  int // node that makes it, the entry for a zero group
	call  *ssa.Call
	waits []int
	gos   []int
}

// AfterWait is something that happens at Node when the Wait at Wait has
// returned.
type AfterWait struct{ Node, Wait int }

// Groups returns the errgroups that fn makes and waits for, in order of the
// first operation.
func (p *Package) Groups(fn *ssa.Function) []*Group {
	sk := p.skeletons[fn]
	if sk == nil {
		return nil
	}
	byPlace := map[*place.Place]*Group{}
	var all []*Group
	of := func(obj *place.Place) *Group {
		if byPlace[obj] == nil {
			byPlace[obj] = &Group{Fn: fn, pkg: p, sk: sk, obj: obj}
			all = append(all, byPlace[obj])
		}
		return byPlace[obj]
	}
	for n := range sk.Nodes {
		ev := sk.Nodes[n].Ev
		if ev == nil {
			continue
		}
		switch ev.Kind {
		case models.GroupMake:
			call, ok := ev.Instr.(*ssa.Call)
			if !ok {
				continue // deferred or started: of no use
			}
			if obj, ctx := p.groupOf(call); obj != nil {
				g := of(obj)
				g.made, g.Ctx, g.call = n, ctx, call
			}
		case models.WGWait:
			if ev.Obj != nil && isErrgroup(ev.Val) {
				of(ev.Obj).waits = append(of(ev.Obj).waits, n)
			}
		case models.WGGo:
			if ev.Obj != nil && isErrgroup(ev.Val) {
				of(ev.Obj).gos = append(of(ev.Obj).gos, n)
			}
		}
	}
	var out []*Group
	for _, g := range all {
		if _, ok := g.obj.Root.V.(*ssa.Alloc); len(g.waits) > 0 && (g.call != nil || ok && g.obj.Parent == nil) {
			out = append(out, g)
		}
	}
	return out
}

// groupOf returns the group and the context that a call of WithContext makes.
func (p *Package) groupOf(call *ssa.Call) (obj *place.Place, ctx ssa.Value) {
	for _, r := range *call.Referrers() {
		x, ok := r.(*ssa.Extract)
		switch {
		case ok && x.Index == 0:
			obj = p.Places.Of(x)
		case ok && x.Index == 1 && len(*x.Referrers()) > 0:
			ctx = x
		}
	}
	return obj, ctx
}

// isErrgroup reports whether v is a pointer to an errgroup.
func isErrgroup(v ssa.Value) bool {
	if v == nil {
		return false
	}
	ptr, ok := v.Type().Underlying().(*types.Pointer)
	if !ok {
		return false
	}
	n, ok := types.Unalias(ptr.Elem()).(*types.Named)
	return ok && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() == "golang.org/x/sync/errgroup"
}

// Event returns the event at node n of the group's function.
func (g *Group) Event(n int) *skeleton.Event { return g.sk.Nodes[n].Ev }

// MadeAt returns where the group is made.
func (g *Group) MadeAt() token.Pos {
	if g.call != nil {
		return g.call.Pos()
	}
	return g.obj.Root.V.Pos()
}

// Name names the group as the source does.
func (g *Group) Name() string {
	if g.call != nil {
		return ResultName(g.Fn, g.call.Pos(), 0, g.obj.String())
	}
	for _, n := range g.waits {
		if call := CallOf(g.Fn, g.Event(n).Pos()); call != nil {
			if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
				return types.ExprString(sel.X)
			}
		}
	}
	return g.obj.String()
}

// CtxName names the group's context as the source does.
func (g *Group) CtxName() string { return ResultName(g.Fn, g.call.Pos(), 1, "the context") }

// after returns the Wait that control has surely passed at node n since the
// group was made, -1 if there is none.
func (g *Group) after(n int) int {
	isWait := func(m int) bool {
		return m != n && g.Event(m) != nil && g.Event(m).Kind == models.WGWait && g.Event(m).Obj == g.obj
	}
	if g.sk.Reach(g.made, isWait, nil)[n] {
		return -1
	}
	for _, w := range g.waits {
		if g.sk.Reach(w, func(m int) bool { return m == g.made }, nil)[n] {
			return w
		}
	}
	return -1
}

// UsesAfterWait returns the operations that the cancelled context cuts short:
// those before which Wait has surely returned.
func (g *Group) UsesAfterWait() []AfterWait {
	if g.Ctx == nil {
		return nil
	}
	var out []AfterWait
	for n := range g.sk.Nodes {
		if ev := g.Event(n); ev != nil && g.pkg.Obeys(ev, g.Ctx) {
			if w := g.after(n); w >= 0 {
				out = append(out, AfterWait{n, w})
			}
		}
	}
	return out
}

// GosAfterWait returns the goroutines that are started when Wait has returned
// and that nothing waits for, or whose context is cancelled by then.
func (g *Group) GosAfterWait() []AfterWait {
	var out []AfterWait
	for _, n := range g.gos {
		w := g.after(n)
		if w < 0 {
			w = g.lastRound(n)
		}
		if w < 0 || g.Ctx == nil && g.awaited(n) || g.Ctx != nil && !g.obeyed(n) {
			continue
		}
		out = append(out, AfterWait{n, w})
	}
	return out
}

// awaited reports whether a Wait can follow on node n.
func (g *Group) awaited(n int) bool {
	reached := g.sk.Reach(n, nil, nil)
	for _, w := range g.waits {
		if reached[w] {
			return true
		}
	}
	return false
}

// lastRound returns the Wait in the round before of a loop that n is in and in
// which the group is not made anew, -1 if there is none.
func (g *Group) lastRound(n int) int {
	if g.Ctx == nil {
		return -1 // a zero group may be used again
	}
	for _, l := range g.sk.Loops {
		b := g.sk.Nodes[n].Block
		if !l.Body[b] || l.Body[g.sk.Nodes[g.made].Block] {
			continue
		}
		for _, w := range g.waits {
			if wb := g.sk.Nodes[w].Block; g.Event(w).Defer == nil && l.Body[wb] && l.Always(wb) {
				return w
			}
		}
	}
	return -1
}

// obeyed reports whether the goroutine that node n starts obeys the group's
// context.
func (g *Group) obeyed(n int) bool {
	fn := g.Event(n).Callee.Fn
	sk := g.pkg.skeletons[fn]
	if fn == nil || sk == nil {
		return false
	}
	for m := range sk.Nodes {
		if ev := sk.Nodes[m].Ev; ev != nil && g.pkg.Obeys(ev, g.Ctx) {
			return true
		}
	}
	return false
}
