package census

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// unreceived reports whether o is a send on channels without a buffer from which
// nobody ever receives. That it looks whether there is one, or that somebody
// closes it, does not help: it blocks, or panics.
func (r *Result) unreceived(c *Census, o *Op) bool {
	return o.Kind == models.Send && !o.Ev.Arm && len(c.Makes) > 0 && c.stored() && c.unbuffered() &&
		c.Outside&MayRecv == 0 && !c.Has(models.Recv) && !r.closedHere(c, o)
}

// closedHere reports whether the function of o may have closed the channel
// itself when it comes to o.
func (r *Result) closedHere(c *Census, o *Op) bool {
	return slices.ContainsFunc(c.Ops, func(k *Op) bool {
		return k.Kind == models.Close && k.Fn == o.Fn && !k.Dead() && k.Ev.Defer == nil && leads(r.p.Skeleton(o.Fn), k.Node, o.Node)
	})
}

// asksNil reports whether o is done only if its channel is not nil.
func (r *Result) asksNil(o *Op) bool {
	for br := range skeleton.Guards(o.Ev.Instr.Block()) {
		cmp, ok := br.Cond.(*ssa.BinOp)
		if !ok {
			continue
		}
		if c, ok := cmp.Y.(*ssa.Const); ok && c.IsNil() && o.Ev.Obj != nil && r.p.Places.Of(cmp.X) == o.Ev.Obj {
			return true
		}
	}
	return false
}
