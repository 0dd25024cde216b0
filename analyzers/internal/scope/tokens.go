package scope

import (
	"math/bits"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// Balance returns what one instance of thread t, with the goroutines that it
// starts, adds to the counter of w in all: the same on every path that ends
// in a return, else ok is false. low is the least that it has added at any
// time, 0 or less.
func (w *WaitGroup) Balance(t *Thread) (net, low int, ok bool) {
	b := balance{w: w, at: map[*Node]uint64{t.Entry: zeroCount}, ok: true}
	work := []*Node{t.Entry}
	for len(work) > 0 && b.ok {
		n := work[len(work)-1]
		work = work[:len(work)-1]
		out := b.step(n)
		for _, m := range n.Succs {
			if old := b.at[m]; old|out != old {
				b.at[m] = old | out
				work = append(work, m)
			}
		}
	}
	end := b.end(t)
	if !b.ok || bits.OnesCount64(end) != 1 {
		return 0, 0, false
	}
	return bits.TrailingZeros64(end) - zeroBit, b.low, true
}

// A balance is the set of counts that are possible before each node, as a bit
// set around zeroBit.
type balance struct {
	w   *WaitGroup
	at  map[*Node]uint64
	low int
	ok  bool
}

// end returns the counts at the end of t.
func (b *balance) end(t *Thread) uint64 {
	last := t.Entry
	if t.Known() {
		last = t.Frame.Exit
	}
	for len(last.Succs) == 1 { // what a fact says, or the Done behind the function of wg.Go
		last = last.Succs[0]
	}
	return b.step(last)
}

const (
	zeroBit   = 31
	zeroCount = uint64(1) << zeroBit
)

// step returns the counts behind n.
func (b *balance) step(n *Node) uint64 {
	k := 0
	switch {
	case slices.Contains(b.w.Adds, n):
		if !n.Ev.Known || n.Ev.Delta > 16 {
			b.ok = false
			return 0
		}
		k = int(n.Ev.Delta)
	case slices.Contains(b.w.Dones, n):
		k = -b.w.taken(n)
	}
	if n.Starts != nil && b.w.involves(n.Starts) {
		net, _, ok := b.w.Balance(n.Starts)
		b.ok = b.ok && ok
		k += net
		if slices.Contains(b.w.Gos, n) {
			k++
		}
	}
	in := b.at[n]
	if !b.ok || in == 0 || k == 0 {
		return in
	}
	if bits.TrailingZeros64(in)+k < 0 || bits.Len64(in)+k > 64 {
		b.ok = false
		return 0
	}
	if k < 0 {
		in >>= -k
	} else {
		in <<= k
	}
	b.low = min(b.low, bits.TrailingZeros64(in)-zeroBit)
	return in
}

// taken returns how much the operation at n takes off the counter.
func (w *WaitGroup) taken(n *Node) int {
	if n.Ev.Kind == models.WGAdd && n.Ev.Known {
		return int(-n.Ev.Delta)
	}
	if n.Ev.Kind == models.WGAdd {
		return 1 << 10 // unknown: no balance
	}
	return 1
}

// involves reports whether t or a goroutine that it starts changes the counter
// of w, or may: nothing is known of it.
func (w *WaitGroup) involves(t *Thread) bool {
	for _, ns := range [][]*Node{w.Adds, w.Dones, w.Gos} {
		for _, n := range ns {
			if n.Thread.Within(t) {
				return true
			}
		}
	}
	return false
}

// Workers returns the threads that call Done themselves, if this is all that
// calls it: each is started by a go statement and calls it at most once,
// outside of loops. Else it returns nil: then a Done may stand for an item of
// work rather than for a goroutine.
func (w *WaitGroup) Workers() []*Thread {
	var out []*Thread
	for _, n := range w.Dones {
		if n.Ev.Kind == skeleton.AtReturn {
			continue
		}
		t := n.Thread
		if t.Spawn == nil || t.Spawn.Ev.Kind != models.Spawn || w.Scope.InLoop(n) || w.taken(n) != 1 {
			return nil
		}
		if !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	return out
}

// Counted returns the call of Add that counts each instance of t for exactly
// one Done, nil if that is not certain. w must be closed for Done.
func (w *WaitGroup) Counted(t *Thread) *Node {
	workers := w.Workers()
	if !slices.Contains(workers, t) {
		return nil
	}
	for _, a := range w.Adds {
		if a.Thread.Within(t) {
			return nil // it counts itself, or children that it shares its Done with
		}
	}
	for _, u := range workers {
		if u != t && u.Within(t) {
			return nil
		}
	}
	if add := w.countedTogether(t, workers); add != nil {
		return add
	}
	return w.countedAhead(t, workers)
}

// countedTogether finds Add(n) right before n go statements, all run equally
// often.
func (w *WaitGroup) countedTogether(t *Thread, workers []*Thread) *Node {
	group, adds := []*Thread{t}, w.perRun(t)
	for grown := true; grown; {
		grown = false
		for _, u := range workers {
			if u.Parent != t.Parent || slices.Contains(group, u) {
				continue
			}
			mine := w.perRun(u)
			if !slices.ContainsFunc(mine, func(a *Node) bool { return slices.Contains(adds, a) }) {
				continue
			}
			group, grown = append(group, u), true
			for _, a := range mine {
				if !slices.Contains(adds, a) {
					adds = append(adds, a)
				}
			}
		}
	}
	total := 0
	for _, a := range adds {
		if !a.Ev.Known {
			return nil
		}
		total += int(a.Ev.Delta)
	}
	if total != len(group) {
		return nil
	}
	return w.perRun(t)[len(w.perRun(t))-1]
}

// perRun returns the calls of Add of which one belongs to each run of the go
// statement of t: it comes before it, again for each round of a loop.
func (w *WaitGroup) perRun(t *Thread) []*Node {
	s := w.Scope
	var out []*Node
	for _, a := range w.Adds {
		if !s.Dominates(a, t.Spawn) {
			continue
		}
		again := s.avoidingAll(t.Spawn.Succs, func(m *Node) bool { return m == a })
		if !again.has(t.Spawn.ID) {
			out = append(out, a)
		}
	}
	return out
}

// avoidingAll is avoiding from several nodes.
func (s *Scope) avoidingAll(from []*Node, stop func(*Node) bool) nodeSet {
	seen := s.newSet()
	for _, n := range from {
		for i, x := range s.avoiding(n, stop) {
			seen[i] |= x
		}
	}
	return seen
}

// countedAhead finds the one Add(n) before a loop whose only go statement runs
// n times.
func (w *WaitGroup) countedAhead(t *Thread, workers []*Thread) *Node {
	s := w.Scope
	if len(workers) != 1 || len(w.Adds) != 1 || !s.InLoop(t.Spawn) {
		return nil
	}
	a := w.Adds[0]
	if !s.Dominates(a, t.Spawn) || s.SameLoop(a, t.Spawn) && !s.nested(a, t.Spawn) {
		return nil
	}
	if a.Ev.Known {
		if k, ok := s.exactTrips(t.Spawn); ok && !s.InLoop(a) && int64(k) == a.Ev.Delta {
			return a
		}
		return nil
	}
	if a.Frame == t.Spawn.Frame && s.sameCount(a.Ev.Callee.Value, t.Spawn) {
		return a
	}
	return nil
}

// nested reports whether n lies in a loop that a, in a common outer loop, is
// not in: n can run again before a does.
func (s *Scope) nested(a, n *Node) bool {
	return s.avoidingAll(n.Succs, func(m *Node) bool { return m == a }).has(n.ID)
}

// sameCount reports whether the innermost loop around n runs as often as the
// number v says: it counts up to v, or ranges over what v is the length of.
func (s *Scope) sameCount(v ssa.Value, n *Node) bool {
	for _, m := range s.Nodes {
		if m.Frame != n.Frame || m.Cond == nil || !s.SameLoop(m, n) {
			continue
		}
		switch c := m.Cond.(type) {
		case *ssa.BinOp: // i < n
			if s.sameNumber(c.Y, v) {
				return true
			}
		case *ssa.Extract: // for range of a map
			if next, ok := c.Tuple.(*ssa.Next); ok {
				r, ok := next.Iter.(*ssa.Range)
				x := lengthOf(s.Pkg.Places.Resolve(v))
				if ok && x != nil && s.sameValue(r.X, x) {
					return true
				}
			}
		}
	}
	return false
}

// sameNumber reports whether x and y are the same number: one value, or the
// length of one object.
func (s *Scope) sameNumber(x, y ssa.Value) bool {
	x, y = s.Pkg.Places.Resolve(x), s.Pkg.Places.Resolve(y)
	if x == y || s.sameValue(x, y) {
		return true
	}
	a, b := lengthOf(x), lengthOf(y)
	return a != nil && b != nil && s.sameValue(a, b)
}

// sameValue reports whether x and y are read from one variable, or are the
// same.
func (s *Scope) sameValue(x, y ssa.Value) bool {
	x, y = s.Pkg.Places.Resolve(x), s.Pkg.Places.Resolve(y)
	if x == y {
		return true
	}
	l, ok1 := x.(*ssa.UnOp)
	m, ok2 := y.(*ssa.UnOp)
	if !ok1 || !ok2 || l.Op != m.Op {
		return false
	}
	p, q := s.Pkg.Places.Of(l.X), s.Pkg.Places.Of(m.X)
	return p != nil && p == q && p.Exact()
}

func lengthOf(v ssa.Value) ssa.Value {
	call, ok := v.(*ssa.Call)
	if !ok {
		return nil
	}
	if bi, ok := call.Call.Value.(*ssa.Builtin); ok && bi.Name() == "len" {
		return call.Call.Args[0]
	}
	return nil
}
