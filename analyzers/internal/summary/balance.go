package summary

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/lockset"
	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// A balance is which functions do not give up the locks that they take, and
// the reverse, by the class of lock.
type balance struct {
	// releasers are the locks that some function gives up for its callers: 1 if
	// these are all known to hold it, 2 if not.
	releasers map[place.Class]int
	// takes and gives are the functions that take the lock once too often, or
	// give it up so, and are not wrappers to be used in pairs; nil gives up for a
	// function whose call is not seen.
	takes, gives map[place.Class][]*ssa.Function
}

// HandedOver reports whether a lock of the class may be taken by one function
// and given up by another, which runs in another goroutine: then what fn does
// too much of, taking or else giving up, may be what the other lacks.
func (p *Package) HandedOver(fn *ssa.Function, c place.Class, takes bool) bool {
	others := p.balance.gives[c]
	if !takes {
		others = p.balance.takes[c]
	}
	return slices.ContainsFunc(others, func(g *ssa.Function) bool { return g != fn })
}

// findBalance computes the balance of the package.
func (p *Package) findBalance() {
	b := &p.balance
	b.releasers = map[place.Class]int{}
	b.takes, b.gives = map[place.Class][]*ssa.Function{}, map[place.Class][]*ssa.Function{}
	for _, fn := range p.Funcs {
		l := p.locks[fn]
		if l == nil {
			continue
		}
		for _, f := range l.faults {
			_, local := f.Class.Obj.(*ssa.Alloc)
			switch {
			case fn.Parent() == nil && !local: // a mistake of its own
			case f.Fault == lockset.NotHeld:
				b.gives[f.Class] = append(b.gives[f.Class], fn)
			case f.Fault == lockset.Double || f.Fault == lockset.Upgrade || f.Fault == lockset.Downgrade:
				b.takes[f.Class] = append(b.takes[f.Class], fn)
			}
		}
		for id, name := range l.names {
			p.balanceOf(fn, l, id, name.class)
		}
	}
	if p.takesTwice() {
		for _, fn := range p.Funcs {
			p.handsOut(fn)
		}
	}
}

// takesTwice reports whether some function takes a lock that it holds.
func (p *Package) takesTwice() bool {
	for _, fn := range p.Funcs {
		if l := p.locks[fn]; l != nil && slices.ContainsFunc(l.faults, func(f LockFault) bool { return f.Fault != lockset.NotHeld }) {
			return true
		}
	}
	return false
}

// handsOut notes the locks whose Unlock fn starts as a goroutine, or makes a
// func value of that is called where nobody sees it: somebody gives them up.
func (p *Package) handsOut(fn *ssa.Function) {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			var lock ssa.Value
			switch x := instr.(type) {
			case *ssa.Go:
				if m, ok := lookup(&x.Call); ok && gives(m) && !x.Call.IsInvoke() && m.Obj < len(x.Call.Args) {
					lock = x.Call.Args[m.Obj]
				}
			case *ssa.MakeClosure:
				obj, ok := x.Fn.(*ssa.Function).Object().(*types.Func)
				if !ok || x.Fn.(*ssa.Function).Synthetic == "" {
					continue
				}
				if m, ok := models.Lookup(obj); ok && gives(m) && (p.escapes(x, 0) || ranElsewhere(x)) {
					lock = x.Bindings[0]
				}
			}
			if lock == nil {
				continue
			}
			if q := p.Places.Of(lock); q != nil {
				p.balance.gives[q.Class()] = append(p.balance.gives[q.Class()], nil)
			}
		}
	}
}

func gives(m models.Model) bool { return m.Kind == models.Release || m.Kind == models.ReleaseShared }

// ranElsewhere reports whether a func value is an argument of a call, or is
// stored in a variable that gets another value too: when it runs is not known.
func ranElsewhere(v ssa.Value) bool {
	for _, r := range *v.Referrers() {
		switch r := r.(type) {
		case ssa.CallInstruction:
			if slices.Contains(r.Common().Args, v) {
				return true
			}
		case *ssa.Store:
			cell, ok := r.Addr.(*ssa.Alloc)
			if ok && r.Val == v && slices.ContainsFunc(*cell.Referrers(), func(o ssa.Instruction) bool {
				other, ok := o.(*ssa.Store)
				return ok && other != r && other.Addr == cell
			}) {
				return true
			}
		}
	}
	return false
}

// balanceOf adds what fn does with one lock.
func (p *Package) balanceOf(fn *ssa.Function, l *lockInfo, id int, c place.Class) {
	paths, held, lent, back := 0, 0, 0, 0
	for _, e := range l.exits {
		for _, path := range e.Paths {
			k := path.Lock(id)
			paths++
			if k.Excl == lockset.Held || k.Share == lockset.Held {
				held++
			}
			if k.Excl == lockset.Lent || k.Share == lockset.Lent {
				lent++
			}
			if k.Excl == lockset.Back || k.Share == lockset.Back {
				back++
			}
		}
	}
	b := &p.balance
	named := fn.Parent() == nil
	if back > 0 && p.started[fn] {
		b.gives[c] = append(b.gives[c], fn) // first gives up what its goroutine cannot hold
	}
	if held == 0 && lent == 0 || !named && !p.runApart(fn) || l.inLoops(c) {
		return // part of the function around it, or right
	}
	switch {
	case lent == 0:
	case slices.ContainsFunc(p.EntryLocks(fn), func(h HeldLock) bool { return h.Class == c }):
		b.releasers[c] = max(b.releasers[c], 1)
	default:
		b.releasers[c] = 2
		if !named || lent < paths {
			b.gives[c] = append(b.gives[c], fn)
		}
	}
	if held > 0 && (!named || held < paths) {
		b.takes[c] = append(b.takes[c], fn)
	}
}

// runApart reports whether a literal may run otherwise than by a plain call of
// the function around it.
func (p *Package) runApart(fn *ssa.Function) bool {
	sites := p.sites[fn]
	return len(sites) == 0 || slices.ContainsFunc(sites, func(s callSite) bool { return s.ev.Kind != skeleton.CallFn })
}
