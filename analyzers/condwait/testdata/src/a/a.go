// Package a has the basic cases of condwait.
package a

import (
	"errors"
	"sync"
)

type queue struct {
	mu    sync.Mutex
	cond  *sync.Cond
	items []int
	done  bool
}

func newQueue() *queue {
	q := &queue{}
	q.cond = sync.NewCond(&q.mu)
	return q
}

func (q *queue) badGet() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.items) == 0 {
		q.cond.Wait() // want `q.cond.Wait is not in a loop: when it returns, the condition that it waits for need not hold`
	}
	v := q.items[0]
	q.items = q.items[1:]
	return v
}

func (q *queue) okGet() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.items) == 0 {
		q.cond.Wait()
	}
	v := q.items[0]
	q.items = q.items[1:]
	return v
}

func (q *queue) okLooksAgain() (int, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.items) == 0 {
		q.cond.Wait()
	}
	if len(q.items) == 0 {
		return 0, false
	}
	return q.items[0], true
}

func (q *queue) put(v int) {
	q.mu.Lock()
	q.items = append(q.items, v)
	q.mu.Unlock()
	q.cond.Signal()
}

// Called with the lock held, in a loop.
func (q *queue) okWait() {
	if !q.done {
		q.cond.Wait()
	}
}

func (q *queue) okFinish() {
	q.mu.Lock()
	for !q.done {
		q.okWait()
	}
	q.mu.Unlock()
}

func (q *queue) okAgain() {
	q.mu.Lock()
	defer q.mu.Unlock()
again:
	if !q.done {
		q.cond.Wait()
		goto again
	}
}

// Waits for the next signal, whatever it is about.
func (q *queue) okNext() {
	q.mu.Lock()
	q.cond.Wait()
	q.mu.Unlock()
}

// Activation that fails wakes nobody. (As in moby/moby#30408, where the fix
// broadcasts when activation is done, whether it failed or not.)
type badPlugin struct {
	active *sync.Cond
	err    error
	ready  bool
}

func newBadPlugin() *badPlugin { return &badPlugin{active: sync.NewCond(&sync.Mutex{})} }

func (p *badPlugin) fail() { p.err = errors.New("failed") }

func (p *badPlugin) wait() error {
	p.active.L.Lock()
	for !p.ready {
		p.active.Wait() // want `p.active.Wait never returns: nothing calls p.active.Signal or p.active.Broadcast`
	}
	p.active.L.Unlock()
	return p.err
}

type okPlugin struct {
	active *sync.Cond
	err    error
	ready  bool
}

func newOkPlugin() *okPlugin { return &okPlugin{active: sync.NewCond(&sync.Mutex{})} }

func (p *okPlugin) fail() {
	p.active.L.Lock()
	p.err, p.ready = errors.New("failed"), true
	p.active.L.Unlock()
	p.active.Broadcast()
}

func (p *okPlugin) wait() error {
	p.active.L.Lock()
	for !p.ready {
		p.active.Wait()
	}
	p.active.L.Unlock()
	return p.err
}

// The file is asked about once, and waited for in vain. (As in moby/moby#27782,
// whose fix moves to a version of fsnotify that asks in the loop.)
type watcher struct {
	mu    sync.Mutex
	cv    *sync.Cond
	known map[string]bool
}

func newWatcher() *watcher {
	w := &watcher{known: map[string]bool{}}
	w.cv = sync.NewCond(&w.mu)
	return w
}

func (w *watcher) badRemove(name string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	_, exists := w.known[name]
	for exists {
		w.cv.Wait() // want `nothing changes the condition of the loop around w.cv.Wait: it never ends`
	}
}

func (w *watcher) okRemove(name string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	_, exists := w.known[name]
	for exists {
		w.cv.Wait()
		_, exists = w.known[name]
	}
}

func (w *watcher) ignored(name string) {
	w.mu.Lock()
	delete(w.known, name)
	w.mu.Unlock()
	w.cv.Broadcast()
}

// Flag is of the caller: it may be captured and set by others.
func (w *watcher) okFlag() {
	stop := false
	go func() {
		w.mu.Lock()
		stop = true
		w.mu.Unlock()
		w.cv.Broadcast()
	}()
	w.mu.Lock()
	for !stop {
		w.cv.Wait()
	}
	w.mu.Unlock()
}

func (w *watcher) okWorker(work func()) {
	for {
		w.mu.Lock()
		w.cv.Wait()
		w.mu.Unlock()
		work()
	}
}

func badLocal() {
	go func() {
		var mu sync.Mutex
		c := sync.NewCond(&mu)
		mu.Lock()
		c.Wait() // want `c.Wait never returns`
	}()
}

