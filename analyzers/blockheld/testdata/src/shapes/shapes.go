// Package shapes has code that waits under a lock, wrongly and rightly.
package shapes

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// A handler that runs under a lock its caller takes before it looks at the
// result (istio/istio#16224).
func badHandler(register func(func(int)), run func()) {
	var lock sync.Mutex
	done := make(chan bool)
	register(func(int) {
		lock.Lock()
		defer lock.Unlock()
		done <- true // want `the function literal sends on done, holding lock since shapes.go:\d+: badHandler, the only receiver, locks lock first`
	})
	run()
	lock.Lock()
	lock.Unlock()
	<-done
}

// Workers are waited for with the lock that they take.
type badGroup struct {
	mu   sync.Mutex
	wg   sync.WaitGroup
	jobs chan int
	sum  int
}

func newBadGroup() *badGroup {
	g := &badGroup{jobs: make(chan int)}
	for range 4 {
		g.wg.Add(1)
		go g.worker()
	}
	return g
}

func (g *badGroup) worker() {
	defer g.wg.Done()
	for j := range g.jobs {
		g.add(j)
	}
}

func (g *badGroup) add(j int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.sum += j
}

func (g *badGroup) close() {
	g.mu.Lock()
	defer g.mu.Unlock()
	close(g.jobs)
	g.wg.Wait() // want `close waits for g.wg, holding g.mu since shapes.go:\d+: worker, which this waits for, has to lock g.mu in between`
}

func (g *badGroup) all(jobs []int) {
	var wg sync.WaitGroup
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, j := range jobs {
		wg.Go(func() { g.add(j) })
	}
	wg.Wait() // want `all waits for wg, holding g.mu since shapes.go:\d+: the goroutine of shapes.go:\d+, which this waits for, locks g.mu first`
}

func (g *badGroup) one(j int) {
	done := make(chan struct{})
	g.mu.Lock()
	defer g.mu.Unlock()
	go func() {
		g.add(j)
		close(done)
	}()
	<-done // want `one receives from done, holding g.mu since shapes.go:\d+: the goroutine of shapes.go:\d+, the only closer, locks g.mu first`
}

// A Cond of one lock is waited on with another one held.
type badCond struct {
	mu    sync.Mutex
	state sync.Mutex
	cond  *sync.Cond
	ready bool
}

func newBadCond() *badCond {
	c := &badCond{}
	c.cond = sync.NewCond(&c.state)
	return c
}

func (c *badCond) wait() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.state.Lock()
	defer c.state.Unlock()
	c.cond.Wait() // want `wait waits on c.cond, holding c.mu since shapes.go:\d+: signal, the only signaller, does so under c.mu`
}

func (c *badCond) signal() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.cond.Signal()
}

// A select all of whose cases need the lock.
type badSelect struct {
	mu   sync.Mutex
	a, b chan int
}

func newBadSelect() *badSelect { return &badSelect{a: make(chan int), b: make(chan int)} }

func (s *badSelect) wait() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	select { // want `wait receives from s.a, holding s.mu since shapes.go:\d+: the senders, as giveA, need s.mu themselves`
	case x := <-s.a:
		return x
	case x := <-s.b:
		return x
	}
}

func (s *badSelect) giveA() {
	s.mu.Lock()
	defer s.mu.Unlock()
	select {
	case s.a <- 1:
	default:
	}
}

func (s *badSelect) giveB() {
	s.mu.Lock()
	defer s.mu.Unlock()
	select {
	case s.b <- 1:
	default:
	}
}

// Who comes with a case that needs no lock lets it go on.
type okSelect struct {
	mu   sync.Mutex
	a, b chan int
}

func newOkSelect() *okSelect {
	s := &okSelect{a: make(chan int), b: make(chan int)}
	go func() { s.b <- 1 }()
	return s
}

func (s *okSelect) wait() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	select {
	case x := <-s.a:
		return x
	case x := <-s.b:
		return x
	}
}

func (s *okSelect) giveA() {
	s.mu.Lock()
	defer s.mu.Unlock()
	select {
	case s.a <- 1:
	default:
	}
}

// An event loop that takes no lock.
type okLoop struct {
	mu  sync.Mutex
	ch  chan int
	sum int
}

func newOkLoop() *okLoop {
	l := &okLoop{ch: make(chan int)}
	go l.run()
	return l
}

func (l *okLoop) run() {
	for x := range l.ch {
		fmt.Println(x)
	}
}

func (l *okLoop) put(x int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.sum += x
	l.ch <- x
}

