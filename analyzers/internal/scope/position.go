package scope

import (
	"encoding/binary"

	"github.com/concvet/concvet/analyzers/internal/models"
)

// positions are the places in each thread between which nothing starts a
// goroutine, synchronises, or is a flag that others ask for. Nodes of one
// position have the same order with all other goroutines, so that it is
// computed once for them. There are far fewer positions than nodes.
type positions struct {
	bit   []int32 // by node: its bit in the sets of its thread, -1 if it is no mark
	words []int32 // by thread: the length of its sets
	at    []int32 // by component of control flow: where its sets are in sets
	sets  []uint64
	of    []int32 // by node: its position, from 1; 0 if not asked for yet
	ids   map[string]int32
	key   []byte
}

// A mark is a node that tells positions apart.
func (s *Scope) marks() nodeSet {
	set := s.newSet()
	for _, n := range s.Nodes {
		if s.synchronises(n) {
			set.add(n.ID)
		}
	}
	for _, n := range s.sync.waits {
		set.add(n.ID)
		for _, r := range s.sync.loads[n] {
			for _, w := range s.sync.stores[r.Obj.Class()] {
				set.add(w.ID)
			}
		}
	}
	for _, d := range s.drains() {
		set.add(d.head.ID)
		if d.exit != nil {
			set.add(d.exit.ID)
		}
	}
	return set
}

// synchronises reports whether n starts a goroutine, or can let one go on or be
// let go on by one.
func (s *Scope) synchronises(n *Node) bool {
	return n.Starts != nil || n.Ev != nil && (s.acquires(n) || s.releases(n))
}

// findPositions computes which marks control passes before and behind the
// nodes of each component, the components being in order.
func (s *Scope) findPositions() *positions {
	p := &positions{
		bit: make([]int32, len(s.Nodes)), words: make([]int32, len(s.Threads)), at: make([]int32, len(s.cycles.real)),
		of: make([]int32, len(s.Nodes)), ids: map[string]int32{},
	}
	marks := s.marks()
	count := make([]int32, len(s.Threads))
	for _, n := range s.Nodes {
		p.bit[n.ID] = -1
		if marks.has(n.ID) {
			p.bit[n.ID] = count[n.Thread.ID]
			count[n.Thread.ID]++
		}
	}
	for t, k := range count {
		p.words[t] = (k + 63) / 64
	}
	byComp := s.cycles.members()
	size := int32(0)
	for c, ids := range byComp {
		p.at[c] = size
		size += 2 * p.words[s.Nodes[ids[0]].Thread.ID]
	}
	p.sets = make([]uint64, size)
	for c := range byComp { // what it leads to is complete
		s.eachEdge(byComp[c], func(n, m *Node) {
			_, behind := s.marked(p, n)
			if _, b := s.marked(p, m); int(s.cycles.comp[m.ID]) != c {
				behind.or(b)
			}
			p.mark(behind, m)
		})
	}
	for c := len(byComp) - 1; c >= 0; c-- {
		s.eachEdge(byComp[c], func(n, m *Node) {
			if int(s.cycles.comp[m.ID]) == c {
				before, _ := s.marked(p, n)
				p.mark(before, n)
			}
		})
		s.eachEdge(byComp[c], func(n, m *Node) {
			if int(s.cycles.comp[m.ID]) != c {
				from, _ := s.marked(p, n)
				before, _ := s.marked(p, m)
				before.or(from)
				p.mark(before, n)
			}
		})
	}
	return p
}

// eachEdge calls f for every edge of control from one of the nodes.
func (s *Scope) eachEdge(ids []int32, f func(n, m *Node)) {
	for _, id := range ids {
		n := s.Nodes[id]
		for _, m := range n.Succs {
			f(n, m)
		}
	}
}

// marked returns the marks of n's thread that control can pass before n and
// behind it: n itself only if it lies on a cycle.
func (s *Scope) marked(p *positions, n *Node) (before, behind nodeSet) {
	at, w := p.at[s.cycles.comp[n.ID]], p.words[n.Thread.ID]
	return p.sets[at : at+w], p.sets[at+w : at+2*w]
}

func (p *positions) mark(set nodeSet, n *Node) {
	if b := p.bit[n.ID]; b >= 0 {
		set.add(int(b))
	}
}

// position returns the number of n's position, from 1.
func (s *Scope) position(n *Node) int32 {
	p := s.positions()
	if p.of[n.ID] != 0 {
		return p.of[n.ID]
	}
	before, behind := s.marked(p, n)
	key := binary.LittleEndian.AppendUint32(p.key[:0], uint32(n.Thread.ID))
	key = binary.LittleEndian.AppendUint32(key, uint32(inOnceBody(n)))
	if s.synchronises(n) { // an order tells the operation itself from others
		key = binary.LittleEndian.AppendUint32(key, uint32(p.bit[n.ID]))
	}
	for i := range before {
		key = binary.LittleEndian.AppendUint64(key, before[i])
		key = binary.LittleEndian.AppendUint64(key, behind[i])
	}
	id, ok := p.ids[string(key)]
	if !ok {
		id = int32(len(p.ids)) + 1
		p.ids[string(key)] = id
	}
	p.key, p.of[n.ID] = key, id
	return id
}

func (s *Scope) positions() *positions {
	if s.spots == nil {
		s.spots = s.findPositions()
	}
	return s.spots
}

// passes reports whether control can pass the mark m of n's thread before n.
func (s *Scope) passes(m, n *Node) bool {
	if m.Thread != n.Thread {
		return false
	}
	p := s.positions()
	before, _ := s.marked(p, n)
	return before.has(int(p.bit[m.ID]))
}

// inOnceBody returns the number of the innermost frame around n that a Once
// runs, 0 if there is none.
func inOnceBody(n *Node) int {
	for f := n.Frame; f != nil && f.At != nil; f = f.At.Frame {
		if f.At.Ev != nil && f.At.Ev.Kind == models.OnceDo && f.At.inner == f {
			return f.ID
		}
	}
	return 0
}
