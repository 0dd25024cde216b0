// Package entries loads from a sync.Map, then stores.
package entries

import "sync"

var clients sync.Map

type client struct{ name string }

func badLoadStore(name string) *client {
	if c, ok := clients.Load(name); ok {
		return c.(*client)
	}
	c := &client{name}
	clients.Store(name, c) // want "clients may have changed since it was loaded: another goroutine can come between, and its update is undone; use LoadOrStore or CompareAndSwap"
	return c
}

func okLoadOrStore(name string) *client {
	if c, ok := clients.Load(name); ok {
		return c.(*client)
	}
	c, _ := clients.LoadOrStore(name, &client{name})
	return c.(*client)
}

func okOtherKey(name string) {
	if c, ok := clients.Load("default"); ok {
		clients.Store(name, c)
	}
}

type pool struct {
	mu sync.Mutex
	m  sync.Map
}

func (p *pool) okLocked(name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if _, ok := p.m.Load(name); !ok {
		p.m.Store(name, 1)
	}
}

// okLocal has the map alone.
func okLocal(names []string) int {
	var seen sync.Map
	n := 0
	for _, name := range names {
		if _, ok := seen.Load(name); !ok {
			seen.Store(name, true)
			n++
		}
	}
	return n
}

type spin struct{ n int }

func (s *spin) Lock()   { s.n++ }
func (s *spin) Unlock() { s.n-- }

// A lock of the program's own.
func okOwnLock(s *spin, name string) {
	s.Lock()
	defer s.Unlock()
	if _, ok := clients.Load(name); !ok {
		clients.Store(name, &client{})
	}
}
