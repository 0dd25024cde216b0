// Package a has the basic cases of badunlock.
package a

import "sync"

type server struct {
	mu sync.Mutex
	rw sync.RWMutex
	n  int
}

func (s *server) badTwice(fail bool) {
	s.mu.Lock()
	if fail {
		s.mu.Unlock()
	}
	s.n++
	s.mu.Unlock() // want `s.mu is unlocked again, it was unlocked at a.go:\d+: this crashes the program, or unlocks what another goroutine holds`
}

func (s *server) badDeferToo(fail bool) {
	s.mu.Lock()
	defer s.mu.Unlock() // want `s.mu is unlocked again, it was unlocked at a.go:\d+`
	if fail {
		s.mu.Unlock()
		return
	}
	s.n++
}

func badNever() {
	var mu sync.Mutex
	mu.Unlock() // want `mu is unlocked but was never locked: this crashes the program`
}

func (s *server) badRUnlock() int {
	s.rw.Lock()
	defer s.rw.RUnlock() // want `s.rw is locked at a.go:\d+ and given up by RUnlock: this crashes the program`
	return s.n
}

func (s *server) badUnlock() int {
	s.rw.RLock()
	n := s.n
	s.rw.Unlock() // want `s.rw is read-locked at a.go:\d+ and given up by Unlock: this crashes the program`
	return n
}

func (s *server) badDeferLock() {
	s.mu.Lock()
	defer s.mu.Lock() // want `deferred Lock locks s.mu again at return, held since a.go:\d+: the goroutine blocks itself for ever`
	s.n++
}

func (s *server) badDeferRLock() int {
	s.rw.RLock()
	defer s.rw.RLock() // want `deferred RLock`
	return s.n
}

func (s *server) badDeferRWLock() {
	s.rw.Lock()
	defer s.rw.Lock() // want `deferred Lock locks s.rw again`
	s.n++
}

func (s *server) badLoop(keys []int) {
	for range keys {
		s.mu.Lock()
		defer s.mu.Unlock() // want `this deferred call unlocks s.mu only when the function returns: the next turn of the loop waits for it for ever`
		s.n++
	}
}

func (s *server) badWrapperLoop(keys []int) {
	for range keys {
		s.mu.Lock()
		defer s.unlock() // want `this deferred call unlocks s.mu only when the function returns`
		s.n++
	}
}

func (s *server) unlock() { s.mu.Unlock() }

func badCallee(s *server) {
	s.mu.Lock()
	s.unlock()
	s.unlock() // want `s.mu is unlocked again`
}

func badEmbedded(e *embedded) {
	e.Lock()
	e.RUnlock() // want `e is locked at a.go:\d+ and given up by RUnlock`
}

type embedded struct{ sync.RWMutex }

func badLiteral(s *server) {
	func() {
		s.rw.RLock()
		defer s.rw.Unlock() // want `s.rw is read-locked at .* given up by Unlock`
		s.n++
	}()
}

func badGoroutine(s *server) {
	go func() {
		s.rw.RLock()
		s.n++
		s.rw.Unlock() // want `s.rw is read-locked at .* given up by Unlock`
	}()
}

var global sync.RWMutex

func badGlobal() {
	global.RLock()
	global.Unlock() // want `global is read-locked at .* given up by Unlock`
}

type box[T any] struct {
	rw sync.RWMutex
	v  T
}

func (b *box[T]) badGeneric() T {
	b.rw.RLock()
	defer b.rw.Unlock() // want `b.rw is read-locked at .* given up by Unlock`
	return b.v
}

func badParameter(mu *sync.RWMutex) {
	mu.Lock()
	mu.RUnlock() // want `mu is locked at .* given up by RUnlock`
}

func badMethodValue(mu *sync.RWMutex) {
	unlock := mu.Unlock
	mu.RLock()
	defer unlock() // want `mu is read-locked at .* given up by Unlock`
}

// What is right.

// False reports of others: the two kinds of unlock beside each other, but each in
// the branch of its lock.
func (s *server) okBranches(write bool) {
	if write {
		s.rw.Lock()
	} else {
		s.rw.RLock()
	}
	s.n++
	if write {
		s.rw.Unlock()
	} else {
		s.rw.RUnlock()
	}
}

func (s *server) okReturns(fail bool) {
	s.mu.Lock()
	if fail {
		s.mu.Unlock()
		return
	}
	s.mu.Unlock()
}

// False reports of others: a helper that is called with the lock held.
func (s *server) okCaller() {
	s.mu.Unlock()
	work()
	s.mu.Lock()
}

func (s *server) okCallerDefer() {
	s.mu.Unlock()
	defer s.mu.Lock()
	work()
}

func (s *server) okRelease() { s.mu.Unlock() }

// Deferred in a loop that it ends, or of each turn its own.
func (s *server) okLoopReturn(keys []int) {
	for _, k := range keys {
		if k > 0 {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.n++
			return
		}
	}
}

// Deferred once, in the first turn. (As in grpc-go/interop.)
func (s *server) okLoopOnce(keys []int) {
	locked := false
	for _, k := range keys {
		if !locked {
			s.mu.Lock()
			defer s.mu.Unlock()
			locked = true
		}
		s.n += k
	}
}

// As often as it was taken. (As in a benchmark of grpc-go.)
func okTwoLoops(n int) {
	var mu sync.RWMutex
	i := 0
	for ; i < n; i++ {
		mu.RLock()
	}
	for ; i > 0; i-- {
		mu.RUnlock()
	}
}

func okLoopEach(all []*server) {
	for _, s := range all {
		s.mu.Lock()
		defer s.mu.Unlock()
	}
	work()
}

func okLoopLiteral(s *server, keys []int) {
	for range keys {
		func() {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.n++
		}()
	}
}

// False reports of others: the lock is handed over, another goroutine has locked
// it.
func okHandOff() {
	var mu sync.Mutex
	done := make(chan bool)
	go func() {
		mu.Lock()
		done <- true
	}()
	<-done
	mu.Unlock()
}

func okSignal() {
	var mu sync.Mutex
	mu.Lock()
	go func() {
		work()
		mu.Unlock()
	}()
	mu.Lock()
	mu.Unlock()
}

func (s *server) okUpgrade() {
	s.rw.RLock()
	if s.n > 0 {
		s.rw.RUnlock()
		return
	}
	s.rw.RUnlock()
	s.rw.Lock()
	s.n++
	s.rw.Unlock()
}

// False reports of others: an unlock that is deferred only where the lock is taken.
func (s *server) okDeferConditional(lock bool) {
	if lock {
		s.mu.Lock()
		defer s.mu.Unlock()
	}
	s.n++
}

func (s *server) okRecursive() {
	s.rw.RLock()
	s.rw.RLock()
	s.rw.RUnlock()
	s.rw.RUnlock()
}

func okTry(mu *sync.Mutex) {
	if mu.TryLock() {
		mu.Unlock()
	}
}

// False reports of others: methods of these names, of a type that is no lock.
type door struct{ open bool }

func (d *door) Lock()   { d.open = false }
func (d *door) Unlock() { d.open = true }

func okDoor(d *door) {
	d.Unlock()
	d.Unlock()
	defer d.Lock()
}

func work() {}

// Known misses.

// Its callers may hold the lock, or may not.
func (s *server) fnUnknown(fail bool) {
	if !fail {
		s.mu.Lock()
	}
	s.mu.Unlock()
}
