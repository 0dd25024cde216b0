// Package a closes channels more than once, or sends on closed ones.
package a

import (
	"errors"
	"os"
	"sync"
	"sync/atomic"
	"time"
)

func compute() int { return len(os.Args) }

func dial() error { return errors.New(os.Args[0]) }

func badTwice(ch chan int) error {
	err := dial()
	if err != nil {
		close(ch)
	}
	close(ch) // want `ch is closed again after close\(ch\): the second close panics`
	return err
}

func okEither(ch chan int) error {
	err := dial()
	if err != nil {
		close(ch)
		return err
	}
	close(ch)
	return nil
}

func okExclusive(ch chan int, done bool) {
	if done {
		close(ch)
	}
	compute()
	if !done {
		close(ch)
	}
}

func badDeferred(ch chan int) error {
	defer close(ch) // want `ch is closed again after close\(ch\): the second close panics`
	if err := dial(); err != nil {
		close(ch)
		return err
	}
	ch <- 1
	return nil
}

func okDeferred(ch chan int) error {
	defer close(ch)
	if err := dial(); err != nil {
		return err
	}
	ch <- 1
	return nil
}

func badSend(ch chan int) {
	if dial() != nil {
		close(ch)
	}
	ch <- 1 // want `this send on ch comes after close\(ch\): it panics`
}

func okSend(ch chan int) {
	if dial() != nil {
		close(ch)
		return
	}
	ch <- 1
}

func okFlag(ch chan int) {
	closed := false
	for range compute() {
		if !closed && dial() != nil {
			close(ch)
			closed = true
		}
	}
	if !closed {
		close(ch)
	}
}

// Closed already? Then that case of the select is ready.
func okSelect(ch chan struct{}) {
	if dial() != nil {
		close(ch)
	}
	select {
	case <-ch:
	default:
		close(ch)
	}
}

func okLast(ch chan int, n int) {
	for i := range n {
		ch <- i
		if i == n-1 {
			close(ch)
		}
	}
}

func okNew() {
	ch := make(chan int)
	close(ch)
	ch = make(chan int)
	close(ch)
}

type conn struct {
	mu   sync.Mutex
	once sync.Once
	done chan struct{}
	out  chan int
	shut bool
}

func newConn() *conn {
	return &conn{done: make(chan struct{}), out: make(chan int)}
}

func (c *conn) stop() { close(c.done) }

func (c *conn) badStop() {
	if dial() != nil {
		c.stop()
	}
	close(c.done) // want `c.done is closed again after close\(c.done\): the second close panics`
}

type reset struct{ done chan struct{} }

func (r *reset) okReset() {
	close(r.done)
	r.done = make(chan struct{})
	close(r.done)
}

func badNil() {
	var ch chan int
	close(ch) // want `this closes a nil channel and panics`
}

func okMade(n int) {
	var ch chan int
	if n > 0 {
		ch = make(chan int)
	}
	if ch != nil {
		close(ch)
	}
}

// Two goroutines close, and nothing says which (moby/moby#24007).
func badTwoClosers(done chan struct{}) {
	go func() {
		select {
		case <-done:
		default:
			close(done)
		}
	}()
	select {
	case <-done:
	default:
		close(done) // want `done is closed while another goroutine closes it too: nothing orders the two, and the later one panics`
	}
}

func okOnce(done chan struct{}) {
	var once sync.Once
	go func() { once.Do(func() { close(done) }) }()
	once.Do(func() { close(done) })
}

func okLocked(c *conn) {
	go func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		select {
		case <-c.done:
		default:
			close(c.done)
		}
	}()
	c.mu.Lock()
	defer c.mu.Unlock()
	select {
	case <-c.done:
	default:
		close(c.done)
	}
}

func okElected(done chan struct{}) {
	var closed atomic.Bool
	for range 3 {
		go func() {
			if closed.CompareAndSwap(false, true) {
				close(done)
			}
		}()
	}
}

func badEachCloses(done chan struct{}) {
	for range 3 {
		go func() {
			compute()
			close(done) // want `done is closed while another goroutine of the same statement closes it too`
		}()
	}
}

func okOwnChannel() {
	for range 3 {
		done := make(chan struct{})
		go func() {
			compute()
			close(done)
		}()
	}
}

func badCloseSend() {
	ch := make(chan int, 1)
	go func() {
		ch <- compute()
	}()
	close(ch) // want `ch is closed while another goroutine sends on it: nothing orders the two, and a send behind the close panics`
}

func okCloseAfterWait(xs []int) {
	ch := make(chan int, len(xs))
	var wg sync.WaitGroup
	for range xs {
		wg.Add(1)
		go func() {
			defer wg.Done()
			ch <- compute()
		}()
	}
	wg.Wait()
	close(ch)
}