// The send gives up.
type okPatient struct {
	mu sync.Mutex
	ch chan int
}

func newOkPatient() *okPatient {
	p := &okPatient{ch: make(chan int)}
	go p.run()
	return p
}

func (p *okPatient) run() {
	for range p.ch {
		p.mu.Lock()
		p.mu.Unlock()
	}
}

func (p *okPatient) try(x int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	select {
	case p.ch <- x:
	default:
	}
}

func (p *okPatient) timeout(x int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	select {
	case p.ch <- x:
	case <-time.After(time.Second):
	}
}

func (p *okPatient) cancel(ctx context.Context, x int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	select {
	case p.ch <- x:
	case <-ctx.Done():
	}
}

// Room for as many as there will be.
type okRoom struct {
	mu sync.Mutex
	ch chan int
}

func newOkRoom(n int) *okRoom {
	r := &okRoom{ch: make(chan int, n)}
	go r.run()
	return r
}

func (r *okRoom) run() {
	for range r.ch {
		r.mu.Lock()
		r.mu.Unlock()
	}
}

func (r *okRoom) put(x int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.ch <- x
}

// Who waits has said so under the lock, and holds it no more when he is told.
type okWaiters struct {
	mu      sync.Mutex
	waiters []chan int
}

func (w *okWaiters) get() int {
	ch := make(chan int)
	w.mu.Lock()
	w.waiters = append(w.waiters, ch)
	w.mu.Unlock()
	return <-ch
}

func (w *okWaiters) put(x int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, ch := range w.waiters {
		ch <- x
	}
	w.waiters = nil
}

// The same by a flag.
type okFlag struct {
	mu      sync.Mutex
	waiting bool
	ch      chan int
}

func newOkFlag() *okFlag { return &okFlag{ch: make(chan int)} }

func (f *okFlag) get() int {
	f.mu.Lock()
	f.waiting = true
	f.mu.Unlock()
	return <-f.ch
}

func (f *okFlag) put(x int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.waiting {
		f.waiting = false
		f.ch <- x
	}
}

// Whoever has the channel may receive.
type okShown struct {
	mu sync.Mutex
	ch chan int
}

func newOkShown() *okShown {
	s := &okShown{ch: make(chan int)}
	go s.run()
	return s
}

func (s *okShown) C() <-chan int { return s.ch }

func (s *okShown) run() {
	for range s.ch {
		s.mu.Lock()
		s.mu.Unlock()
	}
}

func (s *okShown) put(x int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ch <- x
}

func OkShown() <-chan int {
	s := newOkShown()
	go s.put(1)
	return s.C()
}

// A node waits for its children, which take locks of their own.
type okNode struct {
	mu       sync.Mutex
	children []*okNode
	done     chan struct{}
}

func newOkNode() *okNode {
	n := &okNode{done: make(chan struct{})}
	go n.run()
	return n
}

func (n *okNode) run() {
	defer close(n.done)
	n.mu.Lock()
	n.mu.Unlock()
}

func (n *okNode) wait() {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, c := range n.children {
		<-c.done
	}
}

// Readers do not keep each other out.
type okReaders struct {
	mu sync.RWMutex
	ch chan int
}

func newOkReaders() *okReaders { return &okReaders{ch: make(chan int)} }

func (r *okReaders) put(x int) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	r.ch <- x
}

func (r *okReaders) get() int {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return <-r.ch
}

// Nobody knows it yet.
type okMaker struct {
	mu    sync.Mutex
	ready chan struct{}
}

func newOkMaker() *okMaker {
	m := &okMaker{ready: make(chan struct{})}
	m.mu.Lock()
	defer m.mu.Unlock()
	go func() { close(m.ready) }()
	<-m.ready
	return m
}

// A Cond gives its own lock up.
type okCond struct {
	mu   sync.Mutex
	cond *sync.Cond
	n    int
}

func newOkCond() *okCond {
	c := &okCond{}
	c.cond = sync.NewCond(&c.mu)
	return c
}

func (c *okCond) wait() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for c.n == 0 {
		c.cond.Wait()
	}
}

func (c *okCond) signal() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n++
	c.cond.Signal()
}

// The same, by the name that the Cond has for it.
type okCondL struct {
	cond *sync.Cond
	n    int
}

func newOkCondL() *okCondL { return &okCondL{cond: sync.NewCond(&sync.Mutex{})} }

func (c *okCondL) wait() {
	c.cond.L.Lock()
	defer c.cond.L.Unlock()
	for c.n == 0 {
		c.cond.Wait()
	}
}

