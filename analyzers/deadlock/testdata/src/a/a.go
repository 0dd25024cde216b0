// Package a has the basic cases of deadlock.
package a

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// The worker is not done before its result has been taken.
func badMixed() int {
	ch, done := make(chan int), make(chan struct{})
	go func() {
		defer close(done)
		ch <- 1
	}()
	<-done // want `the receive from done never ends, nor does the send on ch`
	return <-ch
}

func okMixed() int {
	ch, done := make(chan int, 1), make(chan struct{})
	go func() {
		defer close(done)
		ch <- 1
	}()
	<-done
	return <-ch
}

// Two results, one receive, room for none.
func okLeftFirst() int {
	ch := make(chan int)
	for i := range 2 {
		go func() {
			ch <- i // for rule chanleak
		}()
	}
	return <-ch
}

func okFirst() int {
	ch := make(chan int, 1)
	for i := range 2 {
		go func() { ch <- i }()
	}
	return <-ch
}

// A lock is held during a send, and the receiver wants it.
// (kubernetes/kubernetes#10182)
type okHeldStatus struct {
	mu sync.RWMutex
	ch chan bool
}

func (s *okHeldStatus) sync() {
	<-s.ch
	s.mu.Lock()
	defer s.mu.Unlock()
}

func (s *okHeldStatus) set() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ch <- true // for rule blockheld
}

func statuses() {
	s := &okHeldStatus{ch: make(chan bool)}
	go func() {
		for range 2 {
			s.sync()
		}
	}()
	go s.set()
	go s.set()
}

type okStatus struct {
	mu sync.RWMutex
	ch chan bool
}

func (s *okStatus) sync() {
	<-s.ch
	s.mu.Lock()
	defer s.mu.Unlock()
}

func (s *okStatus) set() {
	s.mu.Lock()
	s.mu.Unlock()
	s.ch <- true
}

func okStatuses() {
	s := &okStatus{ch: make(chan bool)}
	go func() {
		for range 2 {
			s.sync()
		}
	}()
	go s.set()
	go s.set()
}

// stop waits, with the lock held, for a goroutine that needs the lock to get
// there. (etcd-io/etcd#6873)
type okHeldWatch struct {
	mu      sync.Mutex
	updates chan int
	done    chan struct{}
}

func startWatch() *okHeldWatch {
	w := &okHeldWatch{updates: make(chan int, 1), done: make(chan struct{})}
	go func() {
		defer close(w.done)
		for range w.updates {
			w.merge()
		}
	}()
	return w
}

func (w *okHeldWatch) merge() {
	w.mu.Lock()
	w.mu.Unlock()
}

func (w *okHeldWatch) stop() {
	w.mu.Lock()
	defer w.mu.Unlock()
	close(w.updates)
	<-w.done // for rule blockheld
}

func (w *okHeldWatch) update(v int) {
	select {
	case w.updates <- v:
	default:
	}
}

func watches() {
	w := startWatch()
	w.update(1)
	w.stop()
}

type okWatch struct {
	mu      sync.Mutex
	updates chan int
	done    chan struct{}
}

func newOkWatch() *okWatch {
	w := &okWatch{updates: make(chan int, 1), done: make(chan struct{})}
	go func() {
		defer close(w.done)
		for range w.updates {
			w.merge()
		}
	}()
	return w
}

func (w *okWatch) merge() {
	w.mu.Lock()
	w.mu.Unlock()
}

func (w *okWatch) stop() {
	w.mu.Lock()
	close(w.updates)
	w.mu.Unlock()
	<-w.done
}

func okWatches() {
	w := newOkWatch()
	select {
	case w.updates <- 1:
	default:
	}
	w.stop()
}

// The loop calls back, and what it calls waits for the loop to end.
// (syncthing/syncthing#5795)
type model interface{ config() }

type testModel struct{ fn func() }

func (m *testModel) config() {
	if m.fn != nil {
		m.fn()
	}
}

type conn struct {
	m       model
	inbox   chan int
	closed  chan struct{}
	stopped chan struct{}
	once    sync.Once
}

func (c *conn) loop() {
	defer close(c.stopped)
	for {
		select {
		case <-c.inbox:
			c.m.config()
		case <-c.closed:
			return
		}
	}
}

func (c *conn) close() {
	c.once.Do(func() {
		close(c.closed)
		<-c.stopped
	})
}

func badCallback() {
	m := &testModel{}
	c := &conn{m: m, inbox: make(chan int), closed: make(chan struct{}), stopped: make(chan struct{})}
	m.fn = c.close
	go c.loop()
	c.inbox <- 1
	<-c.stopped // want `the receive from c.stopped never ends, nor does the receive from c.stopped`
}

