package explore

import (
	"cmp"
	"slices"
)

// A gor is a live goroutine of a state.
type gor struct {
	code, pc int32
	env      [maxMany]uint8 // which of the objects of each kind that is many it has
}

// A cell is the state of one object.
type cell struct {
	n    int16 // channel: length; lock: readers; WaitGroup: counter
	flag uint8 // channel: closed; lock: held exclusively; once: 1 running, 2 done
}

// A state is where all goroutines and objects are. Which goroutine holds a lock
// does not matter: Go lets any unlock it.
type state struct {
	gors  []gor // sorted: goroutines of one kind that are at one point are the same
	cells []cell
}

func (m *Machine) start() state {
	return state{gors: []gor{{}}, cells: make([]cell, m.total)}
}

// slot returns the cell of object obj as goroutine g sees it.
func (m *Machine) slot(g *gor, obj int) int {
	if e := m.envs[obj]; e >= 0 {
		return m.slots[obj] + int(g.env[e])
	}
	return m.slots[obj]
}

func (m *Machine) pos(g *gor) *Pos { return &m.Codes[g.code].Pos[g.pc] }

// can returns what g may still do, in terms of its own instances of objects.
func (m *Machine) future(g *gor) *reach { return &m.Codes[g.code].future[g.pc] }

// possible reports whether operation a of goroutine i can be done by itself: a
// send or receive that needs a partner is asked for in [Machine.partners].
func (m *Machine) possible(s *state, i int, a *Alt) bool {
	switch a.Op {
	case Skip, Make, Arrive, Cancel, Signal, Broadcast, Close, Unlock, RUnlock, Add, OnceEnd:
		return true
	case Default:
		return !m.others(s, i)
	case Woken:
		return false
	}
	c := &s.cells[m.slot(&s.gors[i], a.Obj)]
	switch a.Op {
	case Send:
		return c.flag != 0 || int(c.n) < m.Objects[a.Obj].Cap
	case Recv:
		return c.n > 0
	case RecvClosed:
		return c.flag != 0 && c.n == 0
	case Lock:
		return c.flag == 0 && c.n == 0
	case RLock:
		return c.flag == 0 && !m.pending(s, i, a)
	case Wait:
		return c.n == 0
	case OnceBegin:
		return c.flag == 0
	case OnceSkip:
		return c.flag == 2
	}
	return false
}

// others reports whether a select with a default can do anything else.
func (m *Machine) others(s *state, i int) bool {
	p := m.pos(&s.gors[i])
	for k := range p.Alts {
		a := &p.Alts[k]
		if a.Op != Default && a.Op != Skip && (m.possible(s, i, a) || m.hasPartner(s, i, a)) {
			return true
		}
	}
	return false
}

// pending reports whether a writer waits for the lock that goroutine i wants to
// read-lock: it then goes first.
func (m *Machine) pending(s *state, i int, a *Alt) bool {
	at := m.slot(&s.gors[i], a.Obj)
	for j := range s.gors {
		p := m.pos(&s.gors[j])
		if j != i && len(p.Alts) == 1 && p.Alts[0].Op == Lock && p.Alts[0].Obj == a.Obj && m.slot(&s.gors[j], a.Obj) == at {
			return true
		}
	}
	return false
}

// meets reports whether b completes a: a send and a receive of an unbuffered
// channel, a signal and a waiter.
func meets(a, b *Alt) bool {
	return a.Obj == b.Obj && (a.Op == Send && b.Op == Recv || a.Op == Recv && b.Op == Send ||
		a.Op == Signal && b.Op == Woken)
}

// partner calls f for each goroutine and alternative that can complete a of
// goroutine i, until f returns false.
func (m *Machine) partners(s *state, i int, a *Alt, f func(j int, b *Alt) bool) {
	switch a.Op {
	case Send, Recv:
		c := &s.cells[m.slot(&s.gors[i], a.Obj)]
		if m.Objects[a.Obj].Cap > 0 || c.flag != 0 {
			return
		}
	case Signal:
	default:
		return
	}
	at := m.slot(&s.gors[i], a.Obj)
	for j := range s.gors {
		if j == i || m.slot(&s.gors[j], a.Obj) != at {
			continue
		}
		p := m.pos(&s.gors[j])
		for k := range p.Alts {
			if meets(a, &p.Alts[k]) && !f(j, &p.Alts[k]) {
				return
			}
		}
	}
}

func (m *Machine) hasPartner(s *state, i int, a *Alt) bool {
	found := false
	m.partners(s, i, a, func(int, *Alt) bool { found = true; return false })
	return found
}

// blocked reports whether goroutine i cannot go on by itself nor with another.
func (m *Machine) blocked(s *state, i int) bool {
	p := m.pos(&s.gors[i])
	for k := range p.Alts {
		if a := &p.Alts[k]; m.possible(s, i, a) || m.hasPartner(s, i, a) {
			return false
		}
	}
	return len(p.Alts) > 0
}

