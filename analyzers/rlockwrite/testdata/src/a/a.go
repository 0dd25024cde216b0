// Package a has the basic cases of rlockwrite. Each mistake has a field of its
// own: one that is written under RLock in several functions is taken to be
// meant so.
package a

import "sync"

type cache struct {
	mu       sync.RWMutex
	m        map[string]int
	hits     int
	deleted  map[string]int
	cleared  map[string]int
	list     []int
	elements []int
	stats    struct{ misses int }
	deferred int
	good     int
	made     int
}

// Put writes everything, as it should be.
func (c *cache) put(k string, v int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.m[k] = v
	c.deleted[k] = v
	c.cleared[k] = v
	c.hits = 0
	c.list = append(c.list, v)
	c.elements[0] = v
	c.stats.misses = 0
	c.deferred = 0
	c.good = 0
	c.made = 0
}

func (c *cache) badHits(k string) int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	c.hits++ // want `c.hits is written while c.mu is only read-locked: other readers run at the same time, and an update can be lost`
	return c.m[k]
}

func (c *cache) badInsert(k string) int {
	c.mu.RLock()
	v, ok := c.m[k]
	if !ok {
		v = len(k)
		c.m[k] = v // want `c.m is written while c.mu is only read-locked: .* concurrent writes to a map crash the program`
	}
	c.mu.RUnlock()
	return v
}

func (c *cache) badDelete(limit int) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	for k, v := range c.deleted {
		if v > limit {
			delete(c.deleted, k) // want `c.deleted is written while`
		}
	}
}

func (c *cache) badClear() {
	c.mu.RLock()
	clear(c.cleared) // want `c.cleared is written while`
	c.mu.RUnlock()
}

func (c *cache) badAppend(v int) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	c.list = append(c.list, v) // want `c.list is written while`
}

func (c *cache) badElement(v int) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	c.elements[0] = v // want `c.elements is written while`
}

func (c *cache) badNested() {
	c.mu.RLock()
	defer c.mu.RUnlock()
	c.stats.misses++ // want `c.stats is written while`
}

// The deferred literal runs before the lock is given up.
func (c *cache) badDeferred(k string) int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	defer func() { c.deferred++ }() // want `c.deferred is written by the function literal while`
	return c.m[k]
}

// Of two paths one has the right lock.
func (c *cache) badOnePath(fast bool) {
	if fast {
		c.mu.RLock()
		defer c.mu.RUnlock()
	} else {
		c.mu.Lock()
		defer c.mu.Unlock()
	}
	c.good++ // want `c.good is written while`
}

func (c *cache) okLock() {
	c.mu.Lock()
	c.hits++
	c.mu.Unlock()
}

func (c *cache) okRead(k string) int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	n := c.m[k]
	n++
	return n
}

// Unlocking and locking again makes a writer of the reader.
func (c *cache) okUpgrade(k string) int {
	c.mu.RLock()
	v, ok := c.m[k]
	c.mu.RUnlock()
	if ok {
		return v
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.m[k] = len(k)
	return len(k)
}

func (c *cache) okEarlyReturn(k string) {
	c.mu.RLock()
	if _, ok := c.m[k]; ok {
		c.mu.RUnlock()
		return
	}
	c.mu.RUnlock()
	c.mu.Lock()
	c.m[k] = 1
	c.mu.Unlock()
}

// Nobody else knows a cache that is being made.
func okNew() *cache {
	c := &cache{m: map[string]int{}}
	c.mu.RLock()
	c.made = 1
	c.mu.RUnlock()
	return c
}

// What a pointer in the struct leads to is not the struct's own.
type node struct {
	mu   sync.RWMutex
	next *node
	n    int
}

func (x *node) okOther(v int) {
	x.mu.RLock()
	x.next.n = v
	x.mu.RUnlock()
}

func (x *node) set(v int) {
	x.mu.Lock()
	x.n = v
	x.mu.Unlock()
}
