package explore

import "testing"

// A script is the code of one goroutine of a hand-made machine, each operation
// followed by the next.
func script(ops ...Alt) *Code {
	c := &Code{}
	for i, a := range ops {
		if a.Next == 0 {
			a.Next = i + 1
		}
		c.Pos = append(c.Pos, Pos{Alts: []Alt{a}})
	}
	c.Pos = append(c.Pos, Pos{})
	return c
}

// choose makes position p of c a choice between what it is and more.
func (c *Code) choose(p int, more ...Alt) *Code {
	for _, a := range more {
		if a.Next == 0 {
			a.Next = p + 1
		}
		c.Pos[p].Alts = append(c.Pos[p].Alts, a)
	}
	return c
}

func op(k OpKind, obj int) Alt { return Alt{Op: k, Obj: obj} }
func add(obj, n int) Alt       { return Alt{Op: Add, Obj: obj, N: n} }
func start(code int) Alt       { return Alt{Op: Skip, Start: code} }

// spawner is a first goroutine that starts codes 1 to n and ends.
func spawner(n int) *Code {
	var ops []Alt
	for i := range n {
		ops = append(ops, start(i+1))
	}
	return script(ops...)
}

func unbuffered() Object      { return Object{Kind: Chan} }
func buffered(n int) Object   { return Object{Kind: Chan, Cap: n} }
func object(k ObjKind) Object { return Object{Kind: k} }

