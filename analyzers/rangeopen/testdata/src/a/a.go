// Package a has the basic cases of rangeopen.
package a

import (
	"context"
	"log"
	"sync"
)

func use(any) {}

func badWorkers(list []string, n int) {
	jobs := make(chan string)
	for range n {
		go func() {
			for j := range jobs { // want `nothing closes jobs: once the senders are done, this range over it waits for ever`
				use(j)
			}
		}()
	}
	for _, j := range list {
		jobs <- j
	}
}

func okWorkers(list []string, n int) {
	jobs := make(chan string)
	for range n {
		go func() {
			for j := range jobs {
				use(j)
			}
		}()
	}
	for _, j := range list {
		jobs <- j
	}
	close(jobs)
}

func okDeferred(list []string) {
	jobs := make(chan string)
	defer close(jobs)
	go work(jobs)
	for _, j := range list {
		jobs <- j
	}
}

func work(jobs <-chan string) {
	for j := range jobs {
		use(j)
	}
}

func callee(list []string) {
	jobs := make(chan string)
	go badWork(jobs)
	send(jobs, list)
}

func badWork(jobs <-chan string) {
	for j := range jobs { // want `nothing closes jobs`
		use(j)
	}
}

func send(jobs chan<- string, list []string) {
	for _, j := range list {
		jobs <- j
	}
}

// The collector waits for results after the last worker has gone.
func badCollect(list []string) (n int) {
	results := make(chan int)
	var wg sync.WaitGroup
	for _, s := range list {
		wg.Add(1)
		go func() {
			defer wg.Done()
			results <- len(s)
		}()
	}
	for r := range results { // want `nothing closes results`
		n += r
	}
	wg.Wait()
	return n
}

func okCollect(list []string) (n int) {
	results := make(chan int)
	var wg sync.WaitGroup
	for _, s := range list {
		wg.Add(1)
		go func() {
			defer wg.Done()
			results <- len(s)
		}()
	}
	go func() {
		wg.Wait()
		close(results)
	}()
	for r := range results {
		n += r
	}
	return n
}

// The loop counts for itself.
func okCounted(list []string) (n int) {
	results := make(chan int)
	for _, s := range list {
		go func() { results <- len(s) }()
	}
	left := len(list)
	for r := range results {
		n += r
		if left--; left == 0 {
			break
		}
	}
	return n
}

// Lives as long as the events come.
func okEndless(next func() string) {
	events := make(chan string)
	go func() {
		for {
			events <- next()
		}
	}()
	for e := range events {
		use(e)
	}
}

// The field stays: others may send as long as the pool is there.
type pool struct{ jobs chan string }

func newPool() *pool {
	p := &pool{jobs: make(chan string)}
	go p.okRun()
	return p
}

func (p *pool) okRun() {
	for j := range p.jobs {
		use(j)
	}
}

func (p *pool) add(j string) { p.jobs <- j }

func okReturned(list []string) chan string {
	jobs := make(chan string)
	go work(jobs)
	for _, j := range list {
		jobs <- j
	}
	return jobs
}

func badReturned(list []string) <-chan string {
	out, in := make(chan string), make(chan string)
	go func() {
		defer close(out)
		for j := range in { // want `nothing closes in`
			out <- j
		}
	}()
	for _, j := range list {
		in <- j
	}
	return out
}

func badCancelled(ctx context.Context) {
	ticks := make(chan int)
	go func() {
		for range ticks { // want `nothing closes ticks`
			use(nil)
		}
	}()
	for i := 0; ; i++ {
		select {
		case ticks <- i:
		case <-ctx.Done():
			return
		}
	}
}

// The range ends with the function that the goroutine calls.
func okGoexit(list []string, done func(string) bool) {
	jobs := make(chan string)
	go func() {
		for j := range jobs {
			if done(j) {
				return
			}
		}
	}()
	for _, j := range list {
		jobs <- j
	}
}

// A receive in a loop, with a look whether the channel is closed.
func fnPlainLoop(list []string) {
	jobs := make(chan string)
	go func() {
		for {
			j, ok := <-jobs
			if !ok {
				return
			}
			use(j)
		}
	}()
	for _, j := range list {
		jobs <- j
	}
}

type net struct{ n int }

func (n *net) learn(e int) { n.n += e }

// The workers of a batch outlive the training. (As in patrikeh/go-deep#26, where
// the fix closes the channel at the end.)
func badTrain(nets []*net, batches [][]int) {
	examples := make(chan int)
	var wg sync.WaitGroup
	for i := range nets {
		go func(id int, examples <-chan int) {
			for e := range examples { // want `nothing closes examples: once the senders are done`
				nets[id].learn(e)
				wg.Done()
			}
		}(i, examples)
	}
	for _, b := range batches {
		for _, e := range b {
			wg.Add(1)
			examples <- e
		}
		wg.Wait()
	}
}

func okTrain(nets []*net, batches [][]int) {
	examples := make(chan int)
	var wg sync.WaitGroup
	for i := range nets {
		go func(id int, examples <-chan int) {
			for e := range examples {
				nets[id].learn(e)
				wg.Done()
			}
		}(i, examples)
	}
	for _, b := range batches {
		for _, e := range b {
			wg.Add(1)
			examples <- e
		}
		wg.Wait()
	}
	close(examples)
}

// What is left in the queue is to be failed, but the queue stays open. (As in
// apache/pulsar-client-go#498, where the fix takes out as many as there are.)
type conn struct {
	requests chan func(error)
	closed   chan struct{}
}

func newConn() *conn {
	c := &conn{requests: make(chan func(error), 10), closed: make(chan struct{})}
	go c.badServe()
	go c.okServe()
	return c
}

func (c *conn) send(f func(error)) { c.requests <- f }

func (c *conn) shut() { close(c.closed) }

func (c *conn) badServe() {
	for {
		select {
		case <-c.closed:
			for f := range c.requests { // want `nothing closes c.requests: this range over it never ends, and line \d+ is never reached`
				f(context.Canceled)
			}
			c.forget()
			return
		case f := <-c.requests:
			f(nil)
		}
	}
}

func (c *conn) okServe() {
	for {
		select {
		case <-c.closed:
			for len(c.requests) > 0 {
				(<-c.requests)(context.Canceled)
			}
			c.forget()
			return
		case f := <-c.requests:
			f(nil)
		}
	}
}

func (c *conn) forget() {}

type logger struct {
	lines chan string
	wg    sync.WaitGroup
}

func newLogger() *logger {
	l := &logger{lines: make(chan string)}
	l.wg.Add(1)
	go l.okRun()
	return l
}

func (l *logger) okRun() {
	defer l.wg.Done()
	for s := range l.lines {
		use(s)
	}
	log.Print("done")
}

func (l *logger) add(s string) { l.lines <- s }
