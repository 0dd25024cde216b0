package a

import (
	"log"
	"runtime"
	"sync"
	"testing"
)

// Locks behind interfaces.

type watcher struct {
	l    sync.Locker
	cond *sync.Cond
	n    int
}

func (w *watcher) set(n int) {
	w.l.Lock()
	defer w.l.Unlock()
	w.n = n
}

func (w *watcher) badLockerField() {
	w.l.Lock()
	defer w.l.Unlock()
	w.set(1) // want `badLockerField calls set .*, which locks w.l again`
}

func (w *watcher) okLockerField() {
	w.l.Lock()
	w.n = 0
	w.l.Unlock()
	w.set(1)
}

func (w *watcher) wake() {
	w.cond.L.Lock()
	w.n++
	w.cond.L.Unlock()
	w.cond.Signal()
}

func (w *watcher) badCondLock() {
	w.cond.L.Lock()
	defer w.cond.L.Unlock()
	if w.n == 0 {
		w.wake() // want `badCondLock calls wake .*, which locks w.cond.L again`
	}
}

// Wait gives the lock up and takes it again.
func (w *watcher) okCondWait() {
	w.cond.L.Lock()
	for w.n == 0 {
		w.cond.Wait()
	}
	w.cond.L.Unlock()
}

func (s *server) badReadTwice() {
	l := s.rw.RLocker()
	l.Lock()
	defer l.Unlock()
	s.rw.RLock() // want `badReadTwice read-locks s.rw again, read-locked since`
	s.rw.RUnlock()
}

// Elements.

type table struct {
	fixed [4]sync.Mutex
	rows  map[string]*conn
}

func (t *table) badArray() {
	t.fixed[1].Lock()
	t.fixed[1].Lock() // want `badArray locks t.fixed\[1\] again`
	t.fixed[1].Unlock()
}

func (t *table) okArray() {
	t.fixed[1].Lock()
	t.fixed[2].Lock()
	t.fixed[2].Unlock()
	t.fixed[1].Unlock()
}

// The element that was found is one lock, whatever its key.
func (t *table) badElement(key string) {
	c := t.rows[key]
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		c.shut() // want `badElement calls shut .*, which locks c.mu again`
	}
}

func (c *conn) shut() {
	c.mu.Lock()
	c.closed = true
	c.mu.Unlock()
}

// Loops by goto.

func (s *server) badGoto() {
again:
	s.mu.Lock() // want `s.mu is still held from the turn of the loop before`
	if s.n == 0 {
		work()
		goto again
	}
	s.mu.Unlock()
}

func (s *server) okGoto() {
again:
	s.mu.Lock()
	if s.n == 0 {
		s.mu.Unlock()
		work()
		goto again
	}
	s.mu.Unlock()
}

// A copy of a struct has the same lock behind its pointer.

type ref struct {
	mu *sync.Mutex
	n  *int
}

func (r ref) inc() {
	r.mu.Lock()
	*r.n++
	r.mu.Unlock()
}

func (r ref) badCopy() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.inc() // want `badCopy calls inc .*, which locks r.mu again`
}

func badVariable(r ref) {
	c := r
	c.mu.Lock()
	defer c.mu.Unlock()
	r.inc() // want `badVariable calls inc .*, which locks c.mu again`
}

func badAssigned(r *ref) {
	c := *r
	r.mu.Lock()
	defer r.mu.Unlock()
	c.inc() // want `badAssigned calls inc .*, which locks .*mu again`
}

type owner struct {
	ref
	name string
}

func badPart(o owner) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.inc() // want `badPart calls inc .*, which locks o.mu again`
}

func okOtherRef(r, q ref) {
	r.mu.Lock()
	defer r.mu.Unlock()
	q.inc()
}

// A copy of a struct with the lock itself is another lock.
type value struct {
	mu sync.Mutex
	n  int
}

func (v value) add() {
	v.mu.Lock()
	v.n++
	v.mu.Unlock()
}

func okValue(v *value) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.n++
	w := value{n: v.n}
	w.add()
}

// What ends the goroutine.

func (s *server) okFatalPath() {
	s.mu.Lock()
	if s.n < 0 {
		log.Fatal("negative")
	}
	if s.n == 0 {
		runtime.Goexit()
	}
	s.mu.Unlock()
	s.exit()
}

func okFatalTest(t *testing.T, s *server) {
	s.mu.Lock()
	if s.n < 0 {
		t.Fatal("negative")
	}
	s.mu.Unlock()
	s.exit()
}

// What a panic still runs.
func (s *server) badPanicCleanup() {
	defer s.exit() // want `badPanicCleanup calls exit .*, which locks s.mu again`
	s.mu.Lock()
	if s.n < 0 {
		panic("negative")
	}
	s.mu.Unlock()
}
