package census

import (
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
	"github.com/concvet/concvet/analyzers/internal/summary"
)

// A Reason says why an operation on a channel can never proceed.
type Reason uint8

// The reasons.
const (
	None         Reason = iota // it may proceed, or not enough is known
	NilChan                    // the channel is nil
	NoPartner                  // nobody does what would let it proceed
	OwnGoroutine               // only the goroutine itself does, later
	Behind                     // only code that comes after the operation does
	NotCancelled               // it is the Done channel of a context that nobody cancels, or only code that comes after
)

// Stuck returns why a send or receive can never proceed, as a statement of its
// own or as a case of a select without default.
//
// A receive from a channel of which nothing else is known is how one waits for
// ever on purpose, see [Result.MayIdle].
func (r *Result) Stuck(o *Op) Reason {
	c := r.At(o.Ev)
	if c == nil || c.Open || c.Global || !r.runs(o.Fn) {
		return None
	}
	if r.unreceived(c, o) {
		return NoPartner
	}
	if c.Checked {
		return None
	}
	need, partners := MayRecv, []models.Kind{models.Recv}
	if o.Kind == models.Recv {
		need, partners = MaySend|MayClose, []models.Kind{models.Send, models.Close}
	}
	switch {
	case c.Outside&need != 0 || o.Kind != models.Send && o.Kind != models.Recv:
		return None
	case len(c.Makes) == 0:
		if o.Kind == models.Recv && r.MayIdle(o.Fn) || r.asksNil(o) {
			return None
		}
		return NilChan
	case o.Kind == models.Send && (!c.unbuffered() || r.closedBefore(c, o)):
		return None
	}
	if done, ok := c.done(); done {
		if ok && r.uncancelled(c, o) {
			return NotCancelled
		}
		return None
	}
	if c.Has(partners...) {
		switch {
		case r.alone(c, o):
			return OwnGoroutine
		case r.allBehind(c, o, partners):
			return Behind
		}
		return None
	}
	if o.Kind == models.Recv && !c.stored() && r.MayIdle(o.Fn) {
		return None
	}
	return NoPartner
}

// runs reports whether fn is known to be run by somebody: it has a name, or it is
// a literal that is called or started, not only kept for a call that may never
// come.
func (r *Result) runs(fn *ssa.Function) bool {
	seen := map[*ssa.Function]bool{}
	work := []*ssa.Function{fn}
	for len(work) > 0 {
		fn := work[0]
		work = work[1:]
		if fn.Parent() == nil {
			return true
		}
		calls, _ := r.p.Callers(fn)
		for _, c := range calls {
			if !seen[c.In] {
				seen[c.In] = true
				work = append(work, c.In)
			}
		}
	}
	return false
}

// done reports whether an object of c is the Done channel of a context, and
// whether all are.
func (c *Census) done() (some, all bool) {
	all = true
	for _, m := range c.Makes {
		some, all = some || m.Done != nil, all && m.Done != nil
	}
	return some, all
}

// uncancelled reports whether none of the contexts that o waits for is ever
// cancelled before o has come to an end, though somebody could.
func (r *Result) uncancelled(c *Census, o *Op) bool {
	if o.Ev.Arm || r.MayIdle(o.Fn) {
		return false
	}
	for _, m := range c.Makes {
		var ops []*Op
		some := false
		if !r.cancels(m.Done, 0, &ops, &some) || !some || r.wholeRun(m.Fn) {
			return false
		}
		for _, k := range ops {
			if !r.behind(k, o) {
				return false
			}
		}
	}
	return true
}

// allBehind reports whether the partners of o all come after o: whoever is to
// help it has to get past it first.
func (r *Result) allBehind(c *Census, o *Op, partners []models.Kind) bool {
	if o.Ev.Arm {
		return false
	}
	for _, k := range c.Ops {
		if slices.Contains(partners, k.Kind) && (k.Dead() || !r.behind(k, o)) {
			return false
		}
	}
	return true
}

// maxBehind bounds the calls that behind goes back through.
const maxBehind = 200

// behind reports whether control gets to k only by way of o: o dominates k, or
// all calls that lead to k.
func (r *Result) behind(k, o *Op) bool {
	if k.Dead() {
		return false
	}
	type at struct {
		fn   *ssa.Function
		node int
	}
	seen := map[at]bool{}
	work := []at{{k.Fn, k.Node}}
	for len(work) > 0 {
		x := work[0]
		work = work[1:]
		if x.fn == o.Fn && dominates(r.p.Skeleton(o.Fn), o.Node, x.node) {
			continue
		}
		calls, all := r.p.Callers(x.fn)
		if !all || len(calls) == 0 {
			return false
		}
		if len(seen) > maxBehind {
			return false
		}
		for _, c := range calls {
			if next := (at{c.In, c.Node}); !seen[next] {
				seen[next] = true
				work = append(work, next)
			}
		}
	}
	return true
}

