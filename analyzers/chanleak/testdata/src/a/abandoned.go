package a

import (
	"context"
	"sync"
)

// The loop ends when the node is stopped. propose reckons with that, Status does
// not: it waits for ever if it comes too late. (etcd-io/etcd#6857)
type badNode struct {
	status chan chan int
	prop   chan int
	stop   chan struct{}
	done   chan struct{}
}

func newBadNode() *badNode {
	n := &badNode{make(chan chan int), make(chan int), make(chan struct{}), make(chan struct{})}
	go n.run()
	return n
}

func (n *badNode) run() {
	defer close(n.done)
	for {
		select {
		case c := <-n.status:
			c <- 1
		case <-n.prop:
		case <-n.stop:
			return
		}
	}
}

func (n *badNode) Status() int {
	c := make(chan int, 1)
	n.status <- c // want "send on n.status blocks for ever once run, the only receiver, has ended, which Propose reckons with"
	return <-c
}

func (n *badNode) Propose(v int) {
	select {
	case n.prop <- v:
	case <-n.done:
	}
}

func (n *badNode) Stop() {
	select {
	case n.stop <- struct{}{}:
	case <-n.done:
	}
}

// The fixed form.
type okNode struct {
	status chan chan int
	stop   chan struct{}
	done   chan struct{}
}

func newOkNode() *okNode {
	n := &okNode{make(chan chan int), make(chan struct{}), make(chan struct{})}
	go n.run()
	return n
}

func (n *okNode) run() {
	defer close(n.done)
	for {
		select {
		case c := <-n.status:
			c <- 1
		case <-n.stop:
			return
		}
	}
}

func (n *okNode) Status() int {
	c := make(chan int, 1)
	select {
	case n.status <- c:
		return <-c
	case <-n.done:
		return 0
	}
}

func (n *okNode) Stop() {
	select {
	case n.stop <- struct{}{}:
	case <-n.done:
	}
}

// A context ends the loop, and one sender of two has a case for it.
type badFeed struct {
	ctx    context.Context
	in     chan int
	urgent chan int
}

func newBadFeed(ctx context.Context) *badFeed {
	f := &badFeed{ctx, make(chan int), make(chan int)}
	go f.run()
	return f
}

func (f *badFeed) run() {
	for {
		select {
		case <-f.in:
		case <-f.urgent:
		case <-f.ctx.Done():
			return
		}
	}
}

func (f *badFeed) Put(v int) error {
	select {
	case f.in <- v:
		return nil
	case <-f.ctx.Done():
		return f.ctx.Err()
	}
}

func (f *badFeed) PutUrgent(v int) {
	f.urgent <- v // want "send on f.urgent blocks for ever once run, the only receiver, has ended, which Put reckons with"
}

// Nobody reckons with the end of the loop: it may be a protocol that the last
// sender ends it.
type okProtocol struct {
	in   chan int
	stop chan struct{}
}

func newOkProtocol() *okProtocol {
	p := &okProtocol{make(chan int), make(chan struct{})}
	go p.run()
	return p
}

func (p *okProtocol) run() {
	for {
		select {
		case <-p.in:
		case <-p.stop:
			return
		}
	}
}

func (p *okProtocol) Put(v int) { p.in <- v }

func (p *okProtocol) Stop() { close(p.stop) }

// What is sent before the object is handed out comes before any end; so does what
// is sent under the lock that the end needs too; what comes after the end is
// received in a last loop.
type okOrdered struct {
	mu          sync.Mutex
	closed      bool
	first, held chan int
	late, in    chan int
	stop, done  chan struct{}
}

func newOkOrdered() *okOrdered {
	o := &okOrdered{first: make(chan int), held: make(chan int), late: make(chan int), in: make(chan int), stop: make(chan struct{}), done: make(chan struct{})}
	go o.run()
	o.first <- 1
	o.begin()
	return o
}

func (o *okOrdered) begin() { o.first <- 2 }

func (o *okOrdered) run() {
	defer close(o.done)
	for {
		select {
		case <-o.first:
		case <-o.held:
		case <-o.in:
		case <-o.late:
		case <-o.stop:
			for {
				select {
				case <-o.late:
				default:
					return
				}
			}
		}
	}
}

func (o *okOrdered) Put(v int) {
	select {
	case o.in <- v:
	case <-o.done:
	}
}

func (o *okOrdered) PutHeld(v int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if !o.closed {
		o.held <- v
	}
}

func (o *okOrdered) Late(v int) { o.late <- v }

func (o *okOrdered) Stop() {
	o.mu.Lock()
	defer o.mu.Unlock()
	if !o.closed {
		o.closed = true
		close(o.stop)
	}
}

// The sender ends the loop itself when it has sent all.
type okOwner struct {
	in, other chan int
	stop      chan struct{}
}

func newOkOwner() *okOwner {
	o := &okOwner{make(chan int), make(chan int), make(chan struct{})}
	go o.run()
	return o
}

func (o *okOwner) run() {
	for {
		select {
		case <-o.in:
		case <-o.other:
		case <-o.stop:
			return
		}
	}
}

func (o *okOwner) Other(v int) {
	select {
	case o.other <- v:
	case <-o.stop:
	}
}

func (o *okOwner) All(vs []int) {
	for _, v := range vs {
		o.in <- v
	}
	close(o.stop)
}
