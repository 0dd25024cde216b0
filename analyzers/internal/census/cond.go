package census

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
	"github.com/concvet/concvet/analyzers/internal/summary"
)

// Unsignalled reports whether a Wait of a Cond can never end since nothing wakes
// it.
func (r *Result) Unsignalled(o *Op) bool {
	c := r.At(o.Ev)
	return c != nil && !c.Open && c.Outside == 0 && !c.Copied && len(c.Makes) > 0 && !c.Has(models.CondSignal, models.CondBroadcast)
}

// Unchanging reports whether a Wait is in a loop that is left only by a
// condition which nothing in the loop, and no other goroutine, can change.
func (r *Result) Unchanging(o *Op) bool {
	loop := r.p.Skeleton(o.Fn).Innermost(o.Ev.Instr.Block())
	if loop == nil || o.Ev.Defer != nil {
		return false
	}
	ways := 0
	for b := range loop.Body {
		for _, s := range b.Succs {
			if loop.Body[s] {
				continue
			}
			br, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If)
			if !ok || !fixed(br.Cond, loop, 0) {
				return false
			}
			ways++
		}
	}
	return ways > 0
}

// fixed reports whether v has one value for all turns of a loop.
func fixed(v ssa.Value, loop *skeleton.Loop, depth int) bool {
	switch v.(type) {
	case *ssa.Const, *ssa.Parameter:
		return true
	}
	instr, ok := v.(ssa.Instruction)
	if !ok || depth > 4 {
		return false
	}
	if !loop.Body[instr.Block()] {
		return true
	}
	switch x := v.(type) {
	case *ssa.UnOp:
		return x.Op == token.NOT && fixed(x.X, loop, depth+1)
	case *ssa.BinOp:
		return fixed(x.X, loop, depth+1) && fixed(x.Y, loop, depth+1)
	}
	return false
}

// CheckedOnce returns the branch that decides whether a Wait is come to, if it
// is made under the lock that the function has taken, no loop makes it again,
// and nothing looks at what it depends on after the Wait; nil otherwise.
func (r *Result) CheckedOnce(o *Op) *ssa.If {
	sk := r.p.Skeleton(o.Fn)
	w := o.Ev.Instr.Block()
	if o.Ev.Defer != nil || sk.InLoop(w) || !r.lockedHere(o.Fn, o.Node) || r.repeated(o.Fn) || !usedBehind(sk, o.Node) {
		return nil
	}
	for b := w.Idom(); b != nil; b = b.Idom() {
		br, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If)
		if !ok || !avoids(b, w) {
			continue
		}
		first, ok := sk.First[b]
		if !ok || !r.lockedHere(o.Fn, last(sk, first, b)) {
			return nil
		}
		read := map[any]bool{}
		r.reads(br.Cond, read, 0)
		if len(read) == 0 || r.looksAgain(w, read) {
			return nil
		}
		return br
	}
	return nil
}

// usedBehind reports whether a function does something behind node wait: touches
// memory, or calls somebody while it has the lock. If not, what it has waited for is
// for its caller to look at, or for who is called next.
func usedBehind(sk *skeleton.Func, wait int) bool {
	type state struct {
		n        int
		released bool
	}
	seen := map[state]bool{}
	work := []state{{n: wait}}
	for len(work) > 0 {
		st := work[len(work)-1]
		work = work[:len(work)-1]
		for _, n := range sk.Nodes[st.n].Succs {
			next := state{n, st.released}
			if ev := sk.Nodes[n].Ev; ev != nil {
				switch ev.Kind {
				case models.Release, models.ReleaseShared:
					next.released = true
				case skeleton.Return, skeleton.GoExit:
					continue
				case skeleton.Read, skeleton.Write:
					if !ofSync(ev) {
						return true
					}
				default:
					if !st.released {
						return true
					}
				}
			}
			if !seen[next] {
				seen[next] = true
				work = append(work, next)
			}
		}
	}
	return false
}

// ofSync reports whether an event reads where a lock or a Cond is.
func ofSync(ev *skeleton.Event) bool {
	v, ok := ev.Instr.(ssa.Value)
	if !ok || ev.Kind != skeleton.Read {
		return false
	}
	t := types.Unalias(v.Type())
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	n, ok := t.(*types.Named)
	return ok && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() == "sync"
}

// repeated reports whether all calls of fn are in loops: it may be meant to be
// called again when it has waited.
func (r *Result) repeated(fn *ssa.Function) bool {
	calls, all := r.p.Callers(fn)
	return all && len(calls) > 0 && !slices.ContainsFunc(calls, func(c summary.Call) bool {
		sk := r.p.Skeleton(c.In)
		return sk == nil || !sk.InLoop(sk.Nodes[c.Node].Block)
	})
}

