// Package high closes rings that begin in package low.
package high

import (
	"sync"

	"fixture/low"
)

func badHold(t *low.Table, r *low.Row) {
	t.Lock()
	defer t.Unlock()
	r.Touch() // want `badHold calls Touch .*, which locks Row.mu \(low.go:\d+\) holding Table.Mutex, Add locks Table.Mutex \(low.go:\d+\) holding Row.mu`
}

// A ring of a lock of its own with one of package low's.

type user struct {
	mu   sync.Mutex
	rows []*low.Row
	t    *low.Table
}

func (u *user) badOwn() {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.t.Lock() // want `badOwn locks Table.Mutex .* holding user.mu, under calls Each .*, which calls the function literal .*, which locks user.mu .* holding Table.Mutex`
	u.t.Unlock()
}

func (u *user) under() {
	u.t.Each(func(r *low.Row) {
		u.mu.Lock()
		u.rows = append(u.rows, r)
		u.mu.Unlock()
	})
}