func TestSearch(t *testing.T) {
	for _, tt := range []struct {
		name    string
		objects []Object
		codes   []*Code
		dead    bool // goroutines can block for ever
		done    bool // everybody can end
	}{
		{"unbuffered send without receiver", []Object{unbuffered()}, []*Code{script(op(Send, 0))}, true, false},
		{"unbuffered pair", []Object{unbuffered()}, []*Code{script(start(1), op(Recv, 0)), script(op(Send, 0))}, false, true},
		{"two senders, one receive", []Object{unbuffered()},
			[]*Code{script(start(1), start(1), op(Recv, 0)), script(op(Send, 0))}, true, false},
		{"two senders, one slot, one receive", []Object{buffered(1)},
			[]*Code{script(start(1), start(1), op(Recv, 0)), script(op(Send, 0))}, false, true},
		{"full buffer", []Object{buffered(1)}, []*Code{script(op(Send, 0), op(Send, 0))}, true, false},
		{"receive from closed", []Object{unbuffered()}, []*Code{script(start(1), op(RecvClosed, 0)), script(op(Close, 0))}, false, true},
		{"buffered value before close", []Object{buffered(1)},
			[]*Code{script(op(Send, 0), op(Close, 0), op(RecvClosed, 0))}, true, false},
		{"select with default never blocks", []Object{unbuffered()}, []*Code{script(op(Send, 0)).choose(0, op(Default, 0))}, false, true},
		{"send or quit", []Object{unbuffered(), unbuffered()},
			[]*Code{script(start(1), op(Close, 1)), script(op(Send, 0)).choose(0, op(RecvClosed, 1))}, false, true},
		{"lock twice", []Object{object(Mutex)}, []*Code{script(op(Lock, 0), op(Lock, 0))}, true, false},
		{"lock and unlock", []Object{object(Mutex)},
			[]*Code{script(start(1), op(Lock, 0), op(Unlock, 0)), script(op(Lock, 0), op(Unlock, 0))}, false, true},
		{"unlocked by another", []Object{object(Mutex)},
			[]*Code{script(op(Lock, 0), start(1), op(Lock, 0)), script(op(Unlock, 0))}, false, true},
		{"opposite orders", []Object{object(Mutex), object(Mutex)},
			[]*Code{spawner(2), script(op(Lock, 0), op(Lock, 1), op(Unlock, 1), op(Unlock, 0)),
				script(op(Lock, 1), op(Lock, 0), op(Unlock, 0), op(Unlock, 1))}, true, true},
		{"recursive read lock alone", []Object{object(RWMutex)},
			[]*Code{script(op(RLock, 0), op(RLock, 0), op(RUnlock, 0), op(RUnlock, 0))}, false, true},
		{"recursive read lock with a writer", []Object{object(RWMutex)},
			[]*Code{spawner(2), script(op(RLock, 0), op(RLock, 0), op(RUnlock, 0), op(RUnlock, 0)),
				script(op(Arrive, 0), op(Lock, 0), op(Unlock, 0))}, true, true},
		{"upgrade", []Object{object(RWMutex)}, []*Code{script(op(RLock, 0), op(Arrive, 0), op(Lock, 0))}, true, false},
		{"readers share", []Object{object(RWMutex), unbuffered()},
			[]*Code{spawner(2), script(op(RLock, 0), op(Send, 1), op(RUnlock, 0)), script(op(RLock, 0), op(Recv, 1), op(RUnlock, 0))}, false, true},
		{"WaitGroup", []Object{object(WaitGroup)},
			[]*Code{script(add(0, 2), start(1), start(1), op(Wait, 0)), script(add(0, -1))}, false, true},
		{"WaitGroup one short", []Object{object(WaitGroup)},
			[]*Code{script(add(0, 2), start(1), op(Wait, 0)), script(add(0, -1))}, true, false},
		{"WaitGroup reused", []Object{object(WaitGroup)},
			[]*Code{script(add(0, 1), start(1), op(Wait, 0), add(0, 1), start(1), op(Wait, 0)), script(add(0, -1))}, false, true},
		{"Done of nothing is no deadlock but a crash", []Object{object(WaitGroup)}, []*Code{script(add(0, -1), op(Wait, 0))}, false, false},
		{"lost wake-up", []Object{object(Mutex), object(Cond)},
			[]*Code{spawner(2), script(op(Lock, 0), op(Unlock, 0), op(Woken, 1), op(Lock, 0), op(Unlock, 0)),
				script(op(Lock, 0), op(Signal, 1), op(Unlock, 0))}, true, true},
		{"one signal, two waiters", []Object{object(Mutex), object(Cond)},
			[]*Code{script(start(1), start(1), start(2)), script(op(Lock, 0), op(Unlock, 0), op(Woken, 1), op(Lock, 0), op(Unlock, 0)),
				script(op(Lock, 0), op(Signal, 1), op(Unlock, 0))}, true, false},
		{"broadcast wakes all", []Object{object(Mutex), object(Cond)},
			[]*Code{script(start(1), start(1), start(2)), script(op(Lock, 0), op(Unlock, 0), op(Woken, 1), op(Lock, 0), op(Unlock, 0)),
				script(op(Lock, 0), op(Broadcast, 1), op(Unlock, 0))}, true, true},
		{"once waits for the first", []Object{object(Once), unbuffered()},
			[]*Code{script(start(1), start(1), op(Recv, 1)),
				script(op(OnceBegin, 0), op(Send, 1), op(OnceEnd, 0)).choose(0, Alt{Op: OnceSkip, Next: 3})}, false, true},
		{"once inside itself", []Object{object(Once)},
			[]*Code{script(op(OnceBegin, 0), op(OnceBegin, 0), op(OnceEnd, 0)).choose(1, op(OnceSkip, 0))}, true, false},
		{"close twice is a crash", []Object{unbuffered()}, []*Code{script(op(Close, 0), op(Close, 0), op(Recv, 0))}, false, false},
		{"send on closed is a crash", []Object{unbuffered()}, []*Code{script(op(Close, 0), op(Send, 0))}, false, false},
		{"somebody alive can still send", []Object{unbuffered()},
			[]*Code{script(start(1), Alt{Op: Skip, Next: 1}).choose(1, Alt{Op: Send, Next: 2}), script(op(Recv, 0))}, false, true},
		{"each round has its own channel", []Object{{Kind: Chan, Many: true}},
			[]*Code{script(op(Skip, 0), op(Make, 0), start(1), Alt{Op: Recv, Next: 1}), script(op(Send, 0))}, false, false},
		{"each round leaves its sender", []Object{{Kind: Chan, Many: true}},
			[]*Code{script(op(Make, 0), start(1), op(Skip, 0)).choose(2, op(Recv, 0)), script(op(Send, 0))}, true, true},
		{"late steps come last", []Object{unbuffered()},
			[]*Code{script(start(1), Alt{Op: Skip, Late: Late}, op(Send, 0)).choose(2, op(Default, 0)), script(op(Recv, 0))}, false, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := &Machine{Objects: tt.objects, Codes: tt.codes}
			if !m.prepare() {
				t.Fatal("over the bounds")
			}
			x := m.run(maxCost)
			if x.over {
				t.Errorf("gave up after %d states", len(x.nodes))
			}
			if got := len(x.stuck) > 0; got != tt.dead {
				t.Errorf("blocks for ever: %v, want %v", got, tt.dead)
			}
			if x.done != tt.done {
				t.Errorf("all can end: %v, want %v", x.done, tt.done)
			}
		})
	}
}

// TestExit checks that goroutines left with a receive at the end of the program
// are not reported, but those that wait for a lock are.
func TestExit(t *testing.T) {
	for _, tt := range []struct {
		name string
		obj  Object
		last *Code
		dead bool
	}{
		{"idle receiver", unbuffered(), script(op(Recv, 0)), false},
		{"lock twice", object(Mutex), script(op(Lock, 0), op(Lock, 0)), true},
	} {
		m := &Machine{Objects: []Object{tt.obj}, Codes: []*Code{script(start(1), op(Skip, 0)), tt.last}, Exits: true}
		m.prepare()
		if x := m.run(maxCost); (len(x.stuck) > 0) != tt.dead {
			t.Errorf("%s: blocks for ever: %v, want %v", tt.name, !tt.dead, tt.dead)
		}
	}
}
