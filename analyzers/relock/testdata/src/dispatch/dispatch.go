// Package dispatch has calls that do not name what they call.
package dispatch

import (
	"io"
	"sync"
)

// After etcd-io/etcd#10492: the callback is given the lessor's own method.
type lessor struct {
	mu         sync.RWMutex
	checkpoint func(n int)
	n          int
}

func (l *lessor) setCheckpoint(f func(n int)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.checkpoint = f
}

func (l *lessor) badRenew() {
	l.mu.Lock()
	unlock := func() { l.mu.Unlock() }
	defer func() { unlock() }()
	if l.checkpoint != nil {
		l.checkpoint(1) // want "badRenew calls the function literal .dispatch.go:27., which calls store .dispatch.go:48., which locks l.mu again .dispatch.go:41., held since dispatch.go:23: the goroutine blocks itself for ever"
	}
}

func (l *lessor) okRenew() {
	l.mu.Lock()
	f := l.checkpoint
	l.mu.Unlock()
	if f != nil {
		f(1)
	}
}

func (l *lessor) store(n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.n = n
}

func newLessor() *lessor {
	l := &lessor{}
	l.setCheckpoint(func(n int) { l.store(n) })
	return l
}

// A method value of the struct itself.
type conn struct {
	mu      sync.Mutex
	onError func()
}

func newConn() *conn {
	c := &conn{}
	c.onError = c.close
	return c
}

func (c *conn) close() {
	c.mu.Lock()
	c.mu.Unlock()
}

func (c *conn) badFail() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.onError() // want "badFail calls close .dispatch.go:72., which locks c.mu again .dispatch.go:65., held since dispatch.go:70"
}

func okOtherConn(c, d *conn) {
	c.mu.Lock()
	defer c.mu.Unlock()
	d.onError()
}

// The callback belongs to another pool than the one it is kept in.
type pool struct {
	mu    sync.Mutex
	evict func()
}

func newPool(parent *pool) *pool {
	p := &pool{}
	p.evict = func() {
		parent.mu.Lock()
		parent.mu.Unlock()
	}
	return p
}

func (p *pool) okEvict() {
	p.mu.Lock()
	p.evict()
	p.mu.Unlock()
}

// Two callbacks: not known which.
type timer struct {
	mu   sync.Mutex
	fire func()
}

func newTimer(quiet bool) *timer {
	t := &timer{}
	t.fire = t.stop
	if quiet {
		t.fire = func() {}
	}
	return t
}

func (t *timer) stop() {
	t.mu.Lock()
	t.mu.Unlock()
}

func (t *timer) fnFire() {
	t.mu.Lock()
	t.fire()
	t.mu.Unlock()
}

// An exported field, which other packages set.
type Hook struct {
	mu sync.Mutex
	F  func()
}

func NewHook() *Hook {
	h := &Hook{}
	h.F = h.reset
	return h
}

func (h *Hook) reset() {
	h.mu.Lock()
	h.mu.Unlock()
}

func (h *Hook) okHook() {
	h.mu.Lock()
	h.F()
	h.mu.Unlock()
}

// The interface has one implementer here and many elsewhere.
type closer interface{ Close() error }

type file struct {
	s *session
}

type session struct {
	mu sync.Mutex
	c  closer
	f  *file
}

func (f *file) Close() error {
	f.s.mu.Lock()
	defer f.s.mu.Unlock()
	return nil
}

func (s *session) okOther(r io.ReadCloser) {
	s.c = r
	s.mu.Lock()
	defer s.mu.Unlock()
	s.c.Close()
}

// Nobody else can implement this one.
type node interface{ visit(g *graph) }

type vertex struct{}

func (*vertex) visit(g *graph) {
	g.mu.Lock()
	g.mu.Unlock()
}

type graph struct {
	mu    sync.Mutex
	nodes []node
}

func (g *graph) badWalk() {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, n := range g.nodes {
		n.visit(g) // want "badWalk calls visit .dispatch.go:196., which locks g.mu again .dispatch.go:183., held since dispatch.go:193: the goroutine blocks itself for ever"
	}
}

// The parameter is a function value that is called in other ways, too.
type job struct{ mu sync.Mutex }

func run(j *job, f func()) {
	j.mu.Lock()
	defer j.mu.Unlock()
	f()
}

var runner = run

func okRun(j, k *job) {
	run(j, func() { k.mu.Lock(); k.mu.Unlock() })
	runner(j, func() {})
}

// What a field of a generic struct holds.
type lazy[T any] struct {
	mu   sync.Mutex
	load func() T
	v    T
}

func newLazy[T any](v T) *lazy[T] {
	l := &lazy[T]{}
	l.load = func() T { l.mu.Lock(); defer l.mu.Unlock(); return v }
	return l
}

func (l *lazy[T]) badGet() T {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.v = l.load() // want "badGet calls the function literal .dispatch.go:232., which locks l.mu again .dispatch.go:225., held since dispatch.go:230: the goroutine blocks itself for ever"
	return l.v
}
