// Package wrapped has locks whose type is another package's.
package wrapped

import "fixture/b"

type cache struct {
	mu b.Mutex
	n  int
}

func (c *cache) get() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.n
}

func (c *cache) badTwice() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.get() // want `badTwice calls get .*, which calls Lock .*, which locks c.mu.mu again`
}

func (c *cache) okReleased() int {
	c.mu.Lock()
	c.n++
	c.mu.Unlock()
	return c.get()
}

func badTry(m *b.Mutex) {
	if !m.TryLock() {
		return
	}
	m.Lock() // want `badTry calls Lock .*, which locks m.mu again`
	m.Unlock()
}

// On this branch it is not held.
func okTryFailed(m *b.Mutex) {
	if !m.TryLock() {
		m.Lock()
	}
	m.Unlock()
}

// A lock that is tried does not wait.
func okTryAgain(m *b.Mutex) {
	m.Lock()
	defer m.Unlock()
	if m.TryLock() {
		m.Unlock()
	}
}

type promoted struct {
	b.Mutex
	n int
}

func (p *promoted) get() int {
	p.Lock()
	defer p.Unlock()
	return p.n
}

func (p *promoted) badPromoted() int {
	p.Lock()
	defer p.Unlock()
	return p.get() // want `badPromoted calls get .*, which calls Lock .*, which locks p.Mutex.mu again`
}

// Two objects.
func (p *promoted) okOther(q *promoted) int {
	p.Lock()
	defer p.Unlock()
	return q.get()
}

type pointer struct{ *b.Mutex }

func (p pointer) get() int {
	p.Lock()
	defer p.Unlock()
	return 0
}

// A copy of the struct has the same lock behind its pointer.
func (p pointer) badPointer() int {
	p.Lock()
	defer p.Unlock()
	return p.get() // want `badPointer calls get .*, which locks p.Mutex.mu again`
}
