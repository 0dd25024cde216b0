package scope

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/census"
	"github.com/concvet/concvet/analyzers/internal/lockset"
	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/summary"
)

// A Hang is an operation that waits for others while a lock is held that each of
// them needs first: they cannot come, and the lock is never given up.
type Hang struct {
	Block summary.HeldBlock
	Needs []Need // one for each operation that would let it go on; empty if there is none
}

// A Need is why an operation that would let another one go on has to wait for a
// lock.
type Need struct {
	Op  *census.Op
	How How
	Fn  *ssa.Function // that takes the lock: Op.Fn or a caller of it
	// At is where Fn takes the lock, or where it holds it if Node is negative.
	At summary.Step
}

// How says when an operation needs a lock.
type How uint8

// The ways.
const (
	Under  How = iota // it runs while the lock is held
	Before            // its goroutine has to take the lock first
	Turns             // its goroutine takes the lock in the turns of its loop, or before the loop ends
)

// Hangs returns the operations of fn that hang, in the order of its skeleton.
func (p *Package) Hangs(fn *ssa.Function) []Hang {
	var out []Hang
	for _, b := range p.HeldBlocks(fn) {
		if len(b.Arms) == 0 || b.Lock.Class.Obj == nil || p.Fresh(b.Lock.Place, fn) || p.HandedOver(fn, b.Lock.Class, true) {
			continue
		}
		h := hang{p: p, b: &b}
		if h.all() {
			out = append(out, Hang{b, h.needs})
		}
	}
	return out
}

// A hang asks whether one block hangs.
type hang struct {
	p     *Package
	b     *summary.HeldBlock
	needs []Need
}

// all reports whether nothing can let any arm of the block go on.
func (h *hang) all() bool {
	for _, a := range h.b.Arms {
		if a.Val == nil || !h.arm(a) {
			return false
		}
	}
	return true
}

// arm reports whether nothing can let one arm go on.
func (h *hang) arm(a summary.Arm) bool {
	c := h.p.Census().Of(a.Val)
	if c == nil || c.Open || c.Copied || len(c.Makes) == 0 {
		return false
	}
	if a.Kind == models.CondWait && !h.otherLock(c) {
		return false
	}
	unbuffered, ok := room(c, a.Kind)
	if !ok || c.Outside&rights(a.Kind) != 0 || a.Kind == models.Send && !unbuffered && h.fits(c) {
		return false
	}
	kinds := lettingOn(a.Kind)
	found := false
	for _, op := range c.Ops {
		if !slices.Contains(kinds, op.Kind) {
			continue
		}
		n, ok := h.need(c, op, &a)
		if ok && n.How == Before && c.Sort == census.Chan && passes(c, op.Fn, a.Kind) {
			ok = false
		}
		if ok && h.b.Maybe && n.How != Turns && !(n.How == Under && unbuffered && op.Kind != models.Close) {
			ok = false // what is done under the lock may tell whether somebody is there
		}
		if ok && h.b.Maybe && a.Kind == models.Send && !unbuffered {
			ok = false // what decides about the send may see to it that there is room
		}
		switch {
		case ok:
			h.needs, found = append(h.needs, n), true
		case a.Kind != models.WGWait: // that waits for all of them
			return false
		}
	}
	return found
}

// passes reports whether fn, which would let an operation of kind k go on, comes
// to one itself: who is past that holds a token, and needs nothing more to give it
// back.
func passes(c *census.Census, fn *ssa.Function, k models.Kind) bool {
	return slices.ContainsFunc(c.Ops, func(o *census.Op) bool { return o.Fn == fn && o.Kind == k })
}

// lettingOn returns the operations that let one of kind k go on.
func lettingOn(k models.Kind) []models.Kind {
	switch k {
	case models.Send:
		return []models.Kind{models.Recv}
	case models.Recv:
		return []models.Kind{models.Send, models.Close}
	case models.WGWait:
		return []models.Kind{models.WGDone, models.WGGo}
	}
	return []models.Kind{models.CondSignal, models.CondBroadcast}
}

// rights returns what code that is not seen must not be able to do.
func rights(k models.Kind) census.Rights {
	switch k {
	case models.Send:
		return census.MayRecv
	case models.Recv:
		return census.MaySend | census.MayClose
	}
	return census.All
}

// smallRoom is the capacity up to which a channel is taken to be full at times.
const smallRoom = 1

// room reports whether the channels of c are all unbuffered; ok is false if a
// send need not wait, for all that is known.
func room(c *census.Census, k models.Kind) (unbuffered, ok bool) {
	unbuffered = true
	for _, o := range c.Makes {
		if c.Sort == census.Chan && o.Cap != 0 {
			unbuffered = false
			if k == models.Send && (o.Cap == census.NotConst || o.Cap > smallRoom) {
				return false, false
			}
		}
	}
	return unbuffered, true
}

