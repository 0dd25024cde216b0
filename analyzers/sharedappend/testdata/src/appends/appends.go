// Package appends has goroutines that append to one slice.
package appends

import (
	"errors"
	"sync"

	"golang.org/x/sync/errgroup"
)

func use(...any) {}

func fetch(u string) string { return u }

func badLoop(urls []string) []string {
	var wg sync.WaitGroup
	var results []string
	for _, u := range urls {
		wg.Add(1)
		go func() {
			defer wg.Done()
			results = append(results, fetch(u)) // want "this append to results runs while another worker appends: elements are lost"
		}()
	}
	wg.Wait()
	return results
}

func badWGGo(urls []string) (results []string) {
	var wg sync.WaitGroup
	for _, u := range urls {
		wg.Go(func() {
			r := fetch(u)
			results = append(results, r) // want "this append to results runs while another worker appends: elements are lost"
		})
	}
	wg.Wait()
	return results
}

func badGroup(urls []string) ([]string, error) {
	var g errgroup.Group
	var results []string
	for _, u := range urls {
		g.Go(func() error {
			results = append(results, fetch(u)) // want "this append to results runs while another worker appends: elements are lost"
			return nil
		})
	}
	err := g.Wait()
	return results, err
}

// badErrors collects only what fails.
func badErrors(fs []func() error) error {
	var wg sync.WaitGroup
	var errs []error
	for _, f := range fs {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if err := f(); err != nil {
				errs = append(errs, err) // want "this append to errs runs while another worker appends: elements are lost"
			}
		}()
	}
	wg.Wait()
	return errors.Join(errs...)
}

// badTwo has two goroutines of different statements.
func badTwo() []int {
	var wg sync.WaitGroup
	var all []int
	wg.Add(2)
	go func() {
		defer wg.Done()
		all = append(all, 1) // want "this append to all runs while another goroutine that it starts appends: elements are lost"
	}()
	go func() {
		defer wg.Done()
		all = append(all, 2)
	}()
	wg.Wait()
	return all
}

// badParent has the function append, too.
func badParent(c chan int) []int {
	var wg sync.WaitGroup
	all := []int{}
	wg.Add(1)
	go func() {
		defer wg.Done()
		for x := range c {
			all = append(all, x) // want "this append to all runs while badParent appends: elements are lost"
		}
	}()
	all = append(all, 0)
	wg.Wait()
	return all
}

type crawler struct {
	mu    sync.Mutex
	pages []string
	byKey map[string][]string
}

func (c *crawler) badField(urls []string) {
	for _, u := range urls {
		go func() {
			c.pages = append(c.pages, u) // want "this append to c.pages runs while another worker appends: elements are lost"
		}()
	}
}

func (c *crawler) crawl(urls []string) {
	for _, u := range urls {
		go c.badVisit(u)
	}
}

func (c *crawler) badVisit(u string) {
	c.pages = append(c.pages, u) // want "this append to c.pages runs while another worker appends: elements are lost"
}

// add is called by goroutines of the loop in startAdd.
func (c *crawler) badAdd(u string) {
	c.pages = append(c.pages, u, u) // want "this append to c.pages runs while another worker appends: elements are lost"
}

func (c *crawler) startAdd(urls []string) {
	for _, u := range urls {
		go func() { c.badAdd(u) }()
	}
}

func badPointer(p *[]int, n int) {
	for i := range n {
		go func() {
			*p = append(*p, i) // want `this append to \*p runs while another worker appends: elements are lost`
		}()
	}
}

func startPointer() {
	var all []int
	for i := range 4 {
		go badInto(&all, i)
	}
}

func badInto(p *[]int, i int) {
	*p = append(*p, i) // want `this append to \*p runs while another worker appends: elements are lost`
}

var log []string

func badGlobal(lines []string) {
	for _, l := range lines {
		go func() {
			log = append(log, l) // want "this append to log runs while another worker appends: elements are lost"
		}()
	}
}

// badHalf locks on one side.
func badHalf() {
	var mu sync.Mutex
	var all []int
	go func() {
		mu.Lock()
		all = append(all, 1)
		mu.Unlock()
	}()
	all = append(all, 2) // want "this append to all runs while the goroutine that badHalf starts appends: elements are lost"
}

func badGeneric[T any](xs []T, f func(T) T) (out []T) {
	var wg sync.WaitGroup
	for _, x := range xs {
		wg.Go(func() {
			out = append(out, f(x)) // want "this append to out runs while another worker appends: elements are lost"
		})
	}
	wg.Wait()
	return out
}

// badDeferred appends in a deferred function.
func badDeferred(fs []func() int) {
	var all []int
	for _, f := range fs {
		go func() {
			n := 0
			defer func() {
				all = append(all, n) // want "this append to all runs while another worker appends: elements are lost"
			}()
			n = f()
		}()
	}
}

// badReset: what the goroutines lose, a reset loses too, but that is a race
// of its own.
func badEarly(xs []int) (all []int) {
	for _, x := range xs {
		go func() {
			if x < 0 {
				return
			}
			all = append(all, x) // want "this append to all runs while another worker appends: elements are lost"
		}()
	}
	return nil
}

func okMutex(urls []string) []string {
	var (
		wg      sync.WaitGroup
		mu      sync.Mutex
		results []string
	)
	for _, u := range urls {
		wg.Go(func() {
			r := fetch(u)
			mu.Lock()
			defer mu.Unlock()
			results = append(results, r)
		})
	}
	wg.Wait()
	return results
}

func (c *crawler) okLockedMethod(urls []string) {
	for _, u := range urls {
		go c.visitLocked(u)
	}
}

func (c *crawler) visitLocked(u string) {
	c.mu.Lock()
	c.pages = append(c.pages, u)
	c.mu.Unlock()
}

func okOwn(urls []string) {
	for _, u := range urls {
		go func() {
			var results []string
			results = append(results, u)
			use(results)
		}()
	}
}

func okChannel(urls []string) (results []string) {
	c := make(chan string)
	for _, u := range urls {
		go func() { c <- fetch(u) }()
	}
	for range urls {
		results = append(results, <-c)
	}
	return results
}

func okShards(xs []int) [][]int {
	out := make([][]int, len(xs))
	var wg sync.WaitGroup
	for i, x := range xs {
		wg.Go(func() { out[i] = append(out[i], x) })
	}
	wg.Wait()
	return out
}

func okOneWorker(xs []int) (all []int) {
	done := make(chan bool)
	go func() {
		for _, x := range xs {
			all = append(all, x)
		}
		close(done)
	}()
	<-done
	return append(all, 0)
}

func okLimit(urls []string) []string {
	var results []string
	sem := make(chan bool, 1)
	for _, u := range urls {
		go func() {
			sem <- true
			results = append(results, u)
			<-sem
		}()
	}
	return nil
}

// fnMapElement appends to elements of a map.
func (c *crawler) okMapElement(urls []string) {
	for _, u := range urls {
		go func() {
			c.mu.Lock()
			c.byKey[u] = append(c.byKey[u], u)
			c.mu.Unlock()
		}()
	}
}

// fnOtherVariable stores the result elsewhere first.
func fnOtherVariable(urls []string, get func() *[]string) {
	for _, u := range urls {
		go func() {
			p := get()
			*p = append(*p, u)
		}()
	}
}
