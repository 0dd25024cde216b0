// Package b has what is more than one method of one struct.
package b

import (
	"sync"
	"sync/atomic"
)

// Through a callee.

type table struct {
	mu   sync.RWMutex
	rows map[int]string
	deep map[int]string
	told map[int]string
	n    int
}

func (t *table) store(k int, v string) { t.rows[k] = v }

func (t *table) put(k int, v string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.store(k, v)
	t.twice(k)
	t.get(k, true)
	t.n++
}

func (t *table) badCallee(k int) string {
	t.mu.RLock()
	defer t.mu.RUnlock()
	if s, ok := t.rows[k]; ok {
		return s
	}
	t.store(k, "new") // want `t.rows is written by store while t.mu is only read-locked`
	return "new"
}

func (t *table) once(k int)  { t.deep[k] = "deep" }
func (t *table) twice(k int) { t.once(k) }

func (t *table) badDeep(k int) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	t.twice(k) // want `t.deep is written by once while`
}

// The callee takes the lock by itself, which is another rule's matter.
func (t *table) okCalleeLocks(k int) string {
	t.mu.RLock()
	s := t.rows[k]
	t.mu.RUnlock()
	if s == "" {
		t.put(k, "x")
	}
	return s
}

// Only if told to write.
func (t *table) get(k int, create bool) string {
	if create {
		t.told[k] = "made"
	}
	return t.told[k]
}

func (t *table) okTold(k int) string {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.get(k, false)
}

func (t *table) badTold(k int) string {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.get(k, true) // want `t.told is written by get while`
}

// Embedded, a pointer, a wrapper, a method value, RLocker, generic.

type embedded struct {
	sync.RWMutex
	n int
}

func (e *embedded) set(n int) {
	e.Lock()
	e.n = n
	e.Unlock()
}

func badEmbedded(e *embedded) {
	e.RLock()
	e.n++ // want `e.n is written while e.RWMutex is only read-locked`
	e.RUnlock()
}

type pointer struct {
	mu *sync.RWMutex
	n  int
}

func (p *pointer) set(n int) {
	p.mu.Lock()
	p.n = n
	p.mu.Unlock()
}

func (p *pointer) badPointer() {
	p.mu.RLock()
	defer p.mu.RUnlock()
	p.n++ // want `p.n is written while`
}

type wrapped struct {
	mu      sync.RWMutex
	n       int
	method  int
	locker  int
	literal int
	spawned int
}

func (w *wrapped) rlock()   { w.mu.RLock() }
func (w *wrapped) runlock() { w.mu.RUnlock() }
func (w *wrapped) lock()    { w.mu.Lock() }
func (w *wrapped) unlock()  { w.mu.Unlock() }

func (w *wrapped) set(n int) {
	w.lock()
	defer w.unlock()
	w.n = n
	w.method = n
	w.locker = n
	w.literal = n
	w.spawned = n
}

func (w *wrapped) badWrapped() {
	w.rlock()
	defer w.runlock()
	w.n++ // want `w.n is written while`
}

func (w *wrapped) badMethodValue() {
	unlock := w.mu.RUnlock
	w.mu.RLock()
	defer unlock()
	w.method++ // want `w.method is written while`
}

func (w *wrapped) badRLocker() {
	l := w.mu.RLocker()
	l.Lock()
	defer l.Unlock()
	w.locker++ // want `w.locker is written while`
}

type set[K comparable] struct {
	mu sync.RWMutex
	m  map[K]bool
}

func (s *set[K]) add(k K) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.m[k] = true
}

func (s *set[K]) badGeneric(k K) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	delete(s.m, k) // want `s.m is written while`
}

var global struct {
	sync.RWMutex
	m map[string]int
}

func put(k string) {
	global.Lock()
	defer global.Unlock()
	global.m[k]++
}

func badGlobal(k string) {
	global.RLock()
	defer global.RUnlock()
	global.m[k]++ // want `global.m is written while`
}

// RLock in a literal that is run at once, and in a goroutine.

func (w *wrapped) badLiteral() {
	func() {
		w.mu.RLock()
		defer w.mu.RUnlock()
		w.literal++ // want `w.literal is written while`
	}()
}

func (w *wrapped) badGoroutine() {
	go func() {
		w.mu.RLock()
		defer w.mu.RUnlock()
		w.spawned++ // want `w.spawned is written while`
	}()
}

// A read lock that means "in use": whoever holds it is the only one to write,
// and the lock is taken exclusively to close. As in database/sql.Rows, where
// the connection is locked as well.

type conn struct {
	sync.Mutex
	row []byte
}

type rows struct {
	closemu sync.RWMutex
	dc      *conn
	last    []byte
	err     error
	closed  bool
}

func (r *rows) okInUseLock() bool {
	r.closemu.RLock()
	defer r.closemu.RUnlock()
	if r.closed {
		return false
	}
	r.last = nil
	r.dc.Lock()
	defer r.dc.Unlock()
	r.last, r.err = r.dc.row, nil
	return true
}

func (r *rows) okInUseRead() []byte {
	r.closemu.RLock()
	defer r.closemu.RUnlock()
	return r.last
}

func (r *rows) close(err error) {
	r.closemu.Lock()
	defer r.closemu.Unlock()
	r.closed = true
	if r.err == nil {
		r.err = err
	}
}

// Another lock guards the field.

type two struct {
	life  sync.RWMutex
	mu    sync.Mutex
	n     int
	total atomic.Int64
}

func (t *two) okSecondLock() {
	t.life.RLock()
	defer t.life.RUnlock()
	t.mu.Lock()
	t.n++
	t.mu.Unlock()
	t.total.Add(1)
}

func (t *two) stop() {
	t.life.Lock()
	t.n = -1
	t.life.Unlock()
}

// The read lock keeps the set of shards; each has a lock of its own.

type shard struct {
	mu sync.Mutex
	m  map[string]int
}

type sharded struct {
	mu     sync.RWMutex
	shards []*shard
}

func (s *sharded) okShard(i int, k string) {
	s.mu.RLock()
	sh := s.shards[i]
	sh.mu.Lock()
	sh.m[k]++
	sh.mu.Unlock()
	s.mu.RUnlock()
}

func (s *sharded) grow() {
	s.mu.Lock()
	s.shards = append(s.shards, &shard{m: map[string]int{}})
	s.mu.Unlock()
}

// Known misses.

// Written under RLock in two functions: perhaps it is meant so.
type twice struct {
	mu sync.RWMutex
	n  int
}

func (t *twice) fnFirst() {
	t.mu.RLock()
	t.n++
	t.mu.RUnlock()
}

func (t *twice) fnSecond() {
	t.mu.RLock()
	t.n--
	t.mu.RUnlock()
}

func (t *twice) reset() {
	t.mu.Lock()
	t.n = 0
	t.mu.Unlock()
}

// Through an interface.
type counter interface{ inc() }

type plain struct{ n int }

func (p *plain) inc() { p.n++ }

type holder struct {
	mu sync.RWMutex
	c  counter
}

func (h *holder) fnInterface() {
	h.mu.RLock()
	defer h.mu.RUnlock()
	h.c.inc()
}