func okCloser(xs []int) int {
	ch := make(chan int)
	var wg sync.WaitGroup
	for range xs {
		wg.Add(1)
		go func() {
			defer wg.Done()
			ch <- compute()
		}()
	}
	go func() {
		wg.Wait()
		close(ch)
	}()
	sum := 0
	for v := range ch {
		sum += v
	}
	return sum
}

func okCounted(xs []int) {
	ch := make(chan int)
	for range xs {
		go func() { ch <- compute() }()
	}
	for range xs {
		<-ch
	}
	close(ch)
}

func okDone() {
	ch, done := make(chan int), make(chan struct{})
	go func() {
		for range compute() {
			ch <- 1
		}
		close(done)
	}()
	for {
		select {
		case <-ch:
		case <-done:
			close(ch)
			return
		}
	}
}

func okFlagged(c *conn) {
	go func() {
		c.mu.Lock()
		shut := c.shut
		c.mu.Unlock()
		if !shut {
			c.out <- 1
		}
	}()
	c.mu.Lock()
	c.shut = true
	c.mu.Unlock()
	close(c.out)
}

// A close in each round of a loop: which rounds close is a matter of values.
func fnRounds(chs chan int) {
	for range compute() {
		if dial() != nil {
			close(chs)
		}
	}
}

// FnMethods closes as often as it is called.
func (c *conn) FnMethods() {
	select {
	case <-c.done:
	default:
		close(c.done)
	}
}

// The sender expects the channel to be closed.
func fpRecover(ch chan int) {
	go func() {
		defer func() { _ = recover() }()
		ch <- compute()
	}()
	close(ch) // want `ch is closed while another goroutine sends on it`
}

// Each round has a channel of its own, or none.
func okOwnOrNone(ns []int) {
	for _, n := range ns {
		var ch chan int
		if n != 0 {
			ch = make(chan int)
		}
		if n > 0 {
			go func() { close(ch) }()
		}
	}
}

// The handler closes its queue while streams still put their work into it
// (grpc/grpc-go#1687).
func badQueue(streams int) {
	writes, closed := make(chan func()), make(chan struct{})
	for range streams {
		go func() {
			select {
			case writes <- func() {}:
			case <-closed:
			}
		}()
	}
	(<-writes)()
	close(closed)
	close(writes) // want `writes is closed while another goroutine sends on it`
}

func okQueue(streams int) {
	writes, closed := make(chan func()), make(chan struct{})
	for range streams {
		go func() {
			select {
			case writes <- func() {}:
			case <-closed:
			}
		}()
	}
	for range compute() {
		(<-writes)()
	}
	close(closed)
}

// As grpc's Event: whoever comes second finds it fired.
type event struct {
	fired atomic.Bool
	c     chan struct{}
}

func (e *event) fire() bool {
	if e.fired.CompareAndSwap(false, true) {
		close(e.c)
		return true
	}
	return false
}

func okFiredTwice() bool {
	e := &event{c: make(chan struct{})}
	return e.fire() && e.fire()
}

// Two ways to end it, and somebody goes both.
type service struct{ done chan struct{} }

func (s *service) badClose() { close(s.done) } // want `s.done is closed again after close\(s.done\)`

func (s *service) stop() { close(s.done) }

func serve(s *service) {
	defer s.badClose()
	if dial() != nil {
		s.stop()
	}
}

type oneWay struct{ done chan struct{} }

func (s *oneWay) okClose() { close(s.done) }

func (s *oneWay) okStop() { close(s.done) }

func okOneWay(s *oneWay) {
	if dial() != nil {
		s.okStop()
		return
	}
	s.okClose()
}

// The function panics before it sends, or not at all. (As in PaesslerAG/gval.)
func okRecovered(f func() error, stop chan struct{}) error {
	errs := make(chan error, 1)
	go func() {
		defer func() {
			if r := recover(); r != nil {
				errs <- errors.New("panic")
			}
		}()
		errs <- f()
	}()
	select {
	case err := <-errs:
		close(errs)
		return err
	case <-stop:
		return nil
	}
}

// What is shown is that it panics.
func okExpected(ch chan int) (failed bool) {
	defer func() { failed = recover() != nil }()
	close(ch)
	close(ch)
	return false
}

// What the goroutines ask to choose their result is set once.
func badAnswers(urls []string, get func(string) error) {
	results := make(chan string, len(urls))
	for _, url := range urls {
		go func() {
			if get(url) != nil {
				results <- "failed"
				return
			}
			results <- url
		}()
	}
	select {
	case <-results:
	case <-time.After(time.Second):
	}
	close(results) // want `results is closed while another goroutine sends on it`
}
