// Package a has the basic cases of rangeopen.
package a

import (
	"context"
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
