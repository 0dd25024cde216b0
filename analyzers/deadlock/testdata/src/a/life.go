package a

import (
	"context"
	"errors"
	"net"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// The loop of a node ends when it is stopped; who asks for the status then, or
// has asked just before, waits for ever: chanleak's. (etcd-io/etcd#6857)
type okLeftNode struct {
	status chan chan int
	stop   chan struct{}
	done   chan struct{}
}

func (n *okLeftNode) Status() int {
	c := make(chan int)
	n.status <- c
	return <-c
}

func (n *okLeftNode) run() {
	for {
		select {
		case c := <-n.status:
			c <- 1
		case <-n.stop:
			close(n.done)
			return
		}
	}
}

func (n *okLeftNode) Stop() {
	select {
	case n.stop <- struct{}{}:
	case <-n.done:
		return
	}
	<-n.done
}

func nodes() {
	n := &okLeftNode{status: make(chan chan int), stop: make(chan struct{}), done: make(chan struct{})}
	go n.run()
	go n.Status()
	go n.Stop()
}

// Its fixed form.
type okNode struct {
	status chan chan int
	stop   chan struct{}
	done   chan struct{}
}

func (n *okNode) Status() int {
	c := make(chan int)
	select {
	case n.status <- c:
		return <-c
	case <-n.done:
		return 0
	}
}

func (n *okNode) run() {
	for {
		select {
		case c := <-n.status:
			c <- 1
		case <-n.stop:
			close(n.done)
			return
		}
	}
}

func (n *okNode) Stop() {
	select {
	case n.stop <- struct{}{}:
	case <-n.done:
		return
	}
	<-n.done
}

func okNodes() {
	n := &okNode{status: make(chan chan int), stop: make(chan struct{}), done: make(chan struct{})}
	go n.run()
	go n.Status()
	go n.Stop()
}

// The sender looks whether it is to stop, and then sends though the receiver has
// just stopped: chanleak's. (cockroachdb/cockroach#1462)
func okLeftCheck(events int) {
	stop, ch := make(chan struct{}), make(chan int)
	go func() {
		for {
			select {
			case <-stop:
				return
			default:
				ch <- events
			}
		}
	}()
	go func() {
		for {
			select {
			case <-ch:
			case <-stop:
				return
			}
		}
	}()
	close(stop)
}

func okSendOrStop(events int) {
	stop, ch := make(chan struct{}), make(chan int)
	go func() {
		for {
			select {
			case <-stop:
				return
			case ch <- events:
			}
		}
	}()
	go func() {
		for {
			select {
			case <-ch:
			case <-stop:
				return
			}
		}
	}()
	close(stop)
}

type server interface{ Shutdown() error }

// Once a server has failed && does not receive any more. (go-openapi's template of
// a server, in prometheus/alertmanager v0.34)
func badShutdown(servers []server) {
	ch := make(chan bool)
	for _, s := range servers {
		go func() {
			ch <- s.Shutdown() == nil // want "the send on ch never ends"
		}()
	}
	ok := true
	for range servers {
		ok = ok && <-ch
	}
	if ok {
		println("all down")
	}
}

func okShutdown(servers []server) {
	ch := make(chan bool)
	for _, s := range servers {
		go func() {
			ch <- s.Shutdown() == nil
		}()
	}
	ok := true
	for range servers {
		ok = <-ch && ok
	}
	if ok {
		println("all down")
	}
}

// An error is a failure of the test.
func okTestError(t *testing.T, ln net.Listener, dial func() error) {
	conns := make(chan net.Conn)
	go func() {
		conn, err := ln.Accept()
		if err != nil {
			return
		}
		conns <- conn
	}()
	if err := dial(); err != nil {
		t.Fatal(err)
	}
	(<-conns).Close()
}

// The test knows how many connections there are.
func okTestRounds(t *testing.T, ln net.Listener) {
	conns := make(chan net.Conn, 1)
	go func() {
		for {
			conn, err := ln.Accept()
			if err != nil {
				return
			}
			conns <- conn
		}
	}()
	(<-conns).Close()
}

// The number of goroutines is that of the Add, though the loop does not say so.
func okNumber(work []func()) {
	var start, release sync.WaitGroup
	start.Add(10)
	release.Add(1)
	for _, f := range work {
		go func() {
			start.Done()
			release.Wait()
			f()
		}()
	}
	start.Wait()
	release.Done()
}

// The loop ends as true is sent.
func okTrue(mu *sync.Mutex) {
	up, done := make(chan int), make(chan bool)
	go func() {
		up <- 1
		for {
			mu.Lock()
			mu.Unlock()
			if <-done {
				return
			}
		}
	}()
	<-up
	done <- true
}

// A helper that is handed the test ends it.
func okFailHelper(t *testing.T, ready chan int, build func() error) {
	done := make(chan error, 1)
	go func() { done <- build() }()
	select {
	case <-ready:
	case <-done:
		require{}.FailNow(t, "ended before it was ready")
	}
	defer func() { println(<-done) }()
}

type require struct{}

func (require) FailNow(t testing.TB, msg string) { t.Fatal(msg) }

type tester struct {
	frames chan int
	errs   chan error
}

// A second call after one that timed out would find the first's goroutine, but
// whoever calls gives up on the error.
func (s *tester) read(frame func() (int, error)) (int, error) {
	go func() {
		n, err := frame()
		if err != nil {
			s.errs <- err
		} else {
			s.frames <- n
		}
	}()
	select {
	case n := <-s.frames:
		return n, nil
	case err := <-s.errs:
		return 0, err
	case <-time.After(time.Second):
		return 0, errors.New("timeout")
	}
}

func okErrorEnds(ctx context.Context, frame func() (int, error)) {
	s := &tester{make(chan int, 1), make(chan error, 1)}
	for ctx.Err() == nil {
		if _, err := s.read(frame); err != nil {
			panic(err)
		}
	}
}

// The status is never set, so that each row is sent: one more than there is room
// for. (cockroachdb/cockroach#35073)
type rows struct {
	status status
	data   chan int
}

type status struct{ closed uint32 }

func (r *rows) init(size int) { r.data = make(chan int, size) }

func (r *rows) badPush(v int) {
	if atomic.LoadUint32(&r.status.closed) == 0 {
		r.data <- v // want "the send on r.data never ends"
	}
}

func fill() {
	r := &rows{}
	r.init(4)
	for i := range 4 {
		r.badPush(i)
	}
	var wg sync.WaitGroup
	wg.Go(func() { r.badPush(4) })
	wg.Wait()
}

// Here it is set, and nothing is sent any more.
type okRows struct {
	status status
	data   chan int
}

func (r *okRows) okPush(v int) {
	if atomic.LoadUint32(&r.status.closed) == 0 {
		r.data <- v
	}
}

func okFill() {
	r := &okRows{data: make(chan int, 4)}
	var wg sync.WaitGroup
	for i := range 4 {
		r.okPush(i)
	}
	atomic.StoreUint32(&r.status.closed, 1)
	wg.Go(func() { r.okPush(4) })
	wg.Wait()
}
