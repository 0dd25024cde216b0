// Package singleflight has the API of golang.org/x/sync/singleflight, for
// fixtures.
package singleflight

import "sync"

// A Result is what DoChan sends.
type Result struct {
	Val    any
	Err    error
	Shared bool
}

// A Group runs at most one function for a key at a time.
type Group struct {
	mu    sync.Mutex
	calls map[string]*call
}

type call struct {
	done    chan struct{}
	waiters int
	val     any
	err     error
}

// Do runs fn, or waits for the run for key that is under way.
func (g *Group) Do(key string, fn func() (any, error)) (v any, err error, shared bool) {
	g.mu.Lock()
	if c, ok := g.calls[key]; ok {
		c.waiters++
		g.mu.Unlock()
		<-c.done
		return c.val, c.err, true
	}
	c := &call{done: make(chan struct{})}
	if g.calls == nil {
		g.calls = make(map[string]*call)
	}
	g.calls[key] = c
	g.mu.Unlock()

	c.val, c.err = fn()

	g.mu.Lock()
	if g.calls[key] == c {
		delete(g.calls, key)
	}
	shared = c.waiters > 0
	g.mu.Unlock()
	close(c.done)
	return c.val, c.err, shared
}

// DoChan is Do with the result sent on a channel.
func (g *Group) DoChan(key string, fn func() (any, error)) <-chan Result {
	ch := make(chan Result, 1)
	go func() {
		v, err, shared := g.Do(key, fn)
		ch <- Result{v, err, shared}
	}()
	return ch
}

// Forget makes the next Do of key run its function.
func (g *Group) Forget(key string) {
	g.mu.Lock()
	delete(g.calls, key)
	g.mu.Unlock()
}
