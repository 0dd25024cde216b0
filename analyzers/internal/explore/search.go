package explore

import "github.com/concvet/concvet/analyzers/internal/scope"

// Bounds of a search. Past them it gives up and says nothing.
const (
	maxStates = 2500
	maxGors   = 12
	maxCost   = 3 // more is not told apart
	believed  = 1 // what a schedule that is reported may cost
)

// A search visits the states of a machine, cheapest schedules first and among
// these the shortest.
type search struct {
	m       *Machine
	nodes   []visit
	seen    map[string]int
	queues  [maxCost + 1][]int
	limit   int                  // more costly schedules are left out
	cut     bool                 // some were
	over    bool                 // a bound was hit
	done    bool                 // a schedule was found in which everybody ends
	stuck   []stuck              // the cheapest for each blocked operation
	blocked map[*scope.Node]bool // what has been found blocked for ever
	buf     []byte
}

// A visit is a state and how the search got to it.
type visit struct {
	s      state
	parent int
	mv     move
	from   []int
	cost   int
	closed bool
}

// A stuck is a state in which goroutines are blocked for ever.
type stuck struct {
	node int
	gors []int // the blocked ones, in the order of the state
}

// run searches the states within the bounds that schedules of at most the given
// cost lead to.
func (m *Machine) run(limit int) *search {
	x := &search{m: m, limit: limit, seen: map[string]int{}, blocked: map[*scope.Node]bool{}}
	s, from, ok := m.settle(m.start(), []int{0})
	if !ok {
		return x
	}
	x.visit(visit{s: s, parent: -1, from: from})
	for !x.over {
		n := x.next()
		if n < 0 {
			break
		}
		x.expand(n)
	}
	return x
}

// next takes the cheapest state that has not been expanded, -1 if there is none.
func (x *search) next() int {
	for c := range x.queues {
		for len(x.queues[c]) > 0 {
			n := x.queues[c][0]
			x.queues[c] = x.queues[c][1:]
			if v := &x.nodes[n]; !v.closed && v.cost == c {
				v.closed = true
				return n
			}
		}
	}
	return -1
}

// visit adds a state, or a cheaper way to it. It reports whether the state is
// new.
func (x *search) visit(v visit) bool {
	v.cost = min(v.cost, maxCost)
	if v.cost > x.limit {
		x.cut = true
		return false
	}
	x.buf = v.s.key(x.buf[:0])
	n, ok := x.seen[string(x.buf)]
	switch {
	case !ok:
		n = len(x.nodes)
		if len(v.s.gors) > maxGors {
			x.cut = true
			return false
		}
		if n >= maxStates {
			x.over = true
			return false
		}
		x.seen[string(x.buf)] = n
		x.nodes = append(x.nodes, v)
	case x.nodes[n].cost > v.cost && !x.nodes[n].closed:
		x.nodes[n].parent, x.nodes[n].mv, x.nodes[n].from, x.nodes[n].cost = v.parent, v.mv, v.from, v.cost
	default:
		return false
	}
	x.queues[v.cost] = append(x.queues[v.cost], n)
	return !ok
}

// expand visits the states after one.
func (x *search) expand(n int) {
	s := &x.nodes[n].s
	if len(s.gors) == 0 {
		x.done = true
		return
	}
	if dead := x.m.dead(s); len(dead) > 0 {
		x.found(n, dead)
		return
	}
	moves := x.m.moves(s, Now)
	for late := Late; late <= Slept && len(moves) == 0; late++ {
		moves = x.m.moves(s, late)
	}
	if i := x.m.alone(s, moves); i >= 0 {
		fresh := false
		for _, mv := range moves {
			if mv.i == i {
				fresh = x.step(n, mv) || fresh
			}
		}
		if fresh {
			return // else it may go round for ever, and others must have their turn
		}
	}
	for _, mv := range moves {
		x.step(n, mv)
	}
}

func (x *search) step(n int, mv move) bool {
	v := &x.nodes[n]
	s, from, ok := x.m.apply(&v.s, mv)
	if !ok {
		return false
	}
	cost := v.cost + mv.a.Cost
	if mv.j >= 0 {
		cost += mv.b.Cost
	}
	return x.visit(visit{s: s, parent: n, mv: mv, from: from, cost: cost})
}

