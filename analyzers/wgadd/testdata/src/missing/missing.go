// Package missing has go statements without an Add before them.
package missing

import (
	"fmt"
	"sync"
	"testing"

	"fixture/pool"
)

func work(i int) { fmt.Println(i) }

func badNone(items []int) {
	var wg sync.WaitGroup
	for _, i := range items {
		go func() { // want `no wg.Add before this go statement: nothing waits for the goroutine, and its wg.Done panics`
			defer wg.Done()
			work(i)
		}()
	}
	wg.Wait()
}

func worker(i int, wg *sync.WaitGroup) {
	defer wg.Done()
	work(i)
}

func badNamed() {
	var wg sync.WaitGroup
	go worker(1, &wg) // want `no wg.Add before this go statement`
	wg.Wait()
}

// After alajmo/mani#129: the panic came now and then.
func badAfter() {
	var wg sync.WaitGroup
	go worker(1, &wg)
	wg.Add(1) // want `wg.Add comes after the go statement: wg.Done of the goroutine can come first and panic`
	wg.Wait()
}

func badAfterInLoop(items []int) {
	var wg sync.WaitGroup
	for _, i := range items {
		go worker(i, &wg)
		wg.Add(1) // want `wg.Add comes after the go statement`
	}
	wg.Wait()
}

func badAfterWait(items []int) {
	wg := &sync.WaitGroup{}
	for _, i := range items {
		go func() {
			work(i)
			wg.Done()
		}()
	}
	wg.Wait()
	wg.Add(len(items)) // want `wg.Add comes after the go statement`
}

type runner struct {
	wg sync.WaitGroup
}

func (r *runner) loop() {
	defer r.wg.Done()
	work(1)
}

func (r *runner) badField() {
	go r.loop() // want `no r.wg.Add before this go statement`
	r.wg.Wait()
}

var wg sync.WaitGroup

func badGlobal() {
	go func() { // want `no wg.Add before this go statement`
		defer wg.Done()
		work(1)
	}()
	wg.Wait()
}

func badHelper() {
	var wg sync.WaitGroup
	finish := func() { wg.Done() }
	go func() { // want `no wg.Add before this go statement`
		defer finish()
		work(1)
	}()
	wg.Wait()
}

type badService struct {
	wg   sync.WaitGroup
	quit chan struct{}
}

func (s *badService) Start() {
	go s.run() // want `no s.wg.Add before this go statement`
}

func (s *badService) run() {
	defer s.wg.Done()
	<-s.quit
}

func (s *badService) Stop() {
	close(s.quit)
	s.wg.Wait()
}

func badOtherPackage() {
	var wg sync.WaitGroup
	go pool.Work(&wg) // want `no wg.Add before this go statement`
	wg.Wait()
}

func okOtherPackage() {
	var wg sync.WaitGroup
	pool.Enter(&wg)
	go pool.Work(&wg)
	wg.Wait()
}

// What pool does with it depends.
func fnOtherPackage() {
	var wg sync.WaitGroup
	go pool.Try(&wg, 1)
	wg.Wait()
}

type okService struct {
	wg   sync.WaitGroup
	quit chan struct{}
}

// Enter counts for Start.
func (s *okService) Enter() { s.wg.Add(1) }

func (s *okService) Start() {
	go s.run()
}

func (s *okService) run() {
	defer s.wg.Done()
	<-s.quit
}

func okAhead(items []int) {
	var wg sync.WaitGroup
	wg.Add(len(items))
	for _, i := range items {
		go worker(i, &wg)
	}
	wg.Wait()
}

func okBranch(some bool) {
	var wg sync.WaitGroup
	if some {
		wg.Add(1)
	}
	if some {
		go worker(1, &wg)
	}
	wg.Wait()
}

func okTwoLoops(items []int) {
	var wg sync.WaitGroup
	for range items {
		wg.Add(1)
	}
	for _, i := range items {
		go worker(i, &wg)
	}
	wg.Wait()
}

// The goroutine waits until it has been counted.
func okGate() {
	var wg sync.WaitGroup
	gate := make(chan struct{})
	go func() {
		<-gate
		defer wg.Done()
		work(1)
	}()
	wg.Add(1)
	close(gate)
	wg.Wait()
}

func enter(wg *sync.WaitGroup) { wg.Add(1) }

func okEnter() {
	var wg sync.WaitGroup
	enter(&wg)
	go worker(1, &wg)
	wg.Wait()
}

func okWaitGroupGo(items []int) {
	var wg sync.WaitGroup
	for _, i := range items {
		wg.Go(func() { work(i) })
	}
	wg.Wait()
}

func TestOkSkipped(t *testing.T) {
	t.Skip("not now")
	var wg sync.WaitGroup
	wg.Add(1)
	go worker(1, &wg)
	wg.Wait()
}

func okMethodValue() {
	var wg sync.WaitGroup
	add := wg.Add
	add(1)
	go worker(1, &wg)
	wg.Wait()
}

// Whoever calls it may have counted.
func OkParameter(wg *sync.WaitGroup) {
	go worker(1, wg)
}

// The Add is not in this file, but it is in another one of the package.
type elsewhere struct{ group sync.WaitGroup }

func (e *elsewhere) okElsewhere() {
	go func() {
		defer e.group.Done()
		work(1)
	}()
	e.group.Wait()
}

func fnCallback(each func(func())) {
	var wg sync.WaitGroup
	each(func() {
		go worker(1, &wg)
	})
	wg.Wait()
}

// The same as alajmo/mani#129, put right.
func okAfterFixed() {
	var wg sync.WaitGroup
	wg.Add(1)
	go worker(1, &wg)
	wg.Wait()
}