// last returns the last node of a block.
func last(sk *skeleton.Func, n int, b *ssa.BasicBlock) int {
	for {
		next := -1
		for _, s := range sk.Nodes[n].Succs {
			if sk.Nodes[s].Block == b && s > n && sk.First[b] != s {
				next = s
			}
		}
		if next < 0 || sk.Nodes[n].Cond != nil {
			return n
		}
		n = next
	}
}

// lockedHere reports whether fn holds a lock at a node that it has itself taken.
func (r *Result) lockedHere(fn *ssa.Function, node int) bool {
	for _, h := range r.p.LocksAt(fn, node) {
		if h.Pos.IsValid() {
			return true
		}
	}
	return false
}

// avoids reports whether control can get from b to a return without passing w.
func avoids(b, w *ssa.BasicBlock) bool {
	seen := map[*ssa.BasicBlock]bool{w: true}
	work := []*ssa.BasicBlock{b}
	for len(work) > 0 {
		x := work[len(work)-1]
		work = work[:len(work)-1]
		if seen[x] {
			continue
		}
		seen[x] = true
		if _, ok := x.Instrs[len(x.Instrs)-1].(*ssa.Return); ok {
			return true
		}
		work = append(work, x.Succs...)
	}
	return false
}

// reads collects what a condition depends on: variables and functions called.
func (r *Result) reads(v ssa.Value, out map[any]bool, depth int) {
	if depth > 6 {
		return
	}
	switch x := v.(type) {
	case *ssa.UnOp:
		if x.Op == token.MUL {
			if q := r.p.Places.Of(x.X); q != nil {
				out[any(q)] = true
			}
			return
		}
		r.reads(x.X, out, depth+1)
	case *ssa.BinOp:
		r.reads(x.X, out, depth+1)
		r.reads(x.Y, out, depth+1)
	case *ssa.Phi:
		for _, e := range x.Edges {
			r.reads(e, out, depth+1)
		}
	case *ssa.Extract:
		r.reads(x.Tuple, out, depth+1)
	case *ssa.Lookup:
		r.reads(x.X, out, depth+1)
	case *ssa.Call:
		if obj := skeleton.Object(&x.Call); obj != nil {
			out[any(obj)] = true
		}
		for _, a := range x.Call.Args {
			r.reads(a, out, depth+1)
		}
	}
}

// looksAgain reports whether some branch behind block w depends on one of the
// variables or functions.
func (r *Result) looksAgain(w *ssa.BasicBlock, read map[any]bool) bool {
	seen := map[*ssa.BasicBlock]bool{}
	work := []*ssa.BasicBlock{w}
	for len(work) > 0 {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		if seen[b] {
			continue
		}
		seen[b] = true
		if br, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If); ok {
			again := map[any]bool{}
			r.reads(br.Cond, again, 0)
			for x := range again {
				if read[x] || overlaps(x, read) {
					return true
				}
			}
		}
		work = append(work, b.Succs...)
	}
	return false
}

// overlaps reports whether x is a variable that is part of one in read, or the
// reverse.
func overlaps(x any, read map[any]bool) bool {
	p, ok := x.(*place.Place)
	if !ok {
		return false
	}
	for y := range read {
		if q, ok := y.(*place.Place); ok && (p.Under(q) || q.Under(p)) {
			return true
		}
	}
	return false
}

// Unlocked reports whether a Wait is in a goroutine that surely holds no lock:
// it starts without one, is not started by somebody who may hand one over, and
// takes none on the way.
func (r *Result) Unlocked(o *Op) bool {
	if !r.p.RunsApart(o.Fn) || o.Ev.Defer != nil {
		return false
	}
	sk := r.p.Skeleton(o.Fn)
	for i := range sk.Nodes {
		if ev := sk.Nodes[i].Ev; ev != nil && i != o.Node && r.p.Locks(ev) && leads(sk, i, o.Node) {
			return false
		}
	}
	calls, _ := r.p.Callers(o.Fn)
	return !slices.ContainsFunc(calls, r.handsLock)
}

// handsLock reports whether a call that starts a goroutine is made under a lock
// which the caller does not give up before it has waited, maybe for the goroutine.
func (r *Result) handsLock(c summary.Call) bool {
	if !c.Starts() || len(r.p.LocksAt(c.In, c.Node)) == 0 {
		return false
	}
	sk := r.p.Skeleton(c.In)
	is := func(kinds ...models.Kind) func(int) bool {
		return func(n int) bool { return sk.Nodes[n].Ev != nil && slices.Contains(kinds, sk.Nodes[n].Ev.Kind) }
	}
	before := sk.Reach(c.Node, is(models.Recv, models.Select, models.WGWait), nil)
	gives := is(models.Release, models.ReleaseShared)
	for n := range sk.Nodes {
		if before[n] && gives(n) {
			return false
		}
	}
	return true
}
