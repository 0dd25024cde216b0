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

// Keyed has a lock for each key.
type Keyed struct {
	mu sync.Mutex
	m  map[string]*sync.Mutex
}

// Get returns the lock of a key, which its caller is to take.
func (k *Keyed) Get(key string) *sync.Mutex {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.m[key]
}

// Take returns it held.
func (k *Keyed) Take(key string) *sync.Mutex {
	l := k.Get(key)
	l.Lock()
	return l
}
