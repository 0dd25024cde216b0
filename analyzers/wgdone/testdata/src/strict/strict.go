// Package strict has calls of Done that are not deferred.
package strict

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"sync"
	"time"
)

func badFuncValue(f func()) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		f()
		wg.Done() // want `wg.Done is not deferred: a panic or Goexit in f skips it, and wg.Wait never returns`
	}()
	wg.Wait()
}

func badOneLine(f func()) {
	var wg sync.WaitGroup
	wg.Add(2)
	go func() { f(); wg.Done() }()                      // want `wg.Done is not deferred`
	go func() { f(); wg.Done(); fmt.Println("done") }() // want `wg.Done is not deferred`
	wg.Wait()
}

func badComment(f func()) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		// What follows may take long.
		f() // and may fail
		// Now it is done.
		wg.Done() // want `wg.Done is not deferred`
		// It is.
	}()
	wg.Wait()
}

type store interface{ Put(int) error }

func badInterface(s store, items []int) {
	var wg sync.WaitGroup
	for _, i := range items {
		wg.Add(1)
		go func(i int) {
			if err := s.Put(i); err != nil {
				fmt.Println(err)
			}
			wg.Done() // want `wg.Done is not deferred: a panic or Goexit in s.Put skips it`
		}(i)
	}
	wg.Wait()
}

func parse(text string) byte { return text[0] }

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func badPanics(texts []string) {
	var wg sync.WaitGroup
	wg.Add(len(texts))
	for _, text := range texts {
		go func() {
			_, err := fmt.Println(text)
			must(err)
			wg.Done() // want `wg.Done is not deferred: a panic or Goexit in must skips it`
		}()
	}
	wg.Wait()
}

func badNamed(text string, wg *sync.WaitGroup) {
	parse(text)
	wg.Done() // want `wg.Done is not deferred: a panic or Goexit in parse skips it`
}

func startsNamed() {
	var wg sync.WaitGroup
	wg.Add(1)
	go badNamed("", &wg)
	wg.Wait()
}

func badTwoPaths(f func() error) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		if err := f(); err != nil {
			fmt.Println(err)
			wg.Done() // want `wg.Done is not deferred`
			return
		}
		fmt.Println("fine")
		wg.Done()
	}()
	wg.Wait()
}

func badRecovers(f func()) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer func() { fmt.Println(recover()) }()
		f()
		wg.Done() // want `wg.Done is not deferred: when f panics, the goroutine recovers without it`
	}()
	wg.Wait()
}

type badPool struct{ wg sync.WaitGroup }

func (p *badPool) start(f func()) {
	p.wg.Add(1)
	go func() {
		f()
		p.wg.Done() // want `p.wg.Done is not deferred`
	}()
}

func (p *badPool) wait() { p.wg.Wait() }

// What comes after Done may need it: no fix.
func badWaits(f func()) {
	var wg sync.WaitGroup
	released := make(chan struct{})
	wg.Add(1)
	go func() {
		f()
		wg.Done() // want `wg.Done is not deferred`
		<-released
	}()
	wg.Wait()
	close(released)
}

// At the top the name means another WaitGroup: no fix.
func badShadow(f func()) {
	var outer sync.WaitGroup
	outer.Add(1)
	go func() {
		f()
		wg := &outer
		wg.Done() // want `wg.Done is not deferred`
	}()
	outer.Wait()
}

func okPlain(items []int) (sum int) {
	var wg sync.WaitGroup
	var mu sync.Mutex
	done := make(chan int, len(items))
	for _, i := range items {
		wg.Add(1)
		go func() {
			time.Sleep(time.Millisecond)
			mu.Lock()
			sum += i
			mu.Unlock()
			done <- i
			fmt.Println(len(items))
			wg.Done()
		}()
	}
	wg.Wait()
	return sum
}

func okStd(urls []string) {
	var wg sync.WaitGroup
	for _, u := range urls {
		wg.Add(1)
		go func() {
			resp, err := http.Get(u)
			if err == nil {
				resp.Body.Close()
			}
			wg.Done()
		}()
	}
	wg.Wait()
}

func add(a, b int) int { return a + b }

func okKnown() {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		fmt.Println(add(1, 2))
		wg.Done()
	}()
	wg.Wait()
}

func okDeferred(f func()) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		f()
	}()
	wg.Wait()
}

func okAfter(f func()) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		wg.Done()
		f()
	}()
	wg.Wait()
}

// Nobody looks into another package, or asks whether what it calls panics.
func fnOtherPackage(pattern string) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		regexp.MustCompile(pattern)
		wg.Done()
	}()
	wg.Wait()
}

func okCancel(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		<-ctx.Done()
		cancel()
		fmt.Println(ctx.Err())
		wg.Done()
	}()
	wg.Wait()
}

func finish(wg *sync.WaitGroup, f func()) {
	if wg != nil {
		defer wg.Done()
	}
	f()
}

func okNilCheck(f func()) {
	var wg sync.WaitGroup
	wg.Add(1)
	go finish(&wg, f)
	wg.Wait()
}

// After golang.org/x/sync/singleflight, before it was taught to care for a
// function that panics or ends the goroutine.
type badFlight struct {
	mu    sync.Mutex
	calls map[string]*flight
}

type flight struct {
	wg  sync.WaitGroup
	val any
}

func (g *badFlight) run(key string, fn func() any) {
	g.mu.Lock()
	c := new(flight)
	c.wg.Add(1)
	g.calls[key] = c
	g.mu.Unlock()
	go g.call(c, fn)
}

func (g *badFlight) call(c *flight, fn func() any) {
	c.val = fn()
	c.wg.Done() // want `c.wg.Done is not deferred: a panic or Goexit in fn skips it`
}

func (g *badFlight) wait(key string) any {
	g.mu.Lock()
	c := g.calls[key]
	g.mu.Unlock()
	c.wg.Wait()
	return c.val
}

func okDeferredInCaller(f func()) {
	var wg sync.WaitGroup
	run := func() {
		defer wg.Done()
		f()
	}
	wg.Add(1)
	go func() { run() }()
	wg.Wait()
}

type journey struct {
	wg  sync.WaitGroup
	err error
}

// The panic comes behind Done. (As in singleflight.)
func okPanicsBehind(f *journey, run func() error) {
	f.wg.Add(1)
	go f.okTravel(run)
	f.wg.Wait()
}

func (f *journey) okTravel(run func() error) {
	normal := false
	defer func() {
		f.wg.Done()
		if !normal {
			panic(f.err)
		}
	}()
	f.err = run()
	normal = true
}
