package locks

import (
	"strings"
	"sync"
	"time"
)

// A return from a loop over an iterator gives up the lock, going on does not.
// (As in nats-server's list of subscriptions.)
type subjects struct {
	mu    sync.Mutex
	count int
	odd   int
}

func (s *subjects) insert(subject string) bool {
	s.mu.Lock()
	for t := range strings.SplitSeq(subject, ".") {
		if t == "" {
			s.mu.Unlock()
			return false
		}
	}
	s.count++
	s.mu.Unlock()
	return true
}

func okInserts(names []string) int {
	s := &subjects{}
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			s.insert(name)
		}()
	}
	wg.Wait()
	return s.count
}

func (s *subjects) badOdds(subject string) {
	for t := range strings.SplitSeq(subject, ".") {
		if t == "" {
			return
		}
	}
	s.odd++ // want `s.odd is written by a goroutine that okRest starts while another writes it: nothing orders the two, and neither holds a lock`
}

func okRest(names []string) int {
	s := &subjects{}
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			s.badOdds(name)
		}()
	}
	wg.Wait()
	return s.odd
}

// One branch takes the lock, the other the read lock: it is held shared either
// way.
type cached struct {
	mu    sync.RWMutex
	cache map[string]int
}

func (c *cached) get(k string, fill bool) int {
	if fill {
		c.mu.Lock()
	} else {
		c.mu.RLock()
	}
	v := c.cache[k]
	if fill {
		c.mu.Unlock()
	} else {
		c.mu.RUnlock()
	}
	return v
}

func (c *cached) trim() {
	c.mu.Lock()
	clear(c.cache)
	c.mu.Unlock()
}

func okEitherMode(fill bool) int {
	c := &cached{cache: map[string]int{}}
	go c.trim()
	return c.get("a", fill)
}

// The timer is set under the lock of a caller, of whom one is seen to hold it.
// (As in nats-server's setAuthTimer.)
type conn struct {
	mu  sync.Mutex
	tmr *time.Timer
}

func (c *conn) set(d time.Duration) {
	c.tmr = time.AfterFunc(d, c.expire)
}

func (c *conn) expire() {
	c.mu.Lock()
	c.tmr = nil
	c.mu.Unlock()
}

func (c *conn) okOpen(d time.Duration, auth bool) {
	c.mu.Lock()
	if auth {
		c.set(d)
	}
	c.mu.Unlock()
}

func (c *conn) okReopen(d time.Duration, locked bool) {
	if !locked {
		c.mu.Lock()
	}
	c.set(d)
	if !locked {
		c.mu.Unlock()
	}
}

// Nobody holds the lock here.
type bare struct {
	mu  sync.Mutex
	tmr *time.Timer
}

func (b *bare) badSet(d time.Duration) {
	b.tmr = time.AfterFunc(d, b.expire) // want `b.tmr is written by badSet while the function that badSet gives to time.AfterFunc writes it: nothing orders the two, and only the other holds b.mu`
}

func (b *bare) expire() {
	b.mu.Lock()
	b.tmr = nil
	b.mu.Unlock()
}
