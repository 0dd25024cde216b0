// Package reads has sections under Lock that only read.
package reads

import (
	"fmt"
	"io"
	"sync"

	"fixture/counter"
)

type cache struct {
	mu    sync.RWMutex
	items map[string]int
	hits  int
	c     *counter.Counter
}

func (c *cache) okPut(k string, v int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.items[k] = v
}

func (c *cache) okLen() int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return len(c.items)
}

func (c *cache) badGet(k string) int {
	c.mu.Lock() // want `c.mu is locked exclusively, but all that is done is to read: with RLock readers of items run side by side`
	defer c.mu.Unlock()
	return c.items[k]
}

// A copy is written, not the map.
func (c *cache) badCopy() map[string]int {
	c.mu.Lock() // want `c.mu is locked exclusively`
	out := make(map[string]int, len(c.items))
	for k, v := range c.items {
		out[k] = v
	}
	c.mu.Unlock()
	return out
}

func (c *cache) sum() (n int) {
	for _, v := range c.items {
		n += v
	}
	return n
}

func (c *cache) badThroughMethod() string {
	c.mu.Lock() // want `c.mu is locked exclusively`
	defer c.mu.Unlock()
	return fmt.Sprint(len(c.items), c.sum())
}

// A read counts as a use.
func (c *cache) okCount(k string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.hits++
	return c.items[k]
}

func (c *cache) okDelete(k string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	_, ok := c.items[k]
	if ok {
		c.drop(k)
	}
	return ok
}

func (c *cache) drop(k string) { delete(c.items, k) }

// Lines are not to be mixed up.
func (c *cache) okPrint(w io.Writer) {
	c.mu.Lock()
	defer c.mu.Unlock()
	fmt.Fprintln(w, len(c.items))
}

// What the function does is for it to know.
func (c *cache) okCallback(f func(int)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	f(len(c.items))
}

// The lock is left held.
func (c *cache) okBegin() int {
	c.mu.Lock()
	return len(c.items)
}

func (c *cache) okEnd() { c.mu.Unlock() }

// A barrier: nobody reads any more.
func (c *cache) okBarrier() {
	c.mu.Lock()
	c.mu.Unlock()
}

// What a function of another package does is not known.
func (c *cache) fnImported(k string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.items[k] + c.c.Value()
}

// RLock means "in use": who holds it may write.
type okInUse struct {
	mu     sync.RWMutex
	closed bool
	last   error
}

func (r *okInUse) next(err error) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	r.last = err
}

func (r *okInUse) close() (err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.last
}

// Only read since it was made: the lock is not for it.
type okConstant struct {
	mu   sync.RWMutex
	name string
	n    int
}

func newConstant(name string) *okConstant { return &okConstant{name: name} }

func (c *okConstant) label() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.name
}

func (c *okConstant) number() int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.n
}
