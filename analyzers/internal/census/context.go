package census

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
)

// A Context is what a call makes that derives one context from another.
type Context struct {
	Cancel *Object // the function that cancels it, nil if there is none
	Timed  bool    // time or a signal cancels it too
	parent *node   // the contexts that it derives from, nil if it is a root
	done   *Object // its channel
}

// maxContexts bounds the contexts that are looked at, one derived from the
// other.
const maxContexts = 8

// isContext reports whether t is context.Context.
func isContext(t types.Type) bool {
	n, ok := types.Unalias(t).(*types.Named)
	return ok && n.Obj().Name() == "Context" && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() == "context"
}

// context adds what a function makes that derives a context.
func (g *graph) context(call *ssa.Call, m models.Model, args []ssa.Value) {
	ctx := &Context{Timed: m.Delta >= 0}
	if m.Obj >= 0 && m.Obj < len(args) {
		if ctx.parent = g.of(args[m.Obj]); ctx.parent == nil {
			ctx.parent = g.fresh()
			ctx.parent.open = true
		}
	}
	if n := g.resultOf(call, 1); n != nil {
		ctx.Cancel = &Object{Sort: Cancel, Class: place.Class{Obj: call}, Fn: call.Parent(), Make: call, Cap: NotConst}
		g.object(n, ctx.Cancel)
	}
	ctx.done = &Object{Sort: Chan, Class: place.Class{Obj: call}, Fn: call.Parent(), Make: call, Done: ctx}
	g.objects = append(g.objects, ctx.done)
	if n := g.resultOf(call, 0); n != nil {
		n = n.find()
		n.contexts = append(n.contexts, ctx)
	}
}

// doneOf is a call of a context's Done: n is the channel.
func (g *graph) doneOf(ctx ssa.Value, n *node) {
	from := g.of(ctx)
	if from == nil {
		n.find().open = true
		return
	}
	from = from.find()
	from.dones = append(from.dones, n)
}

// hand gives the channels of the contexts that n may hold to those who have
// asked for them. It returns the nodes that now hold more.
func (n *node) hand() (more []*node) {
	for _, d := range n.dones {
		d = d.find()
		grown := n.open && !d.open
		d.open = d.open || n.open
		for _, ctx := range n.contexts {
			if !d.objs[ctx.done] {
				d.objs[ctx.done] = true
				grown = true
			}
		}
		if grown {
			more = append(more, d)
		}
	}
	return more
}

// cancels collects the operations that cancel a context, or one that it derives
// from. It reports false if others may, and notes in some whether there is a
// function that is meant to.
func (r *Result) cancels(ctx *Context, depth int, ops *[]*Op, some *bool) bool {
	if ctx.Timed || depth > maxContexts {
		return false
	}
	if ctx.Cancel != nil {
		if ctx.Cancel.Outside != 0 || ctx.Cancel.Global || ctx.Cancel.Checked {
			return false
		}
		*some = true
		*ops = append(*ops, ctx.Cancel.ops...)
	}
	if ctx.parent == nil {
		return true
	}
	p := ctx.parent.find()
	if p.open || p.global {
		return false
	}
	for _, up := range p.contexts {
		if !r.cancels(up, depth+1, ops, some) {
			return false
		}
	}
	return true
}