type okConn struct {
	m       model
	inbox   chan int
	closed  chan struct{}
	stopped chan struct{}
	once    sync.Once
}

func (c *okConn) loop() {
	defer close(c.stopped)
	for {
		select {
		case <-c.inbox:
			c.m.config()
		case <-c.closed:
			return
		}
	}
}

func (c *okConn) close() {
	c.once.Do(func() { close(c.closed) })
}

func okCallback() {
	m := &testModel{}
	c := &okConn{m: m, inbox: make(chan int), closed: make(chan struct{}), stopped: make(chan struct{})}
	m.fn = c.close
	go c.loop()
	c.inbox <- 1
	<-c.stopped
}

// The buffer is full when the worker is started that would empty it.
// (cockroachdb/cockroach#24808)
type compactor struct{ ch chan struct{} }

func (c *compactor) badStart(stop chan struct{}) {
	c.ch <- struct{}{} // want `the send on c.ch never ends`
	go func() {
		for {
			select {
			case <-stop:
				return
			case <-c.ch:
			}
		}
	}()
}

func compact() {
	stop := make(chan struct{})
	defer close(stop)
	c := &compactor{ch: make(chan struct{}, 1)}
	c.ch <- struct{}{}
	c.badStart(stop)
}

func (c *compactor) okStart(stop chan struct{}) {
	select {
	case c.ch <- struct{}{}:
	default:
	}
	go func() {
		for {
			select {
			case <-stop:
				return
			case <-c.ch:
			}
		}
	}()
}

func okCompact() {
	stop := make(chan struct{})
	defer close(stop)
	c := &compactor{ch: make(chan struct{}, 1)}
	c.ch <- struct{}{}
	c.okStart(stop)
}

// Nobody has begun to wait when the signal comes.
func badSignal() {
	var mu sync.Mutex
	c := sync.NewCond(&mu)
	go func() {
		mu.Lock()
		c.Signal()
		mu.Unlock()
	}()
	mu.Lock()
	c.Wait() // want `the wait for c never ends: no goroutine is left that signals`
	mu.Unlock()
}

func okSignal() {
	var mu sync.Mutex
	ready := false
	c := sync.NewCond(&mu)
	go func() {
		mu.Lock()
		ready = true
		c.Signal()
		mu.Unlock()
	}()
	mu.Lock()
	for !ready {
		c.Wait()
	}
	mu.Unlock()
}

// The error path leaves before the message is taken.
func okLeftError(err error) error {
	ch := make(chan int)
	go func() {
		ch <- 1 // for rule chanleak
	}()
	if err != nil {
		return err
	}
	<-ch
	return nil
}

func okError(err error) error {
	ch := make(chan int)
	go func() { ch <- 1 }()
	if err != nil {
		<-ch
		return err
	}
	<-ch
	return nil
}

// A waiting writer keeps the second reader out, and the first waits for that.
func badReaders() {
	var mu sync.RWMutex
	ch := make(chan int)
	go func() {
		mu.RLock()
		ch <- 1
		mu.RUnlock()
	}()
	go func() {
		mu.Lock()
		mu.Unlock()
	}()
	mu.RLock()
	<-ch // want `the receive from ch never ends, and 2 other goroutines wait for ever with it`
	mu.RUnlock()
}

// Neither case is ever ready on the error path.
func okLeftSelect(err error) error {
	a, b := make(chan int), make(chan int)
	go func() {
		select { // for rule chanleak
		case <-a:
		case <-b:
		}
	}()
	if err != nil {
		return err
	}
	close(a)
	return nil
}

// What follows is right.

func okReaders() {
	var mu sync.RWMutex
	ch := make(chan int)
	go func() {
		mu.RLock()
		ch <- 1
		mu.RUnlock()
	}()
	mu.RLock()
	<-ch
	mu.RUnlock()
}

// As many receives as senders, whatever the length.
func okWorkers(xs []int) (sum int) {
	ch := make(chan int)
	for _, x := range xs {
		go func() { ch <- x * x }()
	}
	for range xs {
		sum += <-ch
	}
	return sum
}

// The buffer has room for all.
func okRoom(xs []int) int {
	ch := make(chan int, len(xs))
	for _, x := range xs {
		go func() { ch <- x * x }()
	}
	return <-ch
}

func okCloser(xs []int) (sum int) {
	ch := make(chan int)
	var wg sync.WaitGroup
	for _, x := range xs {
		wg.Add(1)
		go func() {
			defer wg.Done()
			ch <- x
		}()
	}
	go func() {
		wg.Wait()
		close(ch)
	}()
	for x := range ch {
		sum += x
	}
	return sum
}

func okGo(xs []int) {
	ch := make(chan int)
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			for x := range ch {
				fmt.Println(x)
			}
		})
	}
	for _, x := range xs {
		ch <- x
	}
	close(ch)
	wg.Wait()
}

