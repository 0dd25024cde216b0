// Package documented has fields of which a comment names the lock.
package documented

import (
	"sync"
	"sync/atomic"
)

func use(...any) {}

type counter struct {
	mu    sync.Mutex
	n     int            // guarded by mu
	peers map[string]int // Protected by mu.
	// last is when, guarded by mu;
	// it is zero at first.
	last  int
	name  string // set once
	ready bool   // guarded by mu, except at the start
	done  chan struct{}
	wg    sync.WaitGroup
	list  []int // guarded by mu
	idle  int   // guarded by mu
}

func NewCounter() *counter {
	c := &counter{peers: map[string]int{}}
	c.n = 1
	c.fill()
	return c
}

// fill is only called by who makes the counter.
func (c *counter) fill() { c.peers["a"] = 1 }

func (c *counter) Add(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n++
	c.peers[name]++
	c.last = c.n
	c.ready = true
	c.list = append(c.list, c.n)
	c.addLast()
}

func (c *counter) Sum() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.n + c.last + len(c.peers) + len(c.list)
}

// addLast is called with the lock only.
func (c *counter) addLast() { c.last++ }

func (c *counter) BadValue() int {
	return c.n // want "c.n is read without mu, which its declaration says guards it: a goroutine that holds the lock can write it at the same time"
}

func (c *counter) BadReset() {
	c.n = 0 // want "c.n is written without mu"
}

func (c *counter) BadPeer(name string) int {
	return c.peers[name] // want "c.peers is read without mu"
}

// BadAfter gives the lock up too early.
func (c *counter) BadAfter() int {
	c.mu.Lock()
	n := c.n
	c.mu.Unlock()
	return n + c.last // want "c.last is read without mu"
}

// Helper has a helper that nobody calls with the lock.
func (c *counter) Helper() int { return c.badRead() }

func (c *counter) badRead() int {
	return len(c.list) // want "c.list is read without mu"
}

// start runs a goroutine.
func (c *counter) start() { go c.badLoop() }

func (c *counter) badLoop() {
	c.peers["loop"]++ // want "c.peers is written without mu"
}

func (c *counter) OkRLock() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.n
}

// OkHeld reads n; the caller holds c.mu.
func (c *counter) OkHeld() int { return c.n }

func (c *counter) OkSumLocked() int { return c.n + c.last }

// OkTry has the lock if it gets on.
func (c *counter) OkTry() int {
	if !c.mu.TryLock() {
		return 0
	}
	defer c.mu.Unlock()
	return c.n
}

// OkName is not guarded, OkReady with exceptions.
func (c *counter) OkName() string { return c.name }
func (c *counter) OkReady() bool  { return c.ready }

// OkStart sets before the goroutine runs.
func (c *counter) OkStart() {
	c.n = 1
	go c.run()
}

func (c *counter) run() {
	defer close(c.done)
	c.Add("run")
}

// OkWait reads when nobody writes any more.
func (c *counter) OkWait() int {
	<-c.done
	return c.n
}

func (c *counter) OkWaitGroup() int {
	c.wg.Wait()
	return c.n
}

// okCallback runs under the lock of who calls it.
func (c *counter) locked(f func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	f()
}

func (c *counter) OkCallback() {
	c.locked(func() { c.n++ })
}

// okSome is called with and without.
func (c *counter) okSome() int { return c.n }

func (c *counter) Some() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.okSome()
}

func (c *counter) Other() int { return c.okSome() }

// OkFresh has it alone.
func OkFresh() int {
	var c counter
	c.n = 2
	return c.n
}

// okOther: nothing but its comment speaks for the lock.
func (c *counter) OkIdle() int {
	c.idle++
	return c.idle
}

// A stat is written under the read lock, which then means something else.
type stat struct {
	mu sync.RWMutex
	n  int // guarded by mu
}

func (s *stat) Add() {
	s.mu.RLock()
	defer s.mu.RUnlock()
	s.n++
}

func (s *stat) Set() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.n = 1
}

func (s *stat) OkGet() int { return s.n }

// A child is guarded by a lock of its parent.
type parent struct {
	mu sync.Mutex
	n  int
}

type child struct {
	up *parent
	n  int // guarded by up.mu
}

func (c *child) Set() {
	c.up.mu.Lock()
	defer c.up.mu.Unlock()
	c.n = 1
}

func (c *child) FnGet() int { return c.n }

// A gauge is embedded and exported: others may lock it.
type Gauge struct {
	sync.Mutex
	n int // guarded by Mutex
}

func (g *Gauge) Set() {
	g.Lock()
	defer g.Unlock()
	g.n = 1
}

func (g *Gauge) Set2() {
	g.Lock()
	defer g.Unlock()
	g.n = 2
}

func (g *Gauge) OkGet() int { return g.n }

type flags struct {
	mu   sync.Mutex
	on   bool // guarded by mu
	stop atomic.Bool
}

func (f *flags) Set(v bool) {
	f.mu.Lock()
	f.on = v
	f.mu.Unlock()
}

func (f *flags) Get() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.on
}

func (f *flags) Toggle() {
	f.mu.Lock()
	f.on = !f.on
	f.mu.Unlock()
}

// badGo reads in a goroutine of its own.
func (f *flags) badGo() {
	go func() {
		use(f.on) // want "f.on is read without mu"
	}()
}

// OkLocker locks by another name.
func (f *flags) OkLocker(l sync.Locker) bool {
	l.Lock()
	defer l.Unlock()
	return f.on
}

type cache[K comparable, V any] struct {
	mu sync.RWMutex
	m  map[K]V // guarded by mu
}

func (c *cache[K, V]) Put(k K, v V) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.m[k] = v
}

func (c *cache[K, V]) Get(k K) V {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.m[k]
}

func (c *cache[K, V]) BadLen() int {
	return len(c.m) // want "c.m is read without mu"
}
