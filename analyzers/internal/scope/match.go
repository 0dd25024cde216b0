package scope

import (
	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// releases reports whether n can let another goroutine go on.
func (s *Scope) releases(n *Node) bool {
	switch n.Ev.Kind {
	case models.Send, models.Recv, models.Close, models.WGDone, skeleton.AtReturn,
		models.CondSignal, models.CondBroadcast, models.AtomicStore, models.AtomicRMW, models.AtomicCAS,
		models.SemRelease, models.MapStore, models.MapRMW, models.PoolPut, models.TimerStop, models.TimerReset, models.OnceDo:
		return true
	}
	return s.opaque(n)
}

// acquires reports whether n can be waiting for another goroutine, or learn
// what it did.
func (s *Scope) acquires(n *Node) bool {
	switch n.Ev.Kind {
	case models.Send, models.Recv, skeleton.RecvClosed, models.WGWait, models.CondWait,
		models.AtomicLoad, models.AtomicRMW, models.AtomicCAS, models.SemAcquire, models.SemTryAcquire, models.MapLoad, models.MapRMW,
		models.PoolGet, models.CtxErr, models.TimerStop, models.TimerReset, models.OnceDo, models.Settle, models.RunTest:
		return true
	case models.Release:
		return onceEnd(n)
	}
	return s.opaque(n)
}

// opaque reports whether n is a call that might do anything to objects the
// engine does not own.
func (s *Scope) opaque(n *Node) bool {
	if n.inner != nil || n.Starts != nil && n.Ev.Kind != models.Handler {
		return false
	}
	if n.Ev.Kind == skeleton.CallFn && n.Ev.Callee.Fn != nil {
		return !s.env.inert[n.Ev.Callee.Fn]
	}
	if n.Ev.Kind == skeleton.CallFn || n.Ev.Kind == models.Handler {
		return n.Ev.Effect.MayWait()
	}
	return false
}

// A syncIndex lists the nodes of a scope that order things.
type syncIndex struct {
	waits   []*Node // acquiring nodes and branches
	opaque  []*Node // calls that might do anything
	open    []*Node // operations on objects that such calls may reach
	acquire map[fam][]*Node
	release map[fam][]*Node
	loads   map[*Node][]*Node       // the reads that a branch depends on
	stores  map[place.Class][]*Node // the writes to a class that is read so
	setters map[flagRead]nodeSet    // see [Scope.setters]
}

func (s *Scope) index() {
	x := &s.sync
	x.acquire, x.release = map[fam][]*Node{}, map[fam][]*Node{}
	s.writes = map[place.Root][]*Node{}
	s.indexFlags()
	for _, n := range s.Nodes {
		if n.Ev == nil {
			if len(x.loads[n]) > 0 {
				x.waits = append(x.waits, n)
			}
			continue
		}
		if n.Ev.Kind == skeleton.Write && n.Obj != nil {
			s.writes[n.Obj.Root] = append(s.writes[n.Obj.Root], n)
		}
		a, r := s.acquires(n), s.releases(n)
		if a || len(x.loads[n]) > 0 {
			x.waits = append(x.waits, n)
		}
		if s.opaque(n) {
			x.opaque = append(x.opaque, n)
			continue
		}
		f := group(n)
		if a {
			x.acquire[f] = append(x.acquire[f], n)
		}
		if r {
			x.release[f] = append(x.release[f], n)
		}
		if (a || r) && s.reachesOpaque(n) {
			x.open = append(x.open, n)
		}
	}
}

// reachesOpaque reports whether a call that the engine cannot see into may be
// the other side of n.
func (s *Scope) reachesOpaque(n *Node) bool {
	if s.opaque(n) {
		return true
	}
	p := s.Prim(n)
	return !timer(n.Obj) && (p == nil || !p.Exact) && family(n.Ev.Kind) != famAtomic
}

// mayMatch reports whether two synchronising nodes of different goroutines,
// none of them opaque, may be about one object.
func (s *Scope) mayMatch(a, b *Node) bool {
	if a.Thread == b.Thread && s.single(a.Thread) {
		return false
	}
	fa, fb := group(a), group(b)
	if fa != fb {
		return false
	}
	if fa == famTimer {
		return true // Reset makes the runtime send on the timer's channel
	}
	if fa == famChan && !chanPair(a.Ev.Kind, b.Ev.Kind) {
		return false
	}
	if a.Obj == nil || b.Obj == nil {
		return true
	}
	return a.Obj == b.Obj || a.Obj.Class() == b.Obj.Class() && !(a.Obj.Exact() && b.Obj.Exact() && a.Obj.Parent == nil && b.Obj.Parent == nil)
}

// timer reports whether the channel is one that only time sends on.
func timer(p *place.Place) bool {
	for q := p; q != nil; q = q.Parent {
		if q.Parent != nil {
			if q.Sel.Kind == place.Field && q.Sel.Var.Pkg() != nil && q.Sel.Var.Pkg().Path() == "time" {
				return true
			}
			continue
		}
		if c, ok := q.Root.V.(*ssa.Call); ok {
			f := c.Call.StaticCallee()
			return f != nil && f.Pkg != nil && f.Pkg.Pkg.Path() == "time"
		}
	}
	return false
}

type fam uint8

const (
	famNone fam = iota
	famChan
	famWG
	famCond
	famAtomic
	famSem
	famMap
	famPool
	famTimer
	famOnce
)

// family groups the operations that can be about one object.
func family(k models.Kind) fam {
	switch k {
	case models.Send, models.Recv, models.Close, skeleton.RecvClosed:
		return famChan
	case models.WGAdd, models.WGDone, models.WGWait, models.WGGo, skeleton.AtReturn:
		return famWG
	case models.CondWait, models.CondSignal, models.CondBroadcast:
		return famCond
	case models.AtomicLoad, models.AtomicStore, models.AtomicRMW, models.AtomicCAS:
		return famAtomic
	case models.SemAcquire, models.SemTryAcquire, models.SemRelease:
		return famSem
	case models.MapLoad, models.MapStore, models.MapRMW:
		return famMap
	case models.PoolGet, models.PoolPut:
		return famPool
	case models.TimerStop, models.TimerReset, models.AfterFunc:
		return famTimer
	case models.OnceDo:
		return famOnce
	}
	return famNone
}

// group is family, but that a timer's channel belongs to the timer.
func group(n *Node) fam {
	f := family(n.Ev.Kind)
	if f == famChan && timer(n.Obj) {
		return famTimer
	}
	return f
}

func chanPair(a, b models.Kind) bool {
	recv := func(k models.Kind) bool { return k == models.Recv || k == skeleton.RecvClosed }
	return recv(a) != recv(b)
}

// received returns how many operations of kind k on p the thread of n has
// surely completed when n completes, n included.
func (s *Scope) received(n *Node, p *Primitive, k models.Kind) int {
	total, made := 0, s.made(p.Place)
	for _, x := range p.Ops {
		if x.Ev.Kind == k && x.Thread == n.Thread {
			total = min(total+s.sure(x, n, made), Many)
		}
	}
	return total
}

// exactTrips returns how often n runs in one instance of its thread, if that
// is certain once its outermost loop is entered.
func (s *Scope) exactTrips(n *Node) (int, bool) {
	total := 1
	for f, m := n.Frame, n; f != nil; f, m = f.Up, f.At {
		if m.Block == nil {
			return 0, false
		}
		k, exact := f.Skel.Trips(m.Block)
		if !exact {
			return 0, false
		}
		total = mulCount(total, k)
		if f.At != nil && f.At.Thread != n.Thread {
			break
		}
	}
	return total, total < Many
}