func okHandedOut(use func(*sync.Cond)) {
	c := sync.NewCond(&sync.Mutex{})
	use(c)
	c.L.Lock()
	c.Wait()
	c.L.Unlock()
}

// Latch is for other packages to broadcast on.
type Latch struct{ *sync.Cond }

func (l Latch) okWait() {
	l.L.Lock()
	l.Wait()
	l.L.Unlock()
}

type value struct {
	mu sync.Mutex
	c  sync.Cond
	ok bool
}

func newValue() *value {
	v := &value{}
	v.c.L = &v.mu
	return v
}

func (v *value) badWait() {
	v.mu.Lock()
	for !v.ok {
		v.c.Wait() // want `v.c.Wait never returns`
	}
	v.mu.Unlock()
}

func (v *value) set() { v.ok = true }

// The lock is not held: Wait panics.
func fnUnlocked(q *queue) {
	for !q.done {
		q.cond.Wait()
	}
}

func (q *queue) badThroughLocker() int {
	q.cond.L.Lock()
	if len(q.items) == 0 {
		q.cond.Wait() // want `q.cond.Wait is not in a loop`
	}
	q.cond.L.Unlock()
	return len(q.items)
}

func (q *queue) badThroughLockerDeferred() int {
	q.cond.L.Lock()
	defer q.cond.L.Unlock()
	if !q.done {
		q.cond.Wait() // want `q.cond.Wait is not in a loop`
	}
	return len(q.items)
}

func after(f func()) <-chan struct{} {
	c := make(chan struct{})
	go func() {
		defer close(c)
		if f != nil {
			f()
		}
	}()
	return c
}

// The goroutine waits, the one that has locked waits for it. (As in
// kubernetes/kubernetes#11298, whose fix does without the Cond.)
func (q *queue) badServe(abort <-chan struct{}) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for {
		woken := after(func() {
			q.cond.Wait() // want `q.cond.Wait unlocks a lock that this goroutine does not hold: it panics, or breaks into the section of another`
		})
		select {
		case <-abort:
			return
		case <-woken:
		}
	}
}

func (q *queue) okServe(abort <-chan struct{}) {
	for {
		woken := after(func() {
			q.mu.Lock()
			defer q.mu.Unlock()
			for len(q.items) == 0 {
				q.cond.Wait()
			}
		})
		select {
		case <-abort:
			return
		case <-woken:
		}
	}
}

func (q *queue) badStarted() {
	q.mu.Lock()
	go func() {
		for !q.done {
			q.cond.Wait() // want `q.cond.Wait unlocks a lock that this goroutine does not hold`
		}
	}()
	q.mu.Unlock()
}

func (q *queue) okLockedByCallee() {
	go func() {
		q.lock()
		for !q.done {
			q.cond.Wait()
		}
		q.mu.Unlock()
	}()
}

func (q *queue) lock() { q.mu.Lock() }

func (q *queue) okLockedSomehow(lock func()) {
	go func() {
		lock()
		for !q.done {
			q.cond.Wait()
		}
		q.mu.Unlock()
	}()
}

// The goroutine takes over the lock with which it is started. (As in jackc/puddle,
// which makes a channel of a Wait.)
type handed struct {
	cond *sync.Cond
	free int
}

func newHanded() *handed { return &handed{cond: sync.NewCond(new(sync.Mutex))} }

func (h *handed) okGet(stop chan struct{}) bool {
	h.cond.L.Lock()
	for h.free == 0 {
		woken := make(chan struct{}, 1)
		go func() {
			h.cond.Wait()
			woken <- struct{}{}
		}()
		select {
		case <-stop:
			go func() {
				<-woken
				h.cond.Signal()
				h.cond.L.Unlock()
			}()
			return false
		case <-woken:
		}
	}
	h.free--
	h.cond.L.Unlock()
	return true
}

func (h *handed) put() {
	h.cond.L.Lock()
	h.free++
	h.cond.L.Unlock()
	h.cond.Signal()
}

// Who calls it does so until there is something. (As in tailscale's memnet.)
type pipe struct {
	mu   sync.Mutex
	cond *sync.Cond
	n    int
}

func newPipe() *pipe {
	p := &pipe{}
	p.cond = sync.NewCond(&p.mu)
	return p
}

func (p *pipe) okTake() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.n == 0 {
		p.cond.Wait()
		return 0
	}
	n := p.n
	p.n = 0
	return n
}

func (p *pipe) read() int {
	for {
		if n := p.okTake(); n > 0 {
			return n
		}
	}
}

func (p *pipe) write(n int) {
	p.mu.Lock()
	p.n += n
	p.mu.Unlock()
	p.cond.Signal()
}
