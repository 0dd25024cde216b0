// Package locked has methods whose names say that the caller holds the lock.
package locked

import "sync"

type table struct {
	mu   sync.Mutex
	rows map[string]int
}

func (t *table) setLocked(k string, v int) { t.rows[k] = v }

func (t *table) Set(k string, v int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.setLocked(k, v)
}

func (t *table) Clear(k string) {
	t.mu.Lock()
	t.setLocked(k, 0)
	t.mu.Unlock()
}

func (t *table) BadSet(k string) {
	t.setLocked(k, 1) // want "setLocked is called without mu, which its other callers hold: what it does is not guarded against other goroutines"
}

// BadLate gives the lock up before.
func (t *table) BadLate(k string) {
	t.mu.Lock()
	n := len(t.rows)
	t.mu.Unlock()
	t.setLocked(k, n) // want "setLocked is called without mu"
}

// okBothLocked calls it on behalf of its own caller.
func (t *table) okBothLocked(k string) { t.setLocked(k, 2) }

func (t *table) OkBoth(k string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.okBothLocked(k)
}

func OkNew() *table {
	t := &table{rows: map[string]int{}}
	t.setLocked("a", 1)
	return t
}

// okHelper is only called with the lock.
func (t *table) okHelper(k string) { t.setLocked(k, 3) }

func (t *table) Help(k string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.okHelper(k)
}

// One caller is no convention.
func (t *table) dropLocked(k string) { delete(t.rows, k) }

func (t *table) Drop(k string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.dropLocked(k)
}

func (t *table) FnDrop(k string) { t.dropLocked(k) }

// sizeUnlocked is the one that does not lock.
func (t *table) sizeUnlocked() int { return len(t.rows) }

func (t *table) Size() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.sizeUnlocked()
}

func (t *table) Size2() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.sizeUnlocked()
}

func (t *table) OkSize() int { return t.sizeUnlocked() }
