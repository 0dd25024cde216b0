// Package kind has a kind of lock.
package kind

import "sync"

// A Lock counts its holders.
type Lock struct {
	mu sync.Mutex
	n  int
}

// Lock locks.
func (l *Lock) Lock() {
	l.mu.Lock()
	l.n++
}

// Unlock unlocks.
func (l *Lock) Unlock() { l.mu.Unlock() }
