// Package real has bugs that were found in the field, and how they were fixed.
package real

import "sync"

// After castai/k8s-agent#233: events of many watchers go into one map.
type delta struct {
	mu     sync.RWMutex
	events map[string]string
}

func (d *delta) badAdd(key, obj string) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	d.events[key] = obj // want "d.events is written while d.mu is only read-locked: other readers run at the same time, and concurrent writes to a map crash the program"
}

func (d *delta) okAdd(key, obj string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.events[key] = obj
}

func (d *delta) clear() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.events = map[string]string{}
}

// After cosmos/iavl#448: a question that remembers its answer.
type tree struct {
	mtx      sync.RWMutex
	versions map[int64]bool
	saved    []int64
}

func (t *tree) badVersionExists(v int64) bool {
	t.mtx.RLock()
	defer t.mtx.RUnlock()
	if t.versions[v] {
		return true
	}
	has := t.load(v)
	t.versions[v] = has // want "is written while t.mtx is only read-locked"
	return has
}

func (t *tree) okVersionExists(v int64) bool {
	t.mtx.Lock()
	defer t.mtx.Unlock()
	if t.versions[v] {
		return true
	}
	has := t.load(v)
	t.versions[v] = has
	return has
}

func (t *tree) load(v int64) bool { return v > 0 }

func (t *tree) save(v int64) {
	t.mtx.Lock()
	defer t.mtx.Unlock()
	t.versions[v] = true
	t.saved = append(t.saved, v)
}

// The rest of what counts as a write.
type list struct {
	mu    sync.RWMutex
	known map[int]bool
	all   []int
}

func (l *list) badPrune(v int) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	l.drop(v)                 // want "l.known is written by drop while l.mu is only read-locked"
	l.all = append(l.all, -v) // want "l.all is written while l.mu is only read-locked"
}

func (l *list) drop(v int) { delete(l.known, v) }

func (l *list) okPrune(v int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.drop(v)
	l.all = append(l.all, -v)
}
