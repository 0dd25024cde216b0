// Package published has the kernels of published writes under RLock, rewritten, and
// what fixed them.
package published

import "sync"

// A query moves on from state to state while others look at it; one step only
// took the read lock (influxdata/platform#129).
type query struct {
	mu    sync.RWMutex
	state int
}

func (q *query) badQueue() bool {
	q.mu.RLock()
	defer q.mu.RUnlock()
	if q.state != 0 {
		return false
	}
	q.state = 1 // want "q.state is written while q.mu is only read-locked"
	return true
}

func (q *query) cancel() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.state = 9
}

// A request is the same, mended.
type request struct {
	mu    sync.RWMutex
	state int
}

func (q *request) okQueue() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.state != 0 {
		return false
	}
	q.state = 1
	return true
}

func (q *request) cancel() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.state = 9
}

// A delta saves events in a map under the read lock
// (castai/k8s-agent#233).
type delta struct {
	mu     sync.RWMutex
	events map[string]int
}

func (d *delta) badSave(key string, kind int) {
	d.mu.RLock()
	d.events[key] = kind // want "d.events is written while d.mu is only read-locked: other readers run at the same time, and concurrent writes to a map crash the program"
	d.mu.RUnlock()
}

func (d *delta) clear() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.events = map[string]int{}
}

// A snapshot is the same, mended.
type snapshot struct {
	mu     sync.RWMutex
	events map[string]int
}

func (d *snapshot) okSave(key string, kind int) {
	d.mu.Lock()
	d.events[key] = kind
	d.mu.Unlock()
}

func (d *snapshot) clear() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.events = map[string]int{}
}
