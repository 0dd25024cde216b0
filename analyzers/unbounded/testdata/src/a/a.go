// Package a starts goroutines in loops.
package a

import (
	"net/http"
	"runtime"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/errgroup"
)

func sum(xs []int) (s int) {
	for _, x := range xs {
		s += x
	}
	return s
}

func badCompute(rows [][]int) []int {
	out := make([]int, len(rows))
	var wg sync.WaitGroup
	for i, row := range rows {
		wg.Go(func() { out[i] = sum(row) }) // want `one goroutine for each item, all at once: they only compute, so more than GOMAXPROCS of them take memory and time and finish no sooner`
	}
	wg.Wait()
	return out
}

// As many requests as there are pages, at once. (As in caarlos0/starcharts#168, where
// the fix is a limit.)
func badFetch(urls []string) {
	var wg sync.WaitGroup
	for _, u := range urls {
		wg.Add(1)
		go func() { // want `one goroutine for each item, all at once: as many calls of http.Get as there are items run together, which nothing limits`
			defer wg.Done()
			http.Get(u)
		}()
	}
	wg.Wait()
}

func okLimit(rows [][]int) []int {
	out := make([]int, len(rows))
	var g errgroup.Group
	g.SetLimit(8)
	for i, row := range rows {
		g.Go(func() error { out[i] = sum(row); return nil })
	}
	g.Wait()
	return out
}

func okSemaphore(rows [][]int) []int {
	out := make([]int, len(rows))
	sem := make(chan bool, 8)
	var wg sync.WaitGroup
	for i, row := range rows {
		sem <- true
		wg.Go(func() {
			out[i] = sum(row)
			<-sem
		})
	}
	wg.Wait()
	return out
}

func okWorkers(rows [][]int) []int {
	out := make([]int, len(rows))
	next := make(chan int)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for i := range next {
				out[i] = sum(rows[i])
			}
		})
	}
	for i := range rows {
		next <- i
	}
	close(next)
	wg.Wait()
	return out
}

func fnUnknown(urls []string, fetch func(string)) {
	for _, u := range urls {
		go fetch(u)
	}
}

// Three at most.
func fpShort(replicas []string) {
	var wg sync.WaitGroup
	for _, r := range replicas {
		wg.Go(func() { http.Get(r) }) // want `one goroutine for each item`
	}
	wg.Wait()
}

// They wait for others, by asking again and again.
func okSpin(flags []*atomic.Bool) {
	var wg sync.WaitGroup
	for _, f := range flags {
		wg.Go(func() {
			for !f.Load() {
				runtime.Gosched()
			}
		})
	}
	wg.Wait()
}