// dominates reports whether every path from the entry to node b passes node a.
func dominates(sk *skeleton.Func, a, b int) bool {
	if a == b {
		return false
	}
	seen := make([]bool, len(sk.Nodes))
	seen[a] = true
	work := []int{0}
	for len(work) > 0 {
		n := work[len(work)-1]
		work = work[:len(work)-1]
		if n == b {
			return false
		}
		if !seen[n] {
			seen[n] = true
			work = append(work, sk.Nodes[n].Succs...)
		}
	}
	return true
}

// MayIdle reports whether a goroutine that runs fn may be meant to wait for ever:
// it is not one that the package starts, or it is part of a test, where such
// goroutines stand for others that hang.
func (r *Result) MayIdle(fn *ssa.Function) bool {
	if strings.HasSuffix(r.p.Pass.Fset.Position(fn.Pos()).Filename, "_test.go") {
		return true
	}
	started, other := r.Goroutines(fn)
	return other || len(started) == 0
}

// unbuffered reports whether no channel of c has a buffer.
func (c *Census) unbuffered() bool {
	for _, m := range c.Makes {
		if m.Cap != 0 {
			return false
		}
	}
	return true
}

// stored reports whether a field or container may hold one of the objects.
func (c *Census) stored() bool {
	for _, m := range c.Makes {
		if m.Stored {
			return true
		}
	}
	return false
}

// closedBefore reports whether the function of o may have closed the channel
// when it comes to o: it then does not block, it panics.
func (r *Result) closedBefore(c *Census, o *Op) bool {
	for _, k := range c.Ops {
		if k.Kind == models.Close && (k.Fn != o.Fn || k.Dead() || leads(r.p.Skeleton(o.Fn), k.Node, o.Node)) && k.Ev.Defer == nil {
			return true
		}
	}
	return false
}

// alone reports whether all operations on the one channel of c are by the
// goroutine that makes it, and o is the first.
func (r *Result) alone(c *Census, o *Op) bool {
	if len(c.Makes) != 1 || c.Makes[0].Stored || c.Makes[0].Fn == nil || !c.unbuffered() || c.Outside != 0 {
		return false
	}
	maker := c.Makes[0].Fn
	for _, k := range c.Ops {
		if k.Dead() || !r.SameGoroutine(k.Fn, maker) || k != o && !k.Ev.Arm && r.precedes(k, o, maker) {
			return false
		}
	}
	return true
}

// precedes reports whether k may come before o in an activation of maker, of
// which both are part: directly or by the calls that lead to them.
func (r *Result) precedes(k, o *Op, maker *ssa.Function) bool {
	if k.Fn == o.Fn && k.Fn != maker && leads(r.p.Skeleton(k.Fn), k.Node, o.Node) {
		return true
	}
	sk := r.p.Skeleton(maker)
	for _, a := range r.within(k, maker) {
		for _, b := range r.within(o, maker) {
			if a == b && k.Fn != o.Fn || a != b && leads(sk, a, b) {
				return true
			}
		}
	}
	return false
}

// within returns the nodes of maker that are o or lead to it by calls.
func (r *Result) within(o *Op, maker *ssa.Function) []int {
	if o.Fn == maker {
		return []int{o.Node}
	}
	var out []int
	seen := map[*ssa.Function]bool{o.Fn: true}
	work := []*ssa.Function{o.Fn}
	for len(work) > 0 {
		fn := work[0]
		work = work[1:]
		calls, _ := r.p.Callers(fn)
		for _, c := range calls {
			if c.In == maker {
				out = append(out, c.Node)
			} else if !seen[c.In] {
				seen[c.In] = true
				work = append(work, c.In)
			}
		}
	}
	return out
}

// SameGoroutine reports whether fn runs only in the goroutine of the
// activation of maker that leads to it.
func (r *Result) SameGoroutine(fn, maker *ssa.Function) bool {
	seen := map[*ssa.Function]bool{fn: true}
	work := []*ssa.Function{fn}
	for len(work) > 0 {
		fn := work[0]
		work = work[1:]
		if fn == maker {
			continue
		}
		calls, all := r.p.Callers(fn)
		if !all || len(calls) == 0 {
			return false
		}
		for _, c := range calls {
			if c.Starts() || c.Ev.Kind != skeleton.CallFn {
				return false
			}
			if !seen[c.In] {
				seen[c.In] = true
				work = append(work, c.In)
			}
		}
	}
	return true
}

// leads reports whether control can get from one node to another, by at least
// one step.
func leads(sk *skeleton.Func, from, to int) bool { return sk.Reach(from, nil, nil)[to] }

// Goroutines returns the go statements, and what is like them, of which the
// goroutines run fn, themselves or by calls; other reports whether it may also
// run in a goroutine that the pass does not start, such as that of the caller
// of an exported function.
func (r *Result) Goroutines(fn *ssa.Function) (started []summary.Call, other bool) {
	seen := map[*ssa.Function]bool{fn: true}
	work := []*ssa.Function{fn}
	for len(work) > 0 {
		fn := work[0]
		work = work[1:]
		calls, all := r.p.Callers(fn)
		other = other || !all
		for _, c := range calls {
			if c.Starts() {
				started = append(started, c)
			} else if !seen[c.In] {
				seen[c.In] = true
				work = append(work, c.In)
			}
		}
	}
	return started, other
}
