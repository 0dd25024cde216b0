// Package a has the basic cases of chanblock.
package a

import (
	"context"
	"errors"
	"io"
	"os"
	"os/signal"
	"sync"
	"time"
)

func badNilReceive() {
	go func() {
		var c chan int
		<-c // want `receive from c blocks for ever: it is always nil`
	}()
}

func badNilSend() {
	var c chan int
	c <- 1 // want `send on c blocks for ever: it is always nil`
}

func badNobodySends() {
	go func() {
		<-make(chan int) // want `receive from make\(chan int\) blocks for ever: nothing sends on it or closes it`
	}()
}

func badNobodyReceives(work func() error) {
	errs := make(chan error)
	go func() {
		errs <- work() // want `send on errs blocks for ever: nothing receives from it`
	}()
}

// The result of the watch has no reader. (As in kubernetes/kubernetes#25331,
// where the fix takes the send out.)
type badWatch struct {
	ctx    context.Context
	cancel context.CancelFunc
	result chan error
	errs   chan error
}

func newBadWatch() *badWatch {
	w := &badWatch{result: make(chan error), errs: make(chan error, 1)}
	w.ctx, w.cancel = context.WithCancel(context.Background())
	go w.run()
	return w
}

func (w *badWatch) run() {
	select {
	case err := <-w.errs:
		w.cancel()
		w.result <- err // want `send on w.result blocks for ever: nothing receives from it`
	case <-w.ctx.Done():
	}
}

func (w *badWatch) stop() { w.errs <- errors.New("stopped") }

type okWatch struct {
	ctx    context.Context
	cancel context.CancelFunc
	errs   chan error
}

func newOkWatch() *okWatch {
	w := &okWatch{errs: make(chan error, 1)}
	w.ctx, w.cancel = context.WithCancel(context.Background())
	go w.run()
	return w
}

func (w *okWatch) run() {
	select {
	case <-w.errs:
		w.cancel()
	case <-w.ctx.Done():
	}
}

func (w *okWatch) stop() { w.errs <- errors.New("stopped") }

// A queue waits for the stopper to quiesce, which is never asked to. (As in
// cockroachdb/cockroach#25456, where the fix closes the channel in Stop.)
type stopper struct{ quiescer chan struct{} }

func newStopper() *stopper { return &stopper{quiescer: make(chan struct{})} }

// ShouldQuiesce hands the channel out, to receive from it only.
func (s *stopper) ShouldQuiesce() <-chan struct{} {
	if s == nil {
		return nil
	}
	return s.quiescer
}

type store struct{ stopper *stopper }

func (s *store) badProcess() {
	<-s.stopper.ShouldQuiesce() // want `receive from s.stopper.ShouldQuiesce\(\) blocks for ever: nothing sends on it or closes it`
}

func fillStore() { (&store{newStopper()}).badProcess() }

type okStopper struct{ quiescer chan struct{} }

func newOkStopper() *okStopper { return &okStopper{quiescer: make(chan struct{})} }

func (s *okStopper) ShouldQuiesce() <-chan struct{} { return s.quiescer }

func (s *okStopper) Stop() { close(s.quiescer) }

func okProcess(s *okStopper) { <-s.ShouldQuiesce() }

// The reader behind an interface waits for data that nobody puts in. (As in
// grpc/grpc-go#1275, where the fix sends an error when the stream is closed.)
type recvBuffer struct{ c chan bool }

func (b *recvBuffer) get() <-chan bool { return b.c }

type bufReader struct{ recv *recvBuffer }

func (r *bufReader) badRead(p []byte) (int, error) {
	select {
	case <-r.recv.get(): // want `receive from r.recv.get\(\) blocks for ever: nothing sends on it or closes it`
	}
	return 0, io.EOF
}

func (r *bufReader) Read(p []byte) (int, error) { return r.badRead(p) }

func newStream() io.Reader { return &bufReader{&recvBuffer{make(chan bool)}} }

type okBuffer struct{ c chan error }

func (b *okBuffer) get() <-chan error { return b.c }

func (b *okBuffer) put(err error) {
	select {
	case b.c <- err:
	default:
	}
}

type okReader struct{ recv *okBuffer }

func (r *okReader) Read(p []byte) (int, error) { return 0, <-r.recv.get() }

func okStream() (io.Reader, func(error)) {
	b := &okBuffer{make(chan error, 1)}
	return &okReader{b}, b.put
}

// The watcher sends to a result channel that it alone knows of, with a capacity
// that its only caller sets to 0. (As in kubernetes/kubernetes#38669, where the
// fix makes the capacity that of the initial events.)
type watcher struct {
	result chan int
	input  chan int
}

func newWatcher(size int, init []int) *watcher {
	w := &watcher{result: make(chan int, size), input: make(chan int, size)}
	go w.badProcess(init)
	return w
}

func (w *watcher) badProcess(init []int) {
	for _, e := range init {
		w.badSend(e)
	}
	defer close(w.result)
	for range w.input {
	}
}

func (w *watcher) badSend(e int) {
	w.result <- e // want `send on w.result blocks for ever: nothing receives from it`
}

func useWatcher() { close(newWatcher(0, []int{1, 2}).input) }

type okWatcher struct{ result, input chan int }

func newOkWatcher(size int, init []int) *okWatcher {
	w := &okWatcher{result: make(chan int, size), input: make(chan int, size)}
	go w.process(init)
	return w
}

func (w *okWatcher) process(init []int) {
	for _, e := range init {
		w.result <- e
	}
	for range w.input {
	}
}

func useOkWatcher(n int) { close(newOkWatcher(n, []int{1, 2}).input) }

func badBothEnds(n int) int {
	c := make(chan int)
	c <- n // want `send on c blocks for ever: only this goroutine receives from it, and not before`
	return <-c
}

