package scope

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// Bounds of the search for races in a scope: accesses to objects of one root,
// kinds of them that are told apart, and pairs whose order is asked for.
const (
	maxAccesses = 3000
	maxAlike    = 1000
	maxPairs    = 50_000
)

// A Race is a pair of accesses that nothing orders: at least one writes, both
// touch one memory location, and no lock keeps them apart. A and B are the
// same node when two instances of its goroutine race with each other.
type Race struct{ A, B *Node }

// Races returns the races of plain accesses, the write first, in source order
// of the graph. Of several accesses to one place by one thread it returns the
// first pair only, and the first of two writes.
func (s *Scope) Races() []Race { return s.pairs(isAccess, isAccess) }

// Mixed returns the races of a plain access, A, with an atomic one, B.
func (s *Scope) Mixed() []Race { return s.pairs(isAccess, isAtomic) }

// Overwritten returns the races of a plain write, A, to a lock that another
// goroutine takes or gives up, B.
func (s *Scope) Overwritten() []Race { return s.pairs(isAccess, isLockUse) }

func isAccess(n *Node) bool { return n.Ev.Kind == skeleton.Read || n.Ev.Kind == skeleton.Write }

func isAtomic(n *Node) bool { return family(n.Ev.Kind) == famAtomic }

func isLockUse(n *Node) bool {
	switch n.Ev.Kind {
	case models.Acquire, models.AcquireShared, models.Release, models.ReleaseShared:
		return true
	}
	return false
}

// writes reports whether n changes what it accesses.
func writes(n *Node) bool {
	switch n.Ev.Kind {
	case skeleton.Write, models.AtomicStore, models.AtomicRMW, models.AtomicCAS:
		return true
	}
	return false
}

// pairs returns the races of a node of the first kind with one of the second.
func (s *Scope) pairs(first, second func(*Node) bool) []Race {
	var out []Race
	type key struct {
		p, q *place.Place
		t, u *Thread
		both bool // they write
	}
	seen := map[key]bool{}
	var g []*Node
	for _, all := range s.objects() {
		g = g[:0]
		for _, n := range all {
			if first(n) || second(n) {
				g = append(g, n)
			}
		}
		if len(g) == 0 || len(g) > maxAccesses || !s.shared(g) {
			continue
		}
		meet := s.meeting(g)
		for i, x := range g {
			for j, y := range g[i:] {
				if !meet(i, i+j) {
					continue
				}
				if s.paired++; s.paired > maxPairs {
					return out
				}
				a, b := x, y
				if !first(a) || !second(b) || !writes(a) && first(b) && second(a) {
					a, b = b, a
				}
				k := key{a.Obj, b.Obj, a.Thread, b.Thread, writes(a) && writes(b)}
				if first(a) && second(b) && !seen[k] && s.races(a, b) {
					seen[k] = true
					out = append(out, Race{a, b})
				}
			}
		}
	}
	return out
}

// meeting returns whether the i-th and the j-th access of g may touch one
// memory location, one of them changing it, in different goroutines and with no
// lock between them. Accesses of one goroutine to one place under the same locks
// are alike, and it is asked once for all of them.
func (s *Scope) meeting(g []*Node) func(i, j int) bool {
	type alike struct {
		obj    *place.Place
		t      *Thread
		held   Lockset
		writes bool
	}
	index, kinds, kindOf := map[alike]int{}, []alike(nil), make([]int, len(g))
	for i, n := range g {
		k := alike{n.Obj, n.Thread, s.Held(n), writes(n)}
		at, ok := index[k]
		if !ok {
			at = len(kinds)
			index[k] = at
			kinds = append(kinds, k)
		}
		kindOf[i] = at
	}
	if len(kinds) > maxAlike {
		return func(int, int) bool { return false }
	}
	const no, yes = 1, 2
	known := make([]uint8, len(kinds)*len(kinds))
	return func(i, j int) bool {
		at := kindOf[i]*len(kinds) + kindOf[j]
		if known[at] == 0 {
			x, y := &kinds[kindOf[i]], &kinds[kindOf[j]]
			known[at] = no
			if (x.writes || y.writes) && (x.t != y.t || !s.single(x.t)) && place.Overlap(x.obj, y.obj) && !s.Protected(x.held, y.held) {
				known[at] = yes
			}
		}
		return known[at] == yes
	}
}

