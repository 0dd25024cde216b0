// Package owner has objects with goroutines.
package owner

import (
	"context"
	"runtime"
	"sync"

	"fixture/pkg"
)

type worker struct {
	ch   chan int
	done chan struct{}
}

func (w worker) start() {
	go func() {
		for {
			select {
			case <-w.ch:
			case <-w.done:
				return
			}
		}
	}()
}

func (w worker) add(n int) { w.ch <- n }

func (w worker) stop() { close(w.done) }

// The pattern "method contract violation" of Uber's study of goroutine leaks.
func badLifecycle(items []int) {
	w := worker{ch: make(chan int), done: make(chan struct{})}
	w.start() // want `w.start starts a goroutine that only stop ends, which is not called on w before badLifecycle returns: it waits for ever`
	for _, i := range items {
		w.add(i)
	}
}

// The same, fixed.
func okLifecycle(items []int) {
	w := worker{ch: make(chan int), done: make(chan struct{})}
	w.start()
	defer w.stop()
	for _, i := range items {
		w.add(i)
	}
}

type tx struct {
	ctx    context.Context
	cancel context.CancelFunc
}

func (t *tx) awaitDone() { <-t.ctx.Done() }

func (t *tx) rollback() { t.cancel() }

func begin(ctx context.Context) *tx {
	ctx, cancel := context.WithCancel(ctx)
	t := &tx{ctx, cancel}
	go t.awaitDone()
	return t
}

// cockroachdb/cockroach#13197: nothing rolls the transaction back.
func badBegin() {
	begin(context.Background()) // want `the result of begin is dropped: its goroutine, which only rollback ends, waits for ever`
}

// The same, fixed.
func okBegin() {
	t := begin(context.Background())
	defer t.rollback()
}

// The caller's context ends it.
func okParent(ctx context.Context) {
	begin(ctx)
}

func badCache() int {
	c := pkg.New() // want `c, which pkg.New returns, has a goroutine that only Close ends, which is not called before badCache returns: it waits for ever`
	return c.Len()
}

func badCachePath(enough int) int {
	c := pkg.New() // want `c, which pkg.New returns, has a goroutine that only Close ends, which is not called before the return at owner.go:\d+`
	if c.Len() > enough {
		return 0
	}
	defer c.Close()
	return c.Len()
}

func okCache() int {
	c := pkg.New()
	defer c.Close()
	return c.Len()
}

func badWatch() (string, error) {
	w, err := pkg.Watch(context.Background()) // want `w, which pkg.Watch returns, has a goroutine that only Close ends`
	if err != nil {
		return "", err
	}
	return w.Last(), nil
}

func okWatch() (string, error) {
	w, err := pkg.Watch(context.Background())
	if err != nil {
		return "", err
	}
	defer func() { w.Close() }()
	return w.Last(), nil
}

var shared = pkg.New()

type service struct{ c *pkg.Cache }

func okKept() *service { return &service{pkg.New()} }

func okHanded(use func(*pkg.Cache)) {
	c := pkg.New()
	use(c)
}

// Something else ends the goroutine: a channel of the caller's.
type listener struct {
	stop <-chan struct{}
	done chan struct{}
}

func listen(stop <-chan struct{}) *listener {
	l := &listener{stop: stop, done: make(chan struct{})}
	go func() {
		select {
		case <-l.stop:
		case <-l.done:
		}
	}()
	return l
}

func (l *listener) close() { close(l.done) }

func okListener(stop <-chan struct{}) {
	listen(stop)
}

// It ends when its work is done.
type result struct {
	mu   sync.Mutex
	val  int
	done chan struct{}
}

func compute(n int) *result {
	r := &result{done: make(chan struct{})}
	go func() {
		defer close(r.done)
		r.mu.Lock()
		defer r.mu.Unlock()
		r.val = n * n
	}()
	return r
}

func (r *result) wait() int { <-r.done; return r.val }

func okResult() {
	compute(3)
}

// The collector closes it.
type handle struct{ done chan struct{} }

func open() *handle {
	h := &handle{done: make(chan struct{})}
	done := h.done
	go func() { <-done }()
	runtime.SetFinalizer(h, func(h *handle) { h.close() })
	return h
}

func (h *handle) close() { close(h.done) }

func okFinalizer() {
	open()
}

// There is no way to end it, and it is not meant to.
type clock struct{ tick chan int }

func newClock() *clock {
	c := &clock{tick: make(chan int)}
	go func() {
		for {
			<-c.tick
		}
	}()
	return c
}

func okEndless() {
	c := newClock()
	c.tick <- 1
}

func okRegistered() {
	c := pkg.New()
	all = append(all, c)
}

var all []*pkg.Cache

func badInterface() {
	var c interface{ Len() int } = pkg.New() // want `only Close ends, which is not called before badInterface returns`
	func(v any) {}(c)
}
