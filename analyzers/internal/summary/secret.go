package summary

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// secret reports whether what is at q is part of an object that fn has made, or got
// from a function that had just made it, and that nobody else can know when at happens;
// at is nil for the end of fn. Nobody can then hold a lock in it, or wait for one.
func (p *Package) secret(q *place.Place, fn *ssa.Function, at ssa.Instruction) bool {
	if q == nil || q.Parent == nil {
		return false
	}
	for ; q.Parent != nil; q = q.Parent {
		if q.Sel.Kind == place.Deref || q.Sel.Kind == place.Held {
			return false
		}
	}
	v := q.Root.V
	return v.Parent() == fn && p.makes(v, 0) && (&keeper{p: p, at: at, seen: map[ssa.Value]bool{}}).kept(v, 0)
}

// newcomer reports whether what is at q is part of an object that all callers of fn have
// just made and give it, and that nobody else could know when node since took a lock: who
// comes to know it while that is held, as fn lists it, waits for that lock first.
func (p *Package) newcomer(q *place.Place, fn *ssa.Function, since int) bool {
	if q == nil || q.Parent == nil || q.Parent.Parent != nil {
		return false
	}
	par, ok := q.Root.V.(*ssa.Parameter)
	sk := p.skeletons[fn]
	if !ok || par.Parent() != fn || sk == nil || sk.Nodes[since].Ev == nil || !p.onlyNamed(fn) {
		return false
	}
	i := slices.Index(fn.Params, par)
	for _, s := range p.dispatch.sites[fn] {
		if s.ev.Kind != skeleton.CallFn || s.ev.Defer != nil || i >= len(s.ev.Callee.Args) {
			return false
		}
		v := p.Places.Resolve(s.ev.Callee.Args[i])
		if v.Parent() != s.in || !p.makes(v, 0) || !(&keeper{p: p, at: s.ev.Instr, seen: map[ssa.Value]bool{}}).kept(v, 0) {
			return false
		}
	}
	at := sk.Nodes[since].Ev.Instr
	return len(p.dispatch.sites[fn]) > 0 && (&keeper{p: p, at: at, seen: map[ssa.Value]bool{}}).kept(par, 0)
}

// makes reports whether v is an object that was made where v is, or by a function of the
// package that returns it without having told anybody else.
func (p *Package) makes(v ssa.Value, depth int) bool {
	if _, ok := v.(*ssa.Alloc); ok {
		return true
	}
	call := p.callOf(v)
	if call == nil || depth > maxLife {
		return false
	}
	i := 0
	if x, ok := v.(*ssa.Extract); ok {
		i = x.Index
	}
	fn := skeleton.FuncOf(p.Places, call.Call.Value).Fn
	if call.Call.IsInvoke() || p.skeletons[fn] == nil {
		return false
	}
	made := false
	for _, b := range fn.Blocks {
		ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok || b == fn.Recover {
			continue
		}
		if i >= len(ret.Results) {
			return false
		}
		out := p.Places.Current(ret.Results[i])
		if c, isConst := out.(*ssa.Const); isConst && c.IsNil() {
			continue
		}
		if out.Parent() != fn || !p.makes(out, depth+1) || !(&keeper{p: p, at: ret, seen: map[ssa.Value]bool{}}).kept(out, 0) {
			return false
		}
		made = true
	}
	return made
}

// A keeper follows what is done with an object before some instruction.
type keeper struct {
	p    *Package
	at   ssa.Instruction // nil for the end of the function
	seen map[ssa.Value]bool
}

// kept reports whether v has got to nobody by then but functions that forget it.
func (k *keeper) kept(v ssa.Value, depth int) bool {
	if k.seen[v] {
		return true
	}
	k.seen[v] = true
	if depth > 2*maxLife || v.Referrers() == nil {
		return false
	}
	return !slices.ContainsFunc(*v.Referrers(), func(r ssa.Instruction) bool { return k.before(r) && !k.use(v, r, depth) })
}

// before reports whether r may happen before.
func (k *keeper) before(r ssa.Instruction) bool {
	if k.at == nil || r.Block() != k.at.Block() {
		return k.at == nil || follows(r.Block(), k.at.Block())
	}
	return slices.Index(r.Block().Instrs, r) < slices.Index(r.Block().Instrs, k.at) || r != k.at && follows(r.Block(), r.Block())
}

// follows reports whether control gets from the end of block a to block b.
func follows(a, b *ssa.BasicBlock) bool {
	seen := map[*ssa.BasicBlock]bool{}
	work := slices.Clone(a.Succs)
	for len(work) > 0 {
		next := work[len(work)-1]
		work = work[:len(work)-1]
		if next == b {
			return true
		}
		if !seen[next] {
			seen[next] = true
			work = append(work, next.Succs...)
		}
	}
	return false
}

func (k *keeper) use(v ssa.Value, r ssa.Instruction, depth int) bool {
	switch r := r.(type) {
	case *ssa.DebugRef, *ssa.BinOp, *ssa.If, *ssa.FieldAddr, *ssa.Field, *ssa.IndexAddr, *ssa.UnOp, *ssa.Return, *ssa.Defer:
		return true
	case *ssa.ChangeType, *ssa.ChangeInterface, *ssa.MakeInterface, *ssa.TypeAssert, *ssa.Phi:
		return k.kept(r.(ssa.Value), depth+1)
	case *ssa.Store:
		return r.Val != v || k.stored(v, r.Addr, depth)
	case *ssa.Call:
		return k.passed(v, &r.Call, depth)
	}
	return false
}

// stored reports whether v is kept though it is in the variable at addr: a local one,
// or a field of another object that is kept.
func (k *keeper) stored(v, addr ssa.Value, depth int) bool {
	cell, ok := addr.(*ssa.Alloc)
	if !ok {
		q := k.p.Places.Of(addr)
		for ; q != nil && q.Parent != nil; q = q.Parent {
			if q.Sel.Kind == place.Deref {
				return false
			}
		}
		if q == nil || q.Root.V.Parent() != v.Parent() || !k.p.makes(q.Root.V, depth+1) {
			return false
		}
		return k.kept(q.Root.V, depth+1)
	}
	for _, r := range *cell.Referrers() {
		switch r := r.(type) {
		case *ssa.DebugRef:
		case *ssa.Store:
			if r.Addr != cell {
				return false
			}
		case *ssa.UnOp:
			if !k.kept(r, depth+1) {
				return false
			}
		default:
			if k.before(r) {
				return false
			}
		}
	}
	return true
}

// passed reports whether what is called forgets v, an argument of it.
func (k *keeper) passed(v ssa.Value, c *ssa.CallCommon, depth int) bool {
	if b, ok := c.Value.(*ssa.Builtin); ok {
		return b.Name() != "append" && b.Name() != "copy"
	}
	if m, ok := lookup(c); ok {
		return m.Obj >= 0 && m.Obj < len(c.Args) && c.Args[m.Obj] == v
	}
	callee := skeleton.FuncOf(k.p.Places, c.Value)
	if c.IsInvoke() || k.p.skeletons[callee.Fn] == nil || len(callee.Args) > 0 {
		return false
	}
	inner := &keeper{p: k.p, seen: k.seen}
	for i, a := range c.Args {
		if a == v && (i >= len(callee.Fn.Params) || !inner.kept(callee.Fn.Params[i], depth+1)) {
			return false
		}
	}
	return true
}