// fits reports whether the buffer holds as many values as are ever received:
// whoever makes the channel receives from it so often, not in a loop. A program
// that is meant to send more would be stuck whatever the lock.
func (h *hang) fits(c *census.Census) bool {
	if len(c.Makes) != 1 {
		return false
	}
	ch, received := c.Makes[0], 0
	for _, o := range c.Ops {
		if o.Kind != models.Recv {
			continue
		}
		if o.Fn != ch.Fn || o.Dead() || h.p.Skeleton(o.Fn).InLoop(o.Ev.Instr.Block()) {
			return false
		}
		received++
	}
	return received <= ch.Cap
}

// otherLock reports whether the lock that is held is surely not the one that the
// Cond gives up while it waits.
func (h *hang) otherLock(c *census.Census) bool {
	if v, ok := h.b.Lock.Class.Obj.(*types.Var); ok && v.Pkg() != nil && v.Pkg().Path() == "sync" {
		return false // the L of a Cond
	}
	for _, o := range c.Makes {
		call, ok := o.Make.(*ssa.Call)
		if !ok || len(call.Call.Args) != 1 {
			return false
		}
		class := h.p.Places.Of(call.Call.Args[0]).Class()
		if class.Obj == nil || class == h.b.Lock.Class {
			return false
		}
		switch class.Obj.(type) {
		case *ssa.Parameter:
			return false
		case *types.Var, *ssa.Global:
		default: // a lock that is made here may be the one that a pointer in a field is to
			if p := h.b.Lock.Place; p == nil || p.Parent != nil && p.Sel.Kind == place.Deref {
				return false
			}
		}
	}
	return true
}

// need reports whether an operation that would let the arm go on has to wait for
// the lock.
func (h *hang) need(all *census.Census, op *census.Op, a *summary.Arm) (Need, bool) {
	if op.Dead() {
		return Need{}, false // of a goroutine of its own, which needs nothing else
	}
	w := h.relation(h.b.Lock.Place, a.Place, a.Class)
	c := climb{h: h, op: op, strict: h.sameStruct(op, a), related: w == related, counts: all.Ops}
	if w == unrelated {
		return Need{}, false
	}
	if op.Kind == models.WGGo { // counts down when the function returns
		fn := op.Ev.Callee.Fn
		if fn == nil || fn.Parent() != op.Fn || h.p.Skeleton(fn) == nil {
			return Need{}, false
		}
		return c.from(fn, h.p.Skeleton(fn).Exit, nil)
	}
	return c.from(op.Fn, op.Node, nil)
}

// A kinship says whether a lock and what is waited for belong together.
type kinship uint8

const (
	unknownKin kinship = iota
	related
	unrelated
)

// relation tells whether the lock and the object at q belong together: both are
// in one struct, or one is found by way of the other's.
func (h *hang) relation(lock, q *place.Place, class place.Class) kinship {
	c := h.b.Lock.Class
	if _, field := c.Obj.(*types.Var); !field {
		return related // a variable: there is one
	}
	if lock == nil || q == nil {
		return unknownKin
	}
	a, b := inStruct(lock), inStruct(q)
	if same, ok := h.p.oneStruct(c, class); ok && same {
		switch {
		case a == nil || b == nil:
			return unknownKin
		case a == b:
			return related
		}
		return unrelated
	}
	if a != nil && q.Under(a) || b != nil && lock.Under(b) || lock.Root == q.Root {
		return related
	}
	return unknownKin
}

// inStruct returns the struct that has the lock or channel at q, nil if it is in
// none.
func inStruct(q *place.Place) *place.Place {
	for q.Parent != nil && q.Sel.Kind == place.Deref {
		q = q.Parent
	}
	if q.Parent == nil || q.Sel.Kind != place.Field {
		return nil
	}
	return q.Parent
}

// oneStruct reports whether two classes are fields of one struct type.
func (p *Package) oneStruct(a, b place.Class) (same, ok bool) {
	x, ok1 := p.ClassID(a)
	y, ok2 := p.ClassID(b)
	return ok1 && ok2 && x.Type != "" && x.Pkg == y.Pkg && x.Type == y.Type, ok1 && ok2
}

// sameStruct reports whether the operation and the arm both know their object by
// a field of the lock's struct.
func (h *hang) sameStruct(op *census.Op, a *summary.Arm) bool {
	x, _ := h.p.oneStruct(h.b.Lock.Class, a.Class)
	y, _ := h.p.oneStruct(h.b.Lock.Class, op.Ev.Obj.Class())
	return x && y
}

// conflicts reports whether a lock of the held class and mode m has to wait.
func (h *hang) conflicts(c place.Class, m lockset.Mode) bool {
	return c == h.b.Lock.Class && (m == lockset.Exclusive || h.b.Lock.Mode == lockset.Exclusive)
}

// NeedName names the lock where it is needed, as the source does; fallback is
// its name elsewhere.
func (p *Package) NeedName(n *Need, fallback string) string {
	leaf := n.At.Leaf()
	if n.How == Under || leaf.Fn == nil {
		return fallback
	}
	if ev := p.Event(leaf.Fn, leaf.Node); ev != nil && ev.Obj != nil {
		return summary.Name(leaf.Fn, ev)
	}
	return fallback
}
