// Package b has a lock of its own.
package b

import "sync"

// A Mutex counts how often it was taken.
type Mutex struct {
	mu    sync.Mutex
	taken int
}

// Lock takes m.
func (m *Mutex) Lock() {
	m.mu.Lock()
	m.taken++
}

// TryLock takes m if nobody has it.
func (m *Mutex) TryLock() bool {
	if !m.mu.TryLock() {
		return false
	}
	m.taken++
	return true
}

// Unlock gives m up.
func (m *Mutex) Unlock() { m.mu.Unlock() }
