// Package uses waits, under a lock, in another package.
package uses

import (
	"sync"

	"fixture/lib"
)

type badPool struct {
	mu sync.Mutex
	wg sync.WaitGroup
	n  int
}

func (p *badPool) start() {
	p.wg.Add(1)
	go p.work()
}

func (p *badPool) work() {
	defer p.wg.Done()
	p.mu.Lock()
	p.n++
	p.mu.Unlock()
}

func (p *badPool) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	lib.Join(&p.wg) // want `close calls Join \(uses.go:\d+\), which waits for p.wg \(lib.go:10\), holding p.mu since uses.go:\d+: work, which this waits for, locks p.mu first: both wait for ever`
}

type badQueue struct {
	mu sync.Mutex
	ch chan int
}

func newBadQueue() *badQueue { return &badQueue{ch: make(chan int)} }

func (q *badQueue) put(x int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.ch <- x // want `put sends on q.ch, holding q.mu since uses.go:\d+: get, the only receiver, does so under q.mu`
}

func (q *badQueue) get() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return lib.Take(q.ch) // want `get calls Take \(uses.go:\d+\), which receives from q.ch \(lib.go:13\), holding q.mu since uses.go:\d+: put, the only sender, does so under q.mu`
}

type okPool struct {
	mu sync.Mutex
	wg sync.WaitGroup
	n  int
}

func (p *okPool) start() {
	p.wg.Add(1)
	go p.work()
}

func (p *okPool) work() {
	defer p.wg.Done()
	p.mu.Lock()
	p.n++
	p.mu.Unlock()
}

func (p *okPool) close() {
	p.mu.Lock()
	p.n = -1
	p.mu.Unlock()
	lib.Join(&p.wg)
}