func (c *okCondL) signal() {
	c.cond.L.Lock()
	defer c.cond.L.Unlock()
	c.n++
	c.cond.Signal()
}

// The helper gives its caller's lock up while it waits.
type okLent struct {
	mu   sync.Mutex
	done chan struct{}
}

func newOkLent() *okLent {
	l := &okLent{done: make(chan struct{})}
	go l.run()
	return l
}

func (l *okLent) run() {
	l.mu.Lock()
	l.mu.Unlock()
	close(l.done)
}

func (l *okLent) close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.waitLocked()
}

func (l *okLent) waitLocked() {
	l.mu.Unlock()
	<-l.done
	l.mu.Lock()
}

// Counting up is what needs the lock, so that it cannot come during a Wait
// (nats-io/nats-server).
type okCounted struct {
	mu sync.Mutex
	wg sync.WaitGroup
}

func (m *okCounted) run() {
	m.mu.Lock()
	m.wg.Add(1)
	m.mu.Unlock()
	fmt.Println("monitor")
	m.wg.Done()
}

func (m *okCounted) count() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.wg.Add(1)
}

func (m *okCounted) again() {
	for {
		m.count()
		m.wg.Done()
	}
}

func (m *okCounted) stop() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.wg.Wait()
}

// A lock and a channel for each turn.
func okEachTurn() {
	for range 10 {
		var mu sync.Mutex
		ch := make(chan int)
		go func() {
			mu.Lock()
			ch <- 1
			mu.Unlock()
		}()
		<-ch
		mu.Lock()
		mu.Unlock()
	}
}

// The lock is taken before there is anybody to wait for it, or with it.
func (g *badGroup) okBefore(j int) {
	g.add(j)
	done := make(chan bool)
	go func() {
		g.mu.Lock()
		defer g.mu.Unlock()
		done <- true
	}()
	<-done
}

// A semaphore: who holds a place needs no lock to give it back.
type okSemaphore struct {
	mu  sync.Mutex
	sem chan struct{}
}

func newOkSemaphore() *okSemaphore { return &okSemaphore{sem: make(chan struct{}, 1)} }

func (s *okSemaphore) run(f func()) {
	s.mu.Lock()
	s.sem <- struct{}{}
	s.mu.Unlock()
	f()
	<-s.sem
}

// Eight are rarely waiting, but they may be.
type fnRoom struct {
	mu sync.Mutex
	ch chan int
}

func newFnRoom() *fnRoom {
	r := &fnRoom{ch: make(chan int, 8)}
	go r.run()
	return r
}

func (r *fnRoom) run() {
	for range r.ch {
		r.mu.Lock()
		r.mu.Unlock()
	}
}

func (r *fnRoom) put(x int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.ch <- x
}

// The lock is taken behind an interface of another package.
type fnStringer struct {
	mu sync.Mutex
	ch chan fmt.Stringer
}

func newFnStringer() *fnStringer {
	s := &fnStringer{ch: make(chan fmt.Stringer)}
	go s.run()
	return s
}

func (s *fnStringer) run() {
	for x := range s.ch {
		_ = x.String()
	}
}

func (s *fnStringer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return "s"
}

func (s *fnStringer) put() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ch <- s
}

// There is one request at most: who makes it says so first. (As in the ordered
// consumer of nats.go.)
type consumer struct {
	mu      sync.Mutex
	pending bool
	again   chan struct{}
	n       int
}

func newConsumer() *consumer {
	c := &consumer{again: make(chan struct{}, 1)}
	go c.serve()
	return c
}

func (c *consumer) serve() {
	for range c.again {
		c.mu.Lock()
		c.n++
		c.pending = false
		c.mu.Unlock()
	}
}

func (c *consumer) okFailed() {
	c.mu.Lock()
	if !c.pending {
		c.pending = true
		c.again <- struct{}{}
	}
	c.mu.Unlock()
}

// The lock is made first, and is the Cond's as well as the field's. (As in
// go-ethereum's stateTracker.)
type okCondShared struct {
	cond *sync.Cond
	lock *sync.RWMutex
	n    int
}

func newOkCondShared() *okCondShared {
	lock := new(sync.RWMutex)
	return &okCondShared{cond: sync.NewCond(lock), lock: lock}
}

func (c *okCondShared) wait() {
	c.lock.Lock()
	defer c.lock.Unlock()
	for c.n == 0 {
		c.cond.Wait()
	}
}

func (c *okCondShared) signal() {
	c.lock.Lock()
	defer c.lock.Unlock()
	c.n++
	c.cond.Signal()
}
