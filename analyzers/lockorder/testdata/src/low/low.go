// Package low has a lock that its importers may hold, and one that they may
// not.
package low

import "sync"

// A Table can be locked from outside.
type Table struct {
	sync.Mutex
	rows map[int]*Row
}

// A Row cannot.
type Row struct {
	mu sync.Mutex
	n  int
}

// Add locks a row, then its table.
func (r *Row) Add(t *Table) {
	r.mu.Lock()
	defer r.mu.Unlock()
	t.Lock()
	t.rows[0] = r
	t.Unlock()
}

// Touch locks the row.
func (r *Row) Touch() {
	r.mu.Lock()
	r.n++
	r.mu.Unlock()
}

// Each runs f under the lock of the table.
func (t *Table) Each(f func(*Row)) {
	t.Lock()
	defer t.Unlock()
	for _, r := range t.rows {
		f(r)
	}
}
