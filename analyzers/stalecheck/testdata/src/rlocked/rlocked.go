// Package rlocked checks under RLock and acts under Lock.
package rlocked

import "sync"

type cache struct {
	mu    sync.RWMutex
	m     map[string]*entry
	first *entry
	n     int
}

type entry struct{ name string }

func (c *cache) badEntry(k string) *entry {
	c.mu.RLock()
	e, ok := c.m[k]
	c.mu.RUnlock()
	if ok {
		return e
	}
	e = &entry{k}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.m[k] = e // want "c.m may have changed since it was read under c.mu.RLock: another goroutine can come between, and its update is undone; look again under Lock"
	return e
}

func (c *cache) badFirst() *entry {
	c.mu.RLock()
	e := c.first
	c.mu.RUnlock()
	if e == nil {
		e = &entry{}
		c.mu.Lock()
		c.first = e // want "c.first may have changed since it was read under c.mu.RLock"
		c.mu.Unlock()
	}
	return e
}

func (c *cache) okAgain(k string) *entry {
	c.mu.RLock()
	e, ok := c.m[k]
	c.mu.RUnlock()
	if ok {
		return e
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if e, ok := c.m[k]; ok {
		return e
	}
	e = &entry{k}
	c.m[k] = e
	return e
}

func (c *cache) okFirst() *entry {
	c.mu.RLock()
	e := c.first
	c.mu.RUnlock()
	if e != nil {
		return e
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.first == nil {
		c.first = &entry{}
	}
	return c.first
}

// okOther writes whatever it read.
func (c *cache) okOther(k string) {
	c.mu.RLock()
	_, ok := c.m["a"]
	c.mu.RUnlock()
	if ok {
		c.mu.Lock()
		c.m[k] = &entry{}
		c.mu.Unlock()
	}
}

// okAlways writes in any case.
func (c *cache) okAlways() int {
	c.mu.RLock()
	n := c.n
	c.mu.RUnlock()
	c.mu.Lock()
	c.n = 0
	c.mu.Unlock()
	return n
}

func (c *cache) get(k string) *entry {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.m[k]
}

// fnHelper checks in another function.
func (c *cache) fnHelper(k string) {
	if c.get(k) == nil {
		c.mu.Lock()
		c.m[k] = &entry{}
		c.mu.Unlock()
	}
}

type status struct {
	mu    sync.RWMutex
	dirty bool
	last  int64
	err   error
	sizes map[string]int
	conn  *entry
}

// What is stored twice is the same, or newer: a flag, a time, an error, a value.
func (s *status) okValues(now int64, err error) {
	s.mu.RLock()
	dirty, last, old, n := s.dirty, s.last, s.err, s.sizes["a"]
	s.mu.RUnlock()
	if !dirty {
		s.mu.Lock()
		s.dirty = true
		s.mu.Unlock()
	}
	if now > last {
		s.mu.Lock()
		s.last = now
		s.mu.Unlock()
	}
	if old == nil {
		s.mu.Lock()
		s.err = err
		s.mu.Unlock()
	}
	if n == 0 {
		s.mu.Lock()
		s.sizes["a"] = 1
		s.mu.Unlock()
	}
}

// Who gives it up has it.
func (s *status) okDrop() {
	s.mu.RLock()
	c := s.conn
	s.mu.RUnlock()
	if c != nil {
		s.mu.Lock()
		s.conn = nil
		s.mu.Unlock()
	}
}
