package real

import "sync"

// As the queue of cockroachdb/pebble's failover writer: push is called by one
// goroutine at a time, and takes the lock only for those that read.
type queue struct {
	mu   sync.RWMutex
	ring []string
	last int
}

func (q *queue) okPush(s string, at int) {
	if at == len(q.ring) {
		bigger := make([]string, 2*at)
		copy(bigger, q.ring)
		q.mu.Lock()
		q.ring = bigger
		q.mu.Unlock()
	}
	q.mu.RLock()
	q.ring[at] = s
	q.last = at
	q.mu.RUnlock()
}

func (q *queue) reset() {
	q.mu.Lock()
	q.ring, q.last = make([]string, 8), 0
	q.mu.Unlock()
}

// pile.badPut grows the ring under the lock, and looks at nothing without it.
type pile struct {
	mu   sync.RWMutex
	ring []string
}

func (q *pile) badPut(s string, at int) {
	q.mu.RLock()
	if at < len(q.ring) {
		q.ring[at] = s // want "q.ring is written while q.mu is only read-locked"
		q.mu.RUnlock()
		return
	}
	q.mu.RUnlock()
	q.mu.Lock()
	q.ring = append(q.ring, s)
	q.mu.Unlock()
}

func (q *pile) reset() {
	q.mu.Lock()
	q.ring = make([]string, 8)
	q.mu.Unlock()
}
