package scope

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// use notes what one use of v, which refers to a WaitGroup, means for its
// census.
func (cs *Censuses) use(v ssa.Value, r ssa.Instruction) {
	p := cs.p.Places.Of(v)
	if p == nil {
		return
	}
	class := p.Class()
	c := cs.of(class)
	if cs.promotes(v) || p.Parent != nil && p.Sel.Kind == place.Deref {
		c.Open = true // a pointer variable: what else points there?
	}
	switch r := r.(type) {
	case *ssa.DebugRef, *ssa.BinOp, *ssa.If:
	case *ssa.UnOp:
		c.Copied = true // a load of the WaitGroup itself
	case *ssa.Store:
		if r.Val == v && !cs.keeps(r.Addr, v) {
			c.Open = true
		}
	case *ssa.MakeClosure:
		if r.Fn.(*ssa.Function).Synthetic != "" && !cs.methodValue(c, v, r) {
			c.Open = true
		}
	case ssa.CallInstruction:
		cs.call(v, class, r)
	default:
		c.Open = true
	}
}

// promotes reports whether v is an embedded WaitGroup whose methods may be
// called through an interface or from another package.
func (cs *Censuses) promotes(v ssa.Value) bool {
	fa, ok := v.(*ssa.FieldAddr)
	if !ok {
		return false
	}
	t := fa.X.Type().Underlying().(*types.Pointer).Elem()
	st, ok := t.Underlying().(*types.Struct)
	if !ok || !st.Field(fa.Field).Embedded() {
		return false
	}
	n, ok := types.Unalias(t).(*types.Named)
	if !ok {
		return false
	}
	obj := n.Origin().Obj()
	return obj.Exported() && cs.p.Pass.Pkg.Name() != "main" || cs.ifaces[obj]
}

// keeps reports whether the cell at addr holds the reference v and nothing
// else ever, so that loads of it are known to be v.
func (cs *Censuses) keeps(addr, v ssa.Value) bool {
	cell, ok := addr.(*ssa.Alloc)
	if !ok {
		return false
	}
	for _, r := range *cell.Referrers() {
		if u, ok := r.(*ssa.UnOp); ok {
			return cs.p.Places.Resolve(u) == cs.p.Places.Resolve(v)
		}
	}
	for _, r := range *cell.Referrers() {
		if _, ok := r.(*ssa.MakeClosure); ok { // loaded in the literal only
			return cs.capturedCell(cell, v)
		}
	}
	return true // never loaded
}

// capturedCell is keeps for a cell that only literals load.
func (cs *Censuses) capturedCell(cell *ssa.Alloc, v ssa.Value) bool {
	for _, r := range *cell.Referrers() {
		mc, ok := r.(*ssa.MakeClosure)
		if !ok {
			continue
		}
		for i, b := range mc.Bindings {
			fn := mc.Fn.(*ssa.Function)
			if b != ssa.Value(cell) || i >= len(fn.FreeVars) {
				continue
			}
			for _, fr := range *fn.FreeVars[i].Referrers() {
				if u, ok := fr.(*ssa.UnOp); ok {
					return cs.p.Places.Resolve(u) == cs.p.Places.Resolve(v)
				}
			}
		}
	}
	return false
}

// call notes that v is the receiver of a method of WaitGroup, bound to a
// parameter of the package, or away.
func (cs *Censuses) call(v ssa.Value, class place.Class, ci ssa.CallInstruction) {
	common := ci.Common()
	c := cs.of(class)
	if obj := skeleton.Object(common); obj != nil {
		if m, ok := models.Lookup(obj); ok {
			if _, ok := ci.(*ssa.Go); ok || argIndex(common, v) != m.Obj {
				c.Open = true // what starts as a goroutine is no event of the function
			}
			return
		}
	}
	t := skeleton.FuncOf(cs.p.Places, common.Value)
	if t.Fn == nil || t.Fn.Blocks == nil || common.IsInvoke() {
		c.Open = c.Open || !cs.imported(v, c, ci)
		return
	}
	for i, a := range common.Args {
		if a != v {
			continue
		}
		if k := i + len(t.Args); k < len(t.Fn.Params) {
			cs.passed[class] = append(cs.passed[class], place.Class{Obj: t.Fn.Params[k]})
		} else {
			c.Open = true
		}
	}
}

// imported adds what a function of another package does with v. It reports
// whether that is all known.
func (cs *Censuses) imported(v ssa.Value, c *Census, ci ssa.CallInstruction) bool {
	common := ci.Common()
	if common.IsInvoke() {
		return false
	}
	for i, a := range common.Args {
		if a != v {
			continue
		}
		po := cs.p.ParamOps(skeleton.Object(common), i)
		if po == nil || !po.Complete {
			return false
		}
		for _, op := range po.Ops {
			if !once(op) {
				return false
			}
			c.Ops = append(c.Ops, Op{ci.Parent(), &skeleton.Event{
				Kind: models.Kind(op.Kind), Instr: ci, Val: v, Obj: cs.p.Places.Of(v), Delta: int64(op.Delta), Known: op.Known,
			}})
		}
	}
	return true
}
