// Package outsiders has constructors that start a goroutine, and methods that
// callers use while it runs.
package outsiders

import (
	"sync"
	"sync/atomic"
	"time"
)

func use(...any) {}

type poller struct {
	mu     sync.Mutex
	state  int
	last   time.Time
	plain  int
	fixed  string
	values map[string]int
	first  int
	ready  chan struct{}
	done   chan struct{}
	stop   atomic.Bool
}

func NewPoller() *poller {
	p := &poller{values: map[string]int{}, ready: make(chan struct{}), done: make(chan struct{})}
	p.fixed = "x"
	p.first = 1
	go p.loop()
	return p
}

func (p *poller) loop() {
	defer close(p.done)
	for !p.stop.Load() {
		p.mu.Lock()
		p.state++
		p.values["a"]++
		p.last = time.Now()
		p.mu.Unlock()
		p.plain++
		p.Own()
	}
}

func (p *poller) Get() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.state + p.values["a"]
}

func (p *poller) BadGet() int {
	return p.state // want "p.state is read by BadGet without mu while the goroutine that NewPoller starts writes it: nothing orders the two"
}

func (p *poller) BadValue(k string) int {
	return p.values[k] // want "p.values is read by BadValue without mu while the goroutine"
}

func (p *poller) BadSet(n int) {
	p.state = n // want "p.state is written by BadSet without mu"
}

// OkFixed is set before the goroutine runs, as is OkFirst.
func (p *poller) OkFixed() string { return p.fixed }
func (p *poller) OkFirst() int    { return p.first }

// OkPlain uses what no lock is taken for: it may be confined.
func (p *poller) OkPlain() int { return p.plain }

func (p *poller) OkClosed() int {
	<-p.done
	return p.state
}

func (p *poller) OkStopped() int {
	p.stop.Store(true)
	return p.state
}

func (p *poller) OkLocked() time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.last
}

// okUnexported has callers that may hold the lock.
func (p *poller) okUnexported() int { return p.state }

// Own is called by the goroutine.
func (p *poller) Own() { use(p.state) }

// OkUnknown waits for who knows what.
func (p *poller) OkUnknown(wait func()) int {
	wait()
	return p.state
}

// waiter waits for its goroutine to set up.
type waiter struct {
	mu sync.Mutex
	n  int
}

func NewWaiter() *waiter {
	w := &waiter{}
	ready := make(chan bool)
	go func() {
		w.n = 1
		ready <- true
	}()
	<-ready
	return w
}

func (w *waiter) OkN() int { return w.n }

func (w *waiter) N() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.n
}

// A flusher has a worker that writes the field without the lock, which others
// hold: it is the worker that is to change.
type flusher struct {
	mu   sync.Mutex
	size int
}

func NewFlusher() *flusher {
	f := &flusher{}
	go func() {
		for {
			f.size = 0
		}
	}()
	return f
}

// FnSize holds the lock, but the worker does not.
func (f *flusher) FnSize() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.size
}
