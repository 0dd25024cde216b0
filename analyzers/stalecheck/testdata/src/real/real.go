// Package real has the kernels of published bugs, rewritten, and what fixed
// them.
package real

import (
	"sync"
	"sync/atomic"
)

// A box makes a counter for each name; two callers make two
// (orian/counters#5).
type box struct{ counters sync.Map }

type counter struct{ n int64 }

func (b *box) badCounter(name string) *counter {
	v, ok := b.counters.Load(name)
	if !ok {
		c := &counter{}
		b.counters.Store(name, c) // want "b.counters may have changed since it was loaded"
		return c
	}
	return v.(*counter)
}

func (b *box) okCounter(name string) *counter {
	v, _ := b.counters.LoadOrStore(name, &counter{})
	return v.(*counter)
}

// A store keeps a model for each server (volcano-sh/kthena#1196).
type store struct{ models sync.Map }

func (s *store) badUpdate(name string, replicas int) {
	if m, ok := s.models.Load(name); ok {
		m.(*model).set(replicas)
		return
	}
	m := &model{}
	m.set(replicas)
	s.models.Store(name, m) // want "s.models may have changed since it was loaded"
}

func (s *store) okUpdate(name string, replicas int) {
	v, _ := s.models.LoadOrStore(name, &model{})
	v.(*model).set(replicas)
}

type model struct {
	mu       sync.Mutex
	replicas int
}

func (m *model) set(n int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.replicas = n
}

// A state is made behind a check without the second one
// (cashapp/hermit#392).
type state struct {
	mu    sync.RWMutex
	cache map[string]*counter
}

func (s *state) badResolve(name string) *counter {
	s.mu.RLock()
	c := s.cache[name]
	s.mu.RUnlock()
	if c == nil {
		s.mu.Lock()
		defer s.mu.Unlock()
		c = &counter{}
		s.cache[name] = c // want "s.cache may have changed since it was read under s.mu.RLock"
	}
	return c
}

func (s *state) okResolve(name string) *counter {
	s.mu.RLock()
	c := s.cache[name]
	s.mu.RUnlock()
	if c == nil {
		s.mu.Lock()
		defer s.mu.Unlock()
		if c = s.cache[name]; c == nil {
			c = &counter{}
			s.cache[name] = c
		}
	}
	return c
}

// A subscription is stopped by two callers at once (nats-io/nats.go#1454).
type subscription struct {
	closed atomic.Uint32
	done   chan struct{}
}

func (s *subscription) badStop() {
	if s.closed.Load() == 1 {
		return
	}
	s.closed.Store(1) // want "s.closed may have changed since it was loaded: .*; use CompareAndSwap"
	close(s.done)
}

func (s *subscription) okStop() {
	if s.closed.CompareAndSwap(0, 1) {
		close(s.done)
	}
}
