// Package dispatch has a cycle that leads through interfaces and callbacks.
package dispatch

import "sync"

// After kubernetes/kubernetes#30872: the informer asks its queue, and the queue
// calls back into the informer.
type fifo struct{ lock sync.RWMutex }

func (f *fifo) hasSynced() {
	f.lock.Lock()
	defer f.lock.Unlock()
}

func (f *fifo) pop(process func()) {
	f.lock.Lock()
	defer f.lock.Unlock()
	process()
}

type queue interface {
	hasSynced()
	pop(func())
}

type config struct {
	queue   queue
	process func()
}

type controller struct{ config config }

func (c *controller) badRun() { c.config.queue.pop(c.config.process) } // want "badRun calls pop .dispatch.go:33., which calls the function literal .dispatch.go:18., which calls onAdd .dispatch.go:48., which .* locks informer.Mutex .dispatch.go:67. holding fifo.lock, synced calls hasSynced .dispatch.go:63., which .* locks fifo.lock .dispatch.go:11. holding informer.Mutex"

func (c *controller) hasSynced() { c.config.queue.hasSynced() }

type handler interface{ onAdd() }

type handlerFuncs struct{ add func() }

func (h handlerFuncs) onAdd() {
	if h.add != nil {
		h.add()
	}
}

func newController(h handler) *controller {
	cfg := &config{queue: &fifo{}, process: func() { h.onAdd() }}
	return &controller{config: *cfg}
}

type informer struct {
	sync.Mutex
	controller interface {
		badRun()
		hasSynced()
	}
}

func (i *informer) synced() {
	i.Lock()
	defer i.Unlock()
	i.controller.hasSynced()
}

func (i *informer) addCluster() {
	i.Lock()
	defer i.Unlock()
}

func (i *informer) start() { go i.controller.badRun() }

func newInformer() *informer {
	i := &informer{}
	i.controller = newController(handlerFuncs{add: func() { i.addCluster() }})
	return i
}

// The fixed form asks without its lock.
type careful struct {
	sync.Mutex
	q *safe
}

type safe struct {
	lock sync.Mutex
	add  func()
}

func (s *safe) synced() {
	s.lock.Lock()
	s.lock.Unlock()
}

func (s *safe) pop() {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.add()
}

func newCareful() *careful {
	c := &careful{q: &safe{}}
	c.q.add = func() { c.Lock(); c.Unlock() }
	return c
}

func (c *careful) okSynced() {
	c.Lock()
	q := c.q
	c.Unlock()
	q.synced()
}