// objects groups what may be part of a race by the root of its object, leaving
// out roots that one goroutine has to itself or that nobody changes.
func (s *Scope) objects() [][]*Node {
	if s.grouped != nil {
		return s.grouped
	}
	index := map[*place.Place]int{}
	var groups [][]*Node
	for _, n := range s.Nodes {
		if n.Ev == nil || n.Obj == nil || !isAccess(n) && !isAtomic(n) && !isLockUse(n) {
			continue
		}
		base := n.Obj.Base()
		i, ok := index[base]
		if !ok {
			i = len(groups)
			index[base] = i
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], n)
	}
	s.grouped = slices.DeleteFunc(groups, func(g []*Node) bool { return !s.shared(g) })
	if s.grouped == nil {
		s.grouped = [][]*Node{}
	}
	slices.SortStableFunc(s.grouped, func(g, h []*Node) int { return len(g) - len(h) }) // the largest may be over a bound
	return s.grouped
}

// races reports whether a and b, which may meet, do so unordered.
func (s *Scope) races(a, b *Node) bool {
	if isLockUse(b) && a.Ev.Kind != skeleton.Write {
		return false
	}
	if s.preset(a) || s.preset(b) || s.elected(a, b) || s.onlyNumber(a, b) {
		return false
	}
	return s.stable(a.Obj) && s.stable(b.Obj) && !s.orderedAs(a, b, s.made(a.Obj), orderKind{wary: s.oneSided(a, b)}) &&
		!s.apart(a, b) && !s.mayNotStart(a.Thread) && !s.mayNotStart(b.Thread)
}

// made returns the node at which the root of p is made, nil if it exists
// before the scope starts.
func (s *Scope) made(p *place.Place) *Node {
	if p == nil {
		return nil
	}
	switch v := p.Root.V.(type) {
	case *ssa.Global, *ssa.Function, *ssa.Const:
		return nil
	case *ssa.Parameter:
		if f := s.frames[p.Root.Ctx]; f.Up != nil {
			return f.First(f.Fn.Blocks[0]) // given to each run by who runs the func
		}
		return nil
	case ssa.Instruction:
		return s.frames[p.Root.Ctx].First(v.Block())
	}
	return nil
}

// stable reports whether the cells that p goes through keep their content once
// goroutines run: else p may be another object at each access.
func (s *Scope) stable(p *place.Place) bool {
	for q := p; q.Parent != nil; q = q.Parent {
		if q.Sel.Kind == place.Deref && !s.settled(q.Parent) {
			return false
		}
	}
	return true
}

func (s *Scope) settled(cell *place.Place) bool {
	for _, n := range s.writes[cell.Root] {
		if (n.Ev.Access == skeleton.Scalar || n.Ev.Access == skeleton.Map) && place.Overlap(n.Obj, cell) && (n.Thread.ID != 0 || s.afterSpawn(n)) {
			return false
		}
	}
	return true
}

// afterSpawn reports whether n, of the first thread, can run after some
// goroutine was started.
func (s *Scope) afterSpawn(n *Node) bool {
	for _, t := range s.Threads[1:] {
		if t.Parent.ID == 0 && s.passes(t.Spawn, n) {
			return true
		}
	}
	return false
}

// shared reports whether accesses come from more than one goroutine, and one
// of them writes.
func (s *Scope) shared(g []*Node) bool {
	several, written := false, false
	for _, n := range g {
		several = several || n.Thread != g[0].Thread || !s.single(n.Thread)
		written = written || writes(n)
	}
	return several && written
}