// found notes a state in which goroutines are blocked for ever, if one of them
// is so for the first time.
func (x *search) found(n int, dead []int) {
	fresh := false
	for _, i := range dead {
		p := x.m.pos(&x.nodes[n].s.gors[i])
		if p.Node == nil || !x.blocked[p.Node] {
			x.blocked[p.Node], fresh = true, true
		}
	}
	if fresh {
		x.stuck = append(x.stuck, stuck{n, dead})
	}
}

// moves lists what can happen in a state of the steps with one patience.
func (m *Machine) moves(s *state, late Patience) []move {
	var out []move
	for i := range s.gors {
		if i > 0 && s.gors[i] == s.gors[i-1] {
			continue // does what the one before does
		}
		p := m.pos(&s.gors[i])
		for k := range p.Alts {
			a := &p.Alts[k]
			if a.Late != late {
				continue
			}
			met := false
			m.partners(s, i, a, func(j int, b *Alt) bool {
				met = true
				if a.Op != Recv { // from the side of the sender or signaller
					out = append(out, move{i, a, j, b})
				}
				return true
			})
			if !met && m.possible(s, i, a) {
				out = append(out, move{i, a, -1, nil})
			}
		}
	}
	return out
}

// alone returns a goroutine whose steps can be taken before all others',
// because no other can notice them or get in their way; -1 if there is none.
func (m *Machine) alone(s *state, moves []move) int {
	for k, mv := range moves {
		if k > 0 && moves[k-1].i == mv.i || mv.j >= 0 {
			continue
		}
		if m.private(s, mv.i) {
			return mv.i
		}
	}
	return -1
}

// private reports whether all that goroutine i can do next is of no concern to
// the others.
func (m *Machine) private(s *state, i int) bool {
	p := m.pos(&s.gors[i])
	for k := range p.Alts {
		a := &p.Alts[k]
		if a.quiet() {
			continue
		}
		if a.Op == Skip || a.Op == Default || m.shared(s, i, a) {
			return false
		}
	}
	return true
}

// shared reports whether another goroutine may yet use the object of a.
func (m *Machine) shared(s *state, i int, a *Alt) bool {
	at := m.slot(&s.gors[i], a.Obj)
	for j := range s.gors {
		if j != i && m.future(&s.gors[j]).touch&(1<<a.Obj) != 0 && m.slot(&s.gors[j], a.Obj) == at {
			return true
		}
	}
	return false
}

// dead returns the goroutines that are blocked for ever: nobody who is not
// blocked for ever himself can still do what one of them waits for.
func (m *Machine) dead(s *state) []int {
	var out []int
	for i := range s.gors {
		if m.blocked(s, i) {
			out = append(out, i)
		}
	}
	for changed := len(out) > 0; changed; {
		changed = false
		for k := 0; k < len(out); k++ {
			if m.rescued(s, out[k], out) {
				out = append(out[:k], out[k+1:]...)
				changed = true
				k--
			}
		}
	}
	if (m.Exits || m.Test) && !m.serious(s, out) {
		return nil
	}
	return out
}

// rescued reports whether a goroutine not among dead can let i go on.
func (m *Machine) rescued(s *state, i int, dead []int) bool {
	p := m.pos(&s.gors[i])
	for j, d := 0, 0; j < len(s.gors); j++ {
		if d < len(dead) && dead[d] == j {
			d++
			continue
		}
		f := m.future(&s.gors[j])
		for k := range p.Alts {
			a := &p.Alts[k]
			if a.Op == Skip || a.Op == Default {
				continue
			}
			can := f.give
			if a.Op == Send {
				can = f.room
			}
			if can&(1<<a.Obj) != 0 && m.slot(&s.gors[i], a.Obj) == m.slot(&s.gors[j], a.Obj) {
				return true
			}
		}
	}
	return false
}

// serious reports whether goroutines blocked in a program or test that is going
// to end are more than idle: the first one is, or one waits for a lock or
// WaitGroup, or, in a test, to get rid of a message.
func (m *Machine) serious(s *state, dead []int) bool {
	for _, i := range dead {
		if s.gors[i].code == 0 {
			return true
		}
		switch m.pos(&s.gors[i]).Alts[0].Op {
		case Lock, RLock, Wait:
			return true
		case Send:
			if m.Test {
				return true
			}
		}
	}
	return false
}
