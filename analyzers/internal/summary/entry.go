package summary

import (
	"go/token"
	"go/types"
	"maps"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// EntryLocks returns the locks that every caller of fn surely holds. They are
// known for functions that only this package can call, and only by calls whose
// callee is plain: the helpers that are to be called with the lock held.
func (p *Package) EntryLocks(fn *ssa.Function) []HeldLock { return p.entry[fn] }

// findEntryLocks computes the greatest solution of "held at entry = held at
// all call sites", callers first and again while something changes.
func (p *Package) findEntryLocks() {
	p.entry = map[*ssa.Function][]HeldLock{}
	p.sites = p.callSites()
	calls := p.sites
	const top = -1
	state := map[*ssa.Function]int{}
	for _, fn := range p.Funcs {
		if len(calls[fn]) > 0 {
			state[fn] = top
		}
	}
	for round, changed := 0, true; changed && round < maxRounds; round++ {
		changed = false
		for _, fn := range p.Funcs {
			sites := calls[fn]
			if len(sites) == 0 {
				continue
			}
			held, known := p.meet(fn, sites, func(f *ssa.Function) bool { return state[f] != top })
			if !known || state[fn] != top && slices.Equal(held, p.entry[fn]) {
				continue
			}
			p.entry[fn], state[fn], changed = held, 1, true
			if round == maxRounds-1 {
				p.entry[fn] = nil
			}
		}
	}
}

// A callSite is a place where a function is called, or started with the locks
// of its starter not held.
type callSite struct {
	in   *ssa.Function
	node int
	ev   *skeleton.Event
}

// namedCalls returns the calls of each function that name it.
func (p *Package) namedCalls() map[*ssa.Function][]callSite {
	out := map[*ssa.Function][]callSite{}
	for _, fn := range p.Funcs {
		sk := p.skeletons[fn]
		if sk == nil {
			continue
		}
		for i := range sk.Nodes {
			if ev := sk.Nodes[i].Ev; ev != nil && ev.Callee.Fn != nil && p.skeletons[ev.Callee.Fn] != nil {
				out[ev.Callee.Fn] = append(out[ev.Callee.Fn], callSite{fn, i, ev})
			}
		}
	}
	return out
}

// callSites returns the calls of each function that is called in no other way.
func (p *Package) callSites() map[*ssa.Function][]callSite {
	out := maps.Clone(p.dispatch.sites)
	p.started = map[*ssa.Function]bool{}
	for fn, sites := range out {
		p.started[fn] = slices.ContainsFunc(sites, func(s callSite) bool { return startsGoroutine(s.ev) })
	}
	for _, fn := range p.Funcs {
		if p.callableElsewhere(fn, p.uses) {
			delete(out, fn)
		}
	}
	return out
}

// callableElsewhere reports whether fn may be called other than by the calls
// that name it: from other packages, through interfaces or as a func value.
func (p *Package) callableElsewhere(fn *ssa.Function, u *uses) bool {
	if u.values[fn] {
		return true
	}
	obj := fn.Object()
	if obj == nil {
		return fn.Parent() == nil // made by go/ssa
	}
	return obj.Exported() || obj.Name() == "init" || obj.Name() == "main" ||
		fn.Signature.Recv() != nil && u.invoked[obj.Name()]
}

// uses is how the functions of a package are used but for plain calls.
type uses struct {
	values  map[*ssa.Function]bool   // used as a value that may be called anywhere
	invoked map[string]bool          // names of methods called through interfaces
	boxed   map[*types.TypeName]bool // types of which interfaces are made
	through map[string][]types.Type  // the interfaces, by name of the method
	// exposed are the types of which values are stored in interfaces that other
	// packages declare, and whose exported methods these may so call.
	exposed map[*types.TypeName]bool
}

// findUses scans the package. Calls holds what the events call.
func (p *Package) findUses(calls map[*ssa.Function][]callSite) *uses {
	u := &uses{values: map[*ssa.Function]bool{}, invoked: map[string]bool{}, boxed: map[*types.TypeName]bool{}, through: map[string][]types.Type{}, exposed: map[*types.TypeName]bool{}}
	var ops []*ssa.Value
	for _, fn := range p.withInit() {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				if c, ok := instr.(ssa.CallInstruction); ok && c.Common().IsInvoke() {
					u.invoke(c.Common())
				}
				if mi, ok := instr.(*ssa.MakeInterface); ok {
					u.boxed[baseType(mi.X.Type())] = true
					if !p.ownInterface(mi.Type()) {
						u.exposed[baseType(mi.X.Type())] = true
					}
				}
				for _, op := range instr.Operands(ops[:0]) {
					if op == nil || *op == nil {
						continue
					}
					g := skeleton.FuncOf(p.Places, *op).Fn
					if g != nil && !p.plainUse(instr, *op, g, calls[g]) {
						u.values[g] = true
					}
				}
			}
		}
	}
	return u
}

