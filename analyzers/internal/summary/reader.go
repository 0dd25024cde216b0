package summary

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/lockset"
	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// A ReadSection is what a function does between taking an RWMutex exclusively
// and giving it up, where it does nothing but read.
type ReadSection struct {
	Lock  HeldLock
	Take  int   // the node that takes the lock
	Reads []int // nodes that read fields of the lock's struct
}

// ReadSections returns the sections of fn under Lock in which RLock would do as
// far as fn itself goes: whatever it writes or calls there concerns nobody else.
func (p *Package) ReadSections(fn *ssa.Function) []ReadSection {
	l, sk := p.locks[fn], p.skeletons[fn]
	if l == nil || sk == nil {
		return nil
	}
	var out []ReadSection
	for id, name := range l.names {
		for n := range sk.Nodes {
			ev := sk.Nodes[n].Ev
			if ev == nil || ev.Kind != models.Acquire || ev.Try || ev.Defer != nil || p.lockPlace(ev) != name.place || !isRWMutexOp(ev) {
				continue
			}
			s := ReadSection{Lock: HeldLock{name.place, name.class, lockset.Exclusive, ev.Pos()}, Take: n}
			if p.onlyReads(l, fn, id, &s) {
				out = append(out, s)
			}
		}
	}
	return out
}

// isRWMutexOp reports whether ev calls a method of sync.RWMutex itself.
func isRWMutexOp(ev *skeleton.Event) bool {
	if ev.Callee.Call == nil {
		return false
	}
	obj := skeleton.Object(ev.Callee.Call)
	return obj != nil && obj.Pkg() != nil && obj.Pkg().Path() == "sync" && obj.Signature().Recv() != nil &&
		types.TypeString(obj.Signature().Recv().Type(), nil) == "*sync.RWMutex"
}

// onlyReads fills in what the section reads. It reports whether it reads
// something, does nothing else, and ends in fn.
func (p *Package) onlyReads(l *lockInfo, fn *ssa.Function, id int, s *ReadSection) bool {
	owner := s.Lock.Place.Parent
	if owner == nil || s.Lock.Place.Sel.Kind != place.Field {
		return false
	}
	for _, e := range l.exits {
		for _, path := range e.Paths {
			if k := path.Lock(id); path.Vague || k.Excl != lockset.Free {
				if _, held := k.Held(); held || k.Blurred() || path.Vague {
					return false
				}
			}
		}
	}
	sk := p.skeletons[fn]
	seen := make([]bool, len(sk.Nodes))
	work := append([]int(nil), sk.Nodes[s.Take].Succs...)
	for len(work) > 0 {
		n := work[len(work)-1]
		work = work[:len(work)-1]
		if seen[n] {
			continue
		}
		seen[n] = true
		ev := sk.Nodes[n].Ev
		if ev != nil && ev.Kind == models.Release && p.lockPlace(ev) == s.Lock.Place {
			continue
		}
		if ev != nil && !p.readsOnly(fn, ev, map[*ssa.Function]bool{}) {
			return false
		}
		if ev != nil && ev.Kind == skeleton.Read && FieldOf(ev.Obj) != nil && FieldOf(ev.Obj).Parent == owner {
			s.Reads = append(s.Reads, n)
		}
		work = append(work, sk.Nodes[n].Succs...)
	}
	return len(s.Reads) > 0 && !unknownStores(p, fn)
}

// readsOnly reports whether an event changes nothing that others can see, and
// neither waits nor calls what may.
func (p *Package) readsOnly(fn *ssa.Function, ev *skeleton.Event, busy map[*ssa.Function]bool) bool {
	switch ev.Kind {
	case skeleton.Read, skeleton.Return, skeleton.GoExit, models.Panic, models.AtomicLoad, models.CtxErr:
		return true
	case skeleton.Write:
		return p.ownMemory(ev.Obj, fn)
	case skeleton.CallFn:
		if g := ev.Callee.Fn; g != nil && p.skeletons[g] != nil {
			return p.reader(g, busy)
		}
		const harmful = models.Unknown | models.CallsBack | models.MayBlock | models.Writes | models.IO
		return ev.Callee.Fn == nil && ev.Effect&harmful == 0
	}
	return false
}

