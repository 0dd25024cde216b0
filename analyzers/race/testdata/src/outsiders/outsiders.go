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

func BadFlusher() *flusher {
	f := &flusher{}
	go func() {
		for {
			f.size = 0 // want "f.size is written without mu by the goroutine that BadFlusher starts, while Size reads it under that lock"
		}
	}()
	return f
}

// Size holds the lock, but the worker does not.
func (f *flusher) Size() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.size
}

// A sampler works by itself, and forgets the lock that its methods take.
type sampler struct {
	mu    sync.RWMutex
	n     int
	rate  int
	own   int
	swap  int
	ask   chan int
	every time.Duration
}

func NewSampler() *sampler {
	s := &sampler{rate: 1, every: time.Second}
	go s.badRun()
	return s
}

func (s *sampler) badRun() {
	t := time.NewTicker(s.every)
	defer t.Stop()
	for range t.C {
		s.n += s.rate // want "s.n is written without mu by the goroutine that NewSampler starts, while Count reads it under that lock: nothing orders the two" "s.rate is read without mu by the goroutine that NewSampler starts, while SetRate writes it under that lock"
		s.own++
	}
}

func (s *sampler) Count() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.n
}

func (s *sampler) SetRate(n int) {
	s.mu.Lock()
	s.rate = n
	s.mu.Unlock()
}

func (s *sampler) Rate() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.rate
}

// A server does what it is asked for while the one who asks holds the lock.
type okServer struct {
	mu  sync.Mutex
	n   int
	ask chan int
	ans chan int
}

func NewOkServer() *okServer {
	s := &okServer{ask: make(chan int), ans: make(chan int)}
	go s.run()
	return s
}

func (s *okServer) run() {
	for x := range s.ask {
		s.n += x
		s.ans <- s.n
	}
}

func (s *okServer) Add(x int) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ask <- x
	return <-s.ans
}

func (s *okServer) N() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.n
}

// okLocked takes the lock in a function of its own.
type okLocked struct {
	mu sync.Mutex
	n  int
}

func NewOkLocked() *okLocked {
	l := &okLocked{}
	go func() {
		for {
			time.Sleep(time.Second)
			l.lock()
			l.n++
			l.mu.Unlock()
		}
	}()
	return l
}

func (l *okLocked) lock() { l.mu.Lock() }

func (l *okLocked) N() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.n
}
