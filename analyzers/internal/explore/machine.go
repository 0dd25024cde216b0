package explore

import "github.com/concvet/concvet/analyzers/internal/scope"

// An OpKind is what a step does to its object.
type OpKind uint8

// The kinds of step.
const (
	Skip       OpKind = iota // nothing: control only
	Default                  // nothing, if no other operation of the position is possible
	Make                     // a new object in place of the one that the goroutine has had so far
	Send                     // channel
	Recv                     // channel: receive a value
	RecvClosed               // channel: find it closed
	Close                    // channel
	Arrive                   // lock: come to wait for it exclusively, in the position that follows; readers must then wait
	Cancel                   // channel of a context: close it unless it is closed
	Lock                     // lock: take it exclusively
	RLock                    // lock: take it shared, behind writers that already wait
	Unlock                   // lock: give up exclusive hold
	RUnlock                  // lock: give up shared hold
	Add                      // WaitGroup: add N, which may be negative
	Wait                     // WaitGroup: wait for zero
	Woken                    // cond: wait for Signal or Broadcast
	Signal                   // cond: wake one, if any
	Broadcast                // cond: wake all
	OnceBegin                // once: be the first
	OnceSkip                 // once: find it done
	OnceEnd                  // once: have it done
)

// An ObjKind says which operations an object has.
type ObjKind uint8

// The kinds of object.
const (
	Chan ObjKind = iota
	Mutex
	RWMutex
	WaitGroup
	Cond
	Once
)

// Unbounded is the capacity of a channel that is never full.
const Unbounded = 1 << 20

// An Object is a primitive of a machine.
type Object struct {
	Kind ObjKind
	Cap  int  // of a channel
	Many bool // Make makes more of them; without, there is one from the start
}

// A Machine is a program over fully known primitives.
type Machine struct {
	Objects []Object
	Codes   []*Code // Codes[0] is what the first goroutine runs
	// Exits says that the process ends with the first goroutine: others that
	// are then left waiting for a message do no harm.
	Exits bool
	// Test says that the first goroutine runs a test: others that are left
	// with nothing to receive do no harm.
	Test bool

	slots []int // by object: its first slot in a state
	total int   // slots
	envs  []int // by object: its number among those that are many, -1 for others
}

// A Code is what the goroutines of one kind do: they start at position 0.
type Code struct {
	Pos    []Pos
	Thread *scope.Thread
	future []reach // by position
}

// A Pos is a point where a goroutine has a choice or may have to wait.
// Without alternatives the goroutine ends there.
type Pos struct {
	Alts  []Alt
	Crash bool // the process or the test ends: what comes after does not count
	Node  *scope.Node
}

// An Alt is one way to go on.
type Alt struct {
	Op     OpKind
	Obj    int
	N      int
	Next   int         // position
	Start  int         // code of the goroutine that is started, 0 for none
	Cost   int         // how little the choice is to be believed
	Late   Patience    // how much else must come first
	Node   *scope.Node // where it is in the scope
	Branch *scope.Node // the branch whose direction this is, if it is one
}

// A Patience says when a step happens that may have to wait for what the
// machine does not know.
type Patience uint8

// The degrees of patience.
const (
	Now   Patience = iota // at any time
	Late                  // when nothing else can happen
	Slept                 // when not even late steps can: time has passed
)

// reach is what can still be done to objects from a point on, by its goroutine
// and those that it starts. Bit i is object i.
type reach struct {
	touch uint64 // any operation
	give  uint64 // one that lets waiting operations go on: all but for room
	room  uint64 // one that lets a send go on
}

func (r *reach) add(x reach) bool {
	old := *r
	r.touch |= x.touch
	r.give |= x.give
	r.room |= x.room
	return *r != old
}

// maxObjects bounds the objects of a machine.
const maxObjects = 64

// maxMany bounds the objects that a goroutine has its own instances of, and
// perMany how many of each there are at a time.
const (
	maxMany = 6
	perMany = 6
)

// prepare computes what the search needs. It reports whether the machine keeps
// the bounds.
func (m *Machine) prepare() bool {
	if len(m.Objects) > maxObjects {
		return false
	}
	many := 0
	m.slots, m.envs, m.total = make([]int, len(m.Objects)), make([]int, len(m.Objects)), 0
	for i, o := range m.Objects {
		m.slots[i], m.envs[i] = m.total, -1
		m.total++
		if o.Many {
			m.envs[i] = many
			many++
			m.total += perMany - 1
		}
	}
	m.futures()
	return many <= maxMany
}

// futures computes what is reachable from each position, as the least fixpoint.
func (m *Machine) futures() {
	for _, c := range m.Codes {
		c.future = make([]reach, len(c.Pos))
	}
	for changed := true; changed; {
		changed = false
		for _, c := range m.Codes {
			for p := len(c.Pos) - 1; p >= 0; p-- {
				for i := range c.Pos[p].Alts {
					a := &c.Pos[p].Alts[i]
					r := a.effect()
					r.add(c.future[a.Next])
					if a.Start > 0 {
						r.add(m.Codes[a.Start].future[0])
					}
					changed = c.future[p].add(r) || changed
				}
			}
		}
	}
}

// effect returns what one operation can do for others.
func (a *Alt) effect() reach {
	bit := uint64(1) << a.Obj
	switch a.Op {
	case Skip, Default, Make:
		return reach{}
	case Recv, RecvClosed:
		return reach{touch: bit, room: bit}
	case Close:
		return reach{touch: bit, give: bit, room: bit}
	case Send, Cancel, Unlock, RUnlock, Signal, Broadcast, OnceEnd:
		return reach{touch: bit, give: bit}
	case Add:
		if a.N < 0 {
			return reach{touch: bit, give: bit}
		}
	}
	return reach{touch: bit}
}

// quiet reports whether no other goroutine can tell whether the operation has
// happened yet, or be hindered by it. Giving up what one holds is so: until
// then others only wait.
func (a *Alt) quiet() bool {
	switch a.Op {
	case Skip, Make:
		return a.Late == Now
	case Unlock, RUnlock, OnceEnd:
		return true
	case Add:
		return a.N < 0
	}
	return false
}