func badOwnClose() {
	done := make(chan struct{})
	defer close(done)
	<-done // want `receive from done blocks for ever: only this goroutine sends on it or closes it, and not before`
}

func bothEndsInCallees() {
	c := make(chan int)
	badFill(c)
	drain(c)
}

func badFill(c chan<- int) {
	c <- 1 // want `send on c blocks for ever: only this goroutine receives from it, and not before`
}

func drain(c <-chan int) { <-c }

func badThroughCallee() int {
	c := make(chan int)
	func() {
		c <- 1 // want `send on c blocks for ever: only this goroutine receives from it`
	}()
	return <-c
}

func badSelect() {
	go func() {
		a, b := make(chan int), make(chan int)
		select { // want `select blocks for ever: nothing lets one of its cases proceed`
		case a <- 1:
		case <-b:
		}
	}()
}

func badEmptySelect() {
	go func() {
		select {} // want `select without cases: this goroutine never ends`
	}()
}

func okEmptySelect() { select {} }

func okBuffered() int {
	c := make(chan int, 1)
	c <- 1
	return <-c
}

func okClosedFirst() {
	c := make(chan int)
	close(c)
	<-c
}

func okOtherGoroutine() int {
	c := make(chan int)
	go func() { c <- 1 }()
	return <-c
}

// Waits for ever, and means to.
func okForever() {
	forever := make(chan struct{})
	<-forever
}

func okForeverNil() {
	var forever chan struct{}
	<-forever
}

// The select takes the case whenever somebody waits.
func okSignalOnly() {
	ready := make(chan bool)
	go func() {
		select {
		case ready <- true:
		default:
		}
	}()
	<-ready
}

func okSelectWithNil(c chan int, off bool) {
	var stop chan struct{}
	select {
	case <-stop:
	case <-c:
	}
}

func okTimeout() {
	c := make(chan int)
	select {
	case <-c:
	case <-time.After(time.Second):
	}
}

func okSignal() {
	c := make(chan os.Signal, 1)
	signal.Notify(c, os.Interrupt)
	<-c
}

func okEscapes(use func(chan int)) int {
	c := make(chan int)
	use(c)
	return <-c
}

func okInterface() any {
	c := make(chan int)
	go func() { c <- 1 }()
	return c
}

// Exported by its field.
type Queue struct {
	Items chan int
	idle  chan struct{}
}

func NewQueue() *Queue { return &Queue{Items: make(chan int), idle: make(chan struct{})} }

func (q *Queue) okPut(v int) { q.Items <- v }

// Switched on by those who set the field.
func (q *Queue) okIdle() {
	if q.idle != nil {
		<-q.idle
	}
}

var events = make(chan int)

func okGlobal() { events <- 1 }

// What goes through a container comes out of it.
func okContainer() {
	m := map[string]chan int{}
	m["a"] = make(chan int)
	go func() { m["b"] <- 1 }()
	<-m["a"]
}

type request struct{ reply chan int }

func okReply(in chan request) int {
	r := request{make(chan int)}
	in <- r
	return <-r.reply
}

func serve() {
	in := make(chan request)
	go okReply(in)
	r := <-in
	r.reply <- 1
}

func okSliced(n int) {
	cs := make([]chan int, n)
	for i := range cs {
		cs[i] = make(chan int)
		go func() { cs[i] <- i }()
	}
	for _, c := range cs[1:] {
		<-c
	}
}

func okArgument(n int) {
	c := make(chan int, n)
	c <- 1
}

type lazy struct {
	once sync.Once
	c    chan int
}

func (l *lazy) init() { l.once.Do(func() { l.c = make(chan int) }) }

func (l *lazy) okGet() int { l.init(); return <-l.c }

func (l *lazy) okPut(v int) { l.init(); l.c <- v }

type stack[T any] struct{ c chan T }

func newStack[T any]() *stack[T] { return &stack[T]{make(chan T)} }

func (s *stack[T]) okPush(v T) { s.c <- v }

func (s *stack[T]) okPop() T { return <-s.c }

type badStack[T any] struct{ c chan T }

func newBadStack[T any]() *badStack[T] { return &badStack[T]{make(chan T)} }

func (s *badStack[T]) push(v T) {
	s.c <- v // want `send on s.c blocks for ever: nothing receives from it`
}

func (s *badStack[T]) all(yield func(T) bool) { yield(*new(T)) }

func okRangeFunc() {
	c := make(chan int)
	go func() {
		for v := range newBadStack[int]().all {
			c <- v
		}
	}()
	<-c
}

// Only a test that is skipped would send.
func fnSkipped(on bool) {
	const debug = false
	c := make(chan int)
	if debug {
		go func() { c <- 1 }()
	}
	go func() { <-c }()
}

// Two objects of one type: that one of them has a receiver hides the other.
func fnOtherObject() {
	a, b := &lazy{c: make(chan int)}, &lazy{c: make(chan int)}
	go func() { <-a.c }()
	b.c <- 1
}

// A generic function passes the channel on. (As in tailscale's relay manager.)
type manager struct {
	asked chan chan int
	stop  chan struct{}
}

func newManager() *manager {
	m := &manager{asked: make(chan chan int), stop: make(chan struct{})}
	go m.okServe()
	return m
}

func (m *manager) okServe() {
	for {
		select {
		case c := <-m.asked:
			c <- 1
		case <-m.stop:
			return
		}
	}
}

func (m *manager) okAsk() int {
	c := make(chan int)
	pass(m, &m.asked, c)
	return <-c
}

func (m *manager) end() { close(m.stop) }

func pass[T any](m *manager, to *chan T, event T) {
	select {
	case *to <- event:
	case <-m.stop:
	}
}