func (u *uses) invoke(c *ssa.CallCommon) {
	name := c.Method.Name()
	u.invoked[name] = true
	if !slices.Contains(u.through[name], c.Value.Type()) {
		u.through[name] = append(u.through[name], c.Value.Type())
	}
}

// ownInterface reports whether t is an interface that this package declares,
// which others do not embed or convert to one of theirs.
func (p *Package) ownInterface(t types.Type) bool {
	n, ok := types.Unalias(t).(*types.Named)
	return ok && n.Obj().Pkg() == p.Pass.Pkg && (!n.Obj().Exported() || n.Obj().Pkg().Name() == "main")
}

// plainUse reports whether instr uses v, which is the function g, only to call
// it, or to keep it in a variable that never holds anything else.
func (p *Package) plainUse(instr ssa.Instruction, v ssa.Value, g *ssa.Function, sites []callSite) bool {
	switch instr := instr.(type) {
	case *ssa.MakeClosure, *ssa.DebugRef:
		return true // its uses count
	case *ssa.UnOp:
		return true // likewise
	case *ssa.Store:
		cell, ok := instr.Addr.(*ssa.Alloc)
		if !ok || instr.Val != v {
			return false
		}
		for _, r := range *cell.Referrers() {
			if u, ok := r.(*ssa.UnOp); ok {
				return skeleton.FuncOf(p.Places, u).Fn == g
			}
		}
		return true
	}
	for _, s := range sites {
		if s.ev.Instr == instr || ssa.Instruction(s.ev.Defer) == instr {
			return true
		}
	}
	return false
}

// meet returns the locks held at all sites, in terms of the callee; known is
// false while nothing is known of any.
func (p *Package) meet(fn *ssa.Function, sites []callSite, solved func(*ssa.Function) bool) (held []HeldLock, known bool) {
	for _, s := range sites {
		if l := p.locks[s.in]; l != nil && len(l.states[s.node].Paths) == 0 || !solved(s.in) {
			continue // never reached, or not known yet
		}
		var here []HeldLock
		if !startsGoroutine(s.ev) {
			here = p.atCall(fn, s)
		}
		if !known {
			held, known = here, true
			continue
		}
		held = weaker(held, here)
	}
	return held, known
}

func startsGoroutine(ev *skeleton.Event) bool {
	switch ev.Kind {
	case models.Spawn, models.SpawnJoin, models.WGGo, models.AfterFunc, models.Handler, models.RunTest, models.Bubble, models.Cleanup, models.OnceWrap, models.IterPull:
		return true
	}
	return false
}

// atCall returns the locks held at a call, as fn names them.
func (p *Package) atCall(fn *ssa.Function, s callSite) []HeldLock {
	var out []HeldLock
	for _, h := range p.LocksAt(s.in, s.node) {
		if h.Class.Obj == nil {
			continue
		}
		h.Pos = token.NoPos
		h.Place = p.inCallee(fn, s, h.Place)
		out = append(out, h)
	}
	return out
}

// inCallee returns how fn names what its caller calls q, nil if it cannot.
func (p *Package) inCallee(fn *ssa.Function, s callSite, q *place.Place) *place.Place {
	if q == nil {
		return nil
	}
	args := s.ev.Callee.Args
	if s.ev.Kind != skeleton.CallFn {
		args = nil
	}
	for i, par := range fn.Params {
		if i >= len(args) {
			break
		}
		base := p.Places.Instance(args[i])
		if base == nil || !q.Under(base) {
			continue
		}
		out := p.Places.Root(place.Root{V: par})
		for _, sel := range q.Sels()[len(base.Sels()):] {
			out = out.Select(sel)
		}
		return out
	}
	for outer := fn.Parent(); outer != nil; outer = outer.Parent() {
		if q.Root.V.Parent() == outer {
			return q
		}
	}
	if q.Root.V.Parent() == nil {
		return q
	}
	return nil
}

// weaker returns what both a and b say is held.
func weaker(a, b []HeldLock) []HeldLock {
	var out []HeldLock
	for _, h := range a {
		i := slices.IndexFunc(b, func(k HeldLock) bool { return k.Class == h.Class && k.Place == h.Place })
		if i < 0 {
			i = slices.IndexFunc(b, func(k HeldLock) bool { return k.Class == h.Class })
			h.Place = nil
		}
		if i >= 0 {
			h.Mode = max(h.Mode, b[i].Mode)
			out = append(out, h)
		}
	}
	return out
}
