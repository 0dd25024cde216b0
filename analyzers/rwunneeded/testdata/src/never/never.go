// Package never has RWMutexes that nobody read-locks.
package never

import "sync"

type badSet struct {
	mu sync.RWMutex
	m  map[string]bool
}

func (s *badSet) add(k string) {
	s.mu.Lock() // want `s.mu is an RWMutex that nothing read-locks: a Mutex does the same and is faster`
	defer s.mu.Unlock()
	s.m[k] = true
}

func (s *badSet) has(k string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.m[k]
}

var globalMu sync.RWMutex

var global int

func badGlobal() {
	globalMu.Lock() // want `globalMu is an RWMutex that nothing read-locks`
	global++
	globalMu.Unlock()
}

type okShared struct {
	shared sync.RWMutex
	n      int
}

func (s *okShared) inc() {
	s.shared.Lock()
	s.n++
	s.shared.Unlock()
}

func (s *okShared) get() int {
	s.shared.RLock()
	defer s.shared.RUnlock()
	return s.n
}

type okLocker struct {
	lent sync.RWMutex
	n    int
}

func (s *okLocker) inc() {
	s.lent.Lock()
	s.n++
	s.lent.Unlock()
}

func (s *okLocker) readLock() sync.Locker { return s.lent.RLocker() }

// Others can read-lock it.
type OkExported struct {
	Mu sync.RWMutex
	n  int
}

func (s *OkExported) inc() {
	s.Mu.Lock()
	s.n++
	s.Mu.Unlock()
}

type okEmbedded struct {
	sync.RWMutex
	n int
}

func (s *okEmbedded) inc() {
	s.Lock()
	s.n++
	s.Unlock()
}

type okMutex struct {
	plain sync.Mutex
	n     int
}

func (s *okMutex) inc() {
	s.plain.Lock()
	s.n++
	s.plain.Unlock()
}

// The one half locks, the other reads.
func okParameter(mu *sync.RWMutex, n *int) {
	mu.Lock()
	*n++
	mu.Unlock()
}

func okPassed(n *int) {
	var mu sync.RWMutex
	mu.Lock()
	okParameter(&mu, n)
	mu.Unlock()
}

func badLocal() (n int) {
	var mu sync.RWMutex
	done := make(chan bool)
	go func() {
		mu.Lock() // want `mu is an RWMutex that nothing read-locks`
		n++
		mu.Unlock()
		close(done)
	}()
	<-done
	return n
}
