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