// A move is one step of one goroutine, or of two that meet.
type move struct {
	i int
	a *Alt
	j int // the partner's, -1 if there is none
	b *Alt
}

// apply returns the state after a move and where each goroutine of it comes
// from: its number in s, or -1 for one that was started. If the process ends by
// the move, ok is false.
func (m *Machine) apply(s *state, mv move) (out state, from []int, ok bool) {
	out = state{gors: slices.Clone(s.gors), cells: slices.Clone(s.cells)}
	g := &out.gors[mv.i]
	if mv.j >= 0 {
		out.gors[mv.j].pc = int32(mv.b.Next)
	} else if !m.effect(&out, mv.i, mv.a) {
		return out, nil, false
	}
	g.pc = int32(mv.a.Next)
	from = make([]int, len(out.gors), len(out.gors)+1)
	for i := range from {
		from[i] = i
	}
	if mv.a.Start > 0 {
		out.gors, from = append(out.gors, gor{code: int32(mv.a.Start), env: g.env}), append(from, -1)
	}
	return m.settle(out, from)
}

// settle drops goroutines that have ended and puts the others in order.
func (m *Machine) settle(out state, from []int) (state, []int, bool) {
	order := make([]int, 0, len(out.gors))
	for i := range out.gors {
		p := m.pos(&out.gors[i])
		if p.Crash {
			return out, nil, false
		}
		if len(p.Alts) > 0 {
			order = append(order, i)
		} else if out.gors[i].code == 0 && m.Exits {
			return out, nil, false
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return compare(&out.gors[a], &out.gors[b]) })
	gors, origin := make([]gor, len(order)), make([]int, len(order))
	for k, i := range order {
		gors[k], origin[k] = out.gors[i], from[i]
	}
	out.gors = gors
	return out, origin, true
}

func compare(a, b *gor) int {
	return cmp.Or(cmp.Compare(a.code, b.code), cmp.Compare(a.pc, b.pc), slices.Compare(a.env[:], b.env[:]))
}

// saturated is the length of a channel, or counter of a WaitGroup, past which
// the search does not count.
const saturated = 100

// effect does operation a of goroutine i to its object. It reports whether the
// program survives it.
func (m *Machine) effect(s *state, i int, a *Alt) bool {
	if a.Op == Skip || a.Op == Default {
		return true
	}
	if a.Op == Make {
		return m.remake(s, i, a.Obj)
	}
	at := m.slot(&s.gors[i], a.Obj)
	c := &s.cells[at]
	switch a.Op {
	case Send:
		c.n++
		return c.flag == 0 && c.n <= saturated
	case Recv:
		c.n--
	case Close:
		c.flag++
		return c.flag == 1
	case Lock, Cancel:
		c.flag = 1
	case RLock:
		c.n++
	case Unlock:
		c.flag--
		return c.flag == 0
	case RUnlock:
		c.n--
		return c.n >= 0
	case Add:
		c.n += int16(a.N)
		return 0 <= c.n && c.n <= saturated
	case Broadcast:
		m.wakeAll(s, i, a.Obj)
	case OnceBegin:
		c.flag = 1
	case OnceEnd:
		c.flag = 2
	}
	return true
}

func (m *Machine) wakeAll(s *state, i, obj int) {
	at := m.slot(&s.gors[i], obj)
	for j := range s.gors {
		p := m.pos(&s.gors[j])
		if j != i && len(p.Alts) == 1 && p.Alts[0].Op == Woken && p.Alts[0].Obj == obj && m.slot(&s.gors[j], obj) == at {
			s.gors[j].pc = int32(p.Alts[0].Next)
		}
	}
}

// remake gives goroutine i a new object, in the first cell that nobody else
// has. It fails, which ends the search here, if there is none.
func (m *Machine) remake(s *state, i, obj int) bool {
	e := m.envs[obj]
	if e < 0 {
		return true
	}
	var used [perMany]bool
	for j := range s.gors {
		if j != i {
			used[s.gors[j].env[e]] = true
		}
	}
	for k := range used {
		if !used[k] {
			s.gors[i].env[e] = uint8(k)
			s.cells[m.slots[obj]+k] = cell{}
			return true
		}
	}
	return false
}

// key identifies a state.
func (s *state) key(buf []byte) []byte {
	for i := range s.gors {
		g := &s.gors[i]
		buf = append(buf, byte(g.code), byte(g.pc), byte(g.pc>>8))
		buf = append(buf, g.env[:]...)
	}
	buf = append(buf, 0xff)
	for _, c := range s.cells {
		buf = append(buf, byte(c.n), c.flag)
	}
	return buf
}
