// Package annotated has the annotations of gVisor's checklocks.
package annotated

import "sync"

type account struct {
	mu sync.Mutex
	// +checklocks:mu
	balance int
	owner   string
}

func (a *account) deposit(n int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.balance += n
	a.note()
}

func (a *account) badPeek() int {
	return a.balance // want "a.balance is read without mu, which its declaration says guards it"
}

// Peek is called by anybody.
func (a *account) Peek() int { return a.badPeek() }

// note needs the lock.
//
// +checklocks:a.mu
func (a *account) note() { a.balance-- }

func (a *account) BadNote() {
	a.note() // want "note is called without mu, which its annotation asks for: what it does is not guarded against other goroutines"
}

func (a *account) OkOwner() string { return a.owner }

// read needs it at least for reading.
//
// +checklocksread:s.mu
func (s *shared) read() int { return s.n }

type shared struct {
	mu sync.RWMutex
	n  int // +checklocks:mu
}

func (s *shared) OkRead() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.read()
}

func (s *shared) BadRead() int {
	return s.read() // want "read is called without mu, which its annotation asks for"
}

// total needs the lock of a parameter.
//
// +checklocks:s.mu
func total(s *shared) int { return s.n }

func BadTotal(s *shared) int {
	return total(s) // want "total is called without mu, which its annotation asks for"
}

func OkTotal(s *shared) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return total(s)
}

// OkIgnored is not looked at.
//
// +checklocksignore
func (s *shared) OkIgnored() int { return s.n }

func OkNew() *shared {
	s := &shared{}
	s.n = 1
	_ = total(s)
	return s
}