// reader reports whether a function of the package changes nothing that others
// can see.
func (p *Package) reader(fn *ssa.Function, busy map[*ssa.Function]bool) bool {
	if busy[fn] {
		return true
	}
	busy[fn] = true
	for i := range p.skeletons[fn].Nodes {
		if ev := p.skeletons[fn].Nodes[i].Ev; ev != nil && !p.readsOnly(fn, ev, busy) {
			return false
		}
	}
	return !unknownStores(p, fn)
}

// ownMemory reports whether the memory at q is a variable of fn, or something
// that fn has made.
func (p *Package) ownMemory(q *place.Place, fn *ssa.Function) bool {
	switch v := q.Root.V.(type) {
	case *ssa.Alloc:
		return v.Parent() == fn && p.Fresh(q, fn)
	case *ssa.MakeMap, *ssa.MakeSlice:
		return v.Parent() == fn
	}
	return false
}

// unknownStores reports whether fn writes to memory of which nothing is known.
func unknownStores(p *Package, fn *ssa.Function) bool {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case *ssa.Store:
				if p.Places.Of(instr.Addr) == nil {
					return true
				}
			case *ssa.MapUpdate:
				if p.Places.Of(instr.Map) == nil {
					return true
				}
			}
		}
	}
	return false
}

// An RWUse is what the package does with the RWMutexes of one field or
// package-level variable.
type RWUse struct {
	Class     place.Class
	First     *skeleton.Event // the first that takes it exclusively
	Fn        *ssa.Function   // where that is
	Shared    bool            // it is taken for reading somewhere
	Exclusive bool            // likewise for writing
	Open      bool            // others may use it too
}

// RWUses returns the uses of the package's RWMutexes, in source order of the
// first.
func (p *Package) RWUses() []*RWUse {
	var out []*RWUse
	byClass := map[place.Class]*RWUse{}
	for _, fn := range p.Funcs {
		sk := p.skeletons[fn]
		if sk == nil {
			continue
		}
		for i := range sk.Nodes {
			ev := sk.Nodes[i].Ev
			if ev == nil || ev.Obj == nil || !isLockOp(ev.Kind) {
				continue
			}
			c := ev.Obj.Class()
			u := byClass[c]
			if u == nil {
				_, lent := c.Obj.(*ssa.Parameter)
				u = &RWUse{Class: c, Open: lent || !p.private(c)}
				byClass[c] = u
				out = append(out, u)
			}
			switch ev.Kind {
			case models.AcquireShared, models.TryAcquireShr, models.ReleaseShared:
				u.Shared = true
			case models.Acquire, models.TryAcquire:
				if u.First == nil && isRWMutexOp(ev) {
					u.First, u.Fn = ev, fn
				}
				u.Exclusive = true
			}
		}
	}
	for _, fn := range p.Funcs {
		p.rwEscapes(fn, byClass)
	}
	return out
}

// rwEscapes marks the RWMutexes of which fn does anything else than call a
// method.
func (p *Package) rwEscapes(fn *ssa.Function, byClass map[place.Class]*RWUse) {
	open := func(v ssa.Value, r ssa.Instruction) {
		if u := byClass[p.Places.Of(v).Class()]; u != nil {
			u.Open = u.Open || !lockCall(v, r)
		}
	}
	all := func(v ssa.Value) {
		if !isRWMutex(v.Type()) || v.Referrers() == nil {
			return
		}
		for _, r := range *v.Referrers() {
			if _, captured := r.(*ssa.MakeClosure); !captured {
				open(v, r)
			}
		}
	}
	for _, fv := range fn.FreeVars {
		all(fv)
	}
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch v := instr.(type) {
			case *ssa.FieldAddr:
				all(v)
			case *ssa.Alloc:
				all(v)
			}
			for _, op := range instr.Operands(nil) {
				if g, ok := (*op).(*ssa.Global); ok && isRWMutex(g.Type()) {
					open(g, instr)
				}
			}
		}
	}
}

func isRWMutex(t types.Type) bool { return types.TypeString(t, nil) == "*sync.RWMutex" }

// lockCall reports whether r calls, at once or when fn returns, a method of the
// lock v.
func lockCall(v ssa.Value, r ssa.Instruction) bool {
	if _, ok := r.(*ssa.DebugRef); ok {
		return true
	}
	call, ok := r.(ssa.CallInstruction)
	if !ok {
		return false
	}
	c := call.Common()
	obj := skeleton.Object(c)
	if obj == nil || len(c.Args) != 1 || c.Args[0] != v {
		return false
	}
	m, ok := models.Lookup(obj)
	return ok && m.Obj == 0 && m.Kind != models.SharedLocker
}
