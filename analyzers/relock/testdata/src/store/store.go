// Package store has locks that package uses takes without naming them.
package store

import "sync"

// A Store is what its importers lock.
type Store struct {
	sync.Mutex
	rw   sync.RWMutex
	data map[string]int
	sub  Sub
	ptr  *Sub
}

// A Sub is part of a Store.
type Sub struct {
	mu sync.Mutex
	n  int
}

// Get locks by itself.
func (s *Store) Get(k string) int {
	s.Lock()
	defer s.Unlock()
	return s.data[k]
}

// Begin and End are a pair.
func (s *Store) Begin() { s.rw.Lock() }

// End ends what Begin begins.
func (s *Store) End() { s.rw.Unlock() }

// Read is not for use between them.
func (s *Store) Read(k string) int {
	s.rw.RLock()
	defer s.rw.RUnlock()
	return s.data[k]
}

// Each runs f under the lock.
func (s *Store) Each(f func(k string)) {
	s.Lock()
	defer s.Unlock()
	for k := range s.data {
		f(k)
	}
}

// Sum locks its parts.
func (s *Store) Sum() int {
	s.sub.mu.Lock()
	defer s.sub.mu.Unlock()
	s.ptr.mu.Lock()
	defer s.ptr.mu.Unlock()
	return s.sub.n + s.ptr.n
}

// Hold holds the lock of a part.
func (s *Store) Hold() { s.sub.mu.Lock() }

// Release ends it.
func (s *Store) Release() { s.sub.mu.Unlock() }

// TryBegin returns false if it cannot begin.
func (s *Store) TryBegin() bool {
	s.rw.Lock()
	if s.data == nil {
		s.rw.Unlock()
		return false
	}
	return true
}

// Update locks only if asked to.
func (s *Store) Update(k string, lock bool) {
	if lock {
		s.Lock()
		defer s.Unlock()
	}
	s.data[k]++
}

// Mu guards what it likes.
var Mu sync.Mutex

// Touch locks Mu.
func Touch() {
	Mu.Lock()
	Mu.Unlock()
}

// With runs f with the lock of l.
func With(l sync.Locker, f func()) {
	l.Lock()
	defer l.Unlock()
	f()
}

// A Cell is generic.
type Cell[T any] struct {
	mu sync.Mutex
	v  T
}

// Get locks.
func (c *Cell[T]) Get() T {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.v
}

// Do runs f under the lock.
func (c *Cell[T]) Do(f func(T)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	f(c.v)
}

// Keyed has a lock for each key.
type Keyed struct {
	mu sync.Mutex
	m  map[string]*sync.Mutex
}

// Get returns the lock of a key, which its caller is to take.
func (k *Keyed) Get(key string) *sync.Mutex {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.m[key] == nil {
		k.m[key] = &sync.Mutex{}
	}
	return k.m[key]
}

// Take returns it held.
func (k *Keyed) Take(key string) *sync.Mutex {
	l := k.Get(key)
	l.Lock()
	return l
}