// Whether the goroutine was started is remembered.
func okStarted(on bool) {
	done := make(chan struct{})
	started := false
	if on {
		started = true
		go func() { close(done) }()
	}
	fmt.Println("working")
	if started {
		<-done
	}
}

// Two looks at one condition.
func okTwoLooks(on bool) {
	done := make(chan struct{})
	if on {
		go func() { close(done) }()
	}
	fmt.Println("working")
	if on {
		<-done
	}
}

func okTimeout() (int, error) {
	ch := make(chan int, 1)
	go func() { ch <- 1 }()
	select {
	case v := <-ch:
		return v, nil
	case <-time.After(time.Second):
		return 0, errors.New("timeout")
	}
}

func okCancelled(ctx context.Context) error {
	ch := make(chan int)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		select {
		case ch <- 1:
		case <-ctx.Done():
		}
	}()
	select {
	case <-ch:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Who gets the channel may receive.
func okGiven() <-chan int {
	ch := make(chan int)
	go func() { ch <- 1 }()
	return ch
}

// What the channel is sent on is unknown.
func okSentAway(reqs chan chan int) {
	ch := make(chan int)
	go func() { reqs <- ch }()
	<-ch
}

func okSemaphore(xs []int) {
	sem := make(chan struct{}, 2)
	var wg sync.WaitGroup
	for range xs {
		sem <- struct{}{}
		wg.Add(1)
		go func() {
			defer wg.Done()
			defer func() { <-sem }()
		}()
	}
	wg.Wait()
}

// The lock is given up by another goroutine.
func okHandOff() {
	var mu sync.Mutex
	mu.Lock()
	go mu.Unlock()
	mu.Lock()
	mu.Unlock()
}

func okTry() {
	var mu sync.Mutex
	mu.Lock()
	if mu.TryLock() {
		go fmt.Println("cannot be")
	}
	mu.Unlock()
	mu.Lock()
	mu.Unlock()
}

func okTimer() {
	done := make(chan struct{})
	time.AfterFunc(time.Second, func() { close(done) })
	<-done
}

// Each round has a channel of its own.
func okRounds(xs []int) {
	for _, x := range xs {
		ch := make(chan int)
		go func() { ch <- x }()
		<-ch
	}
}

// The first error is kept, the others are dropped.
func okFirstError(fs []func() error) error {
	errc := make(chan error, 1)
	var wg sync.WaitGroup
	for _, f := range fs {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if err := f(); err != nil {
				select {
				case errc <- err:
				default:
				}
			}
		}()
	}
	wg.Wait()
	select {
	case err := <-errc:
		return err
	default:
		return nil
	}
}

// A done channel that ends producer and consumer.
func okPipeline(n int) {
	out, done := make(chan int), make(chan struct{})
	go func() {
		defer close(out)
		for i := 0; ; i++ {
			select {
			case out <- i:
			case <-done:
				return
			}
		}
	}()
	for v := range out {
		if v == n {
			break
		}
	}
	close(done)
	for range out {
	}
}

// A WaitGroup used again.
func okReuse() {
	var wg sync.WaitGroup
	for range 2 {
		wg.Add(2)
		go wg.Done()
		go wg.Done()
		wg.Wait()
	}
}

// Somebody still alive may yet send.
func okAlive(work func() bool) {
	ch := make(chan int)
	go func() {
		for work() {
			select {
			case ch <- 1:
			default:
			}
		}
		close(ch)
	}()
	for range ch {
	}
}

// The panic ends the process.
func okPanic(bad bool) {
	done := make(chan struct{})
	go func() {
		if bad {
			panic("bad")
		}
		close(done)
	}()
	<-done
}

// fn: how often the loops run is not compared.
func fnCount(n int) {
	ch := make(chan int)
	for range n {
		go func() { ch <- 1 }()
	}
	for range n - 1 {
		<-ch
	}
}

// fn: the flag is atomic, and what goes for it at one time is not known.
func fnSlices() {
	chs := []chan int{make(chan int)}
	go func() { chs[0] <- 1 }()
}

// The function panics before it sends, or not at all. (As in PaesslerAG/gval.)
func okRecovered(f func() (int, error)) error {
	errs := make(chan error, 1)
	n := 0
	go func() {
		defer func() {
			if r := recover(); r != nil {
				errs <- errors.New("panic")
			}
		}()
		v, err := f()
		if err != nil {
			errs <- err
			return
		}
		n = v
		errs <- nil
	}()
	err := <-errs
	_ = n
	return err
}

// That is how one waits for ever on purpose.
func okForEver(serve func()) {
	go func() { serve() }()
	<-make(chan struct{})
}
