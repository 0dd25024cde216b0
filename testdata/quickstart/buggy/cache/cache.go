// Package cache remembers the status of URLs.
package cache

import "sync"

// A Cache maps URLs to HTTP status codes. It is safe for concurrent use, or
// means to be.
type Cache struct {
	mu     sync.RWMutex
	status map[string]int
	hits   int
}

// Known returns how many URLs the cache has.
func (c *Cache) Known() int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return len(c.status)
}

// New returns an empty cache.
func New() *Cache {
	return &Cache{status: make(map[string]int)}
}

// Get returns the status of a URL and whether it is known.
func (c *Cache) Get(url string) (int, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	code, ok := c.status[url]
	if ok {
		c.hits++ // finding: rlockwrite
	}
	return code, ok
}

// Put records the status of a URL.
func (c *Cache) Put(url string, code int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.status[url] = code
}

// Drop forgets the URLs that were well.
func (c *Cache) Drop() {
	c.mu.RLock()
	for url, code := range c.status {
		if code < 400 {
			delete(c.status, url) // finding: rlockwrite
		}
	}
	c.mu.RUnlock()
}

// Reset forgets everything and returns how often the cache was of use.
func (c *Cache) Reset() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	hits := c.hits
	c.hits = 0
	c.status = make(map[string]int)
	return hits
}
