// Package own has goroutines that wait for the WaitGroup which counts them.
package own

import (
	"fmt"
	"sync"

	"golang.org/x/sync/errgroup"
)

func work(i int) { fmt.Println(i) }

// The goroutine that is to close the channel is counted with the others.
func badCloser(results chan int) {
	var wg sync.WaitGroup
	wg.Add(3)
	for i := range 2 {
		go func() {
			defer wg.Done()
			results <- i
		}()
	}
	go func() {
		defer wg.Done()
		wg.Wait() // want `wg.Wait is called by a goroutine that wg counts: it waits for its own end, for ever`
		close(results)
	}()
}

func badGo(results chan int) {
	var wg sync.WaitGroup
	wg.Go(func() { work(1) })
	wg.Go(func() {
		wg.Wait() // want `wg.Wait is called by a goroutine that wg counts`
		close(results)
	})
}

func badErrgroup(results chan int) {
	var g errgroup.Group
	g.Go(func() error {
		work(1)
		return nil
	})
	g.Go(func() error {
		defer close(results)
		return g.Wait() // want `g.Wait is called by a goroutine that g counts`
	})
}

// A server whose loop closes the server when it fails: Close waits for the loop.
type badServer struct {
	wg   sync.WaitGroup
	jobs chan int
}

func (s *badServer) Start() {
	s.wg.Add(1)
	go s.loop()
}

func (s *badServer) loop() {
	defer s.wg.Done()
	for i := range s.jobs {
		if i < 0 {
			s.Close()
			return
		}
		work(i)
	}
}

func (s *badServer) Close() {
	s.wg.Wait() // want `s.wg.Wait is called by a goroutine that s.wg counts`
}

// The loop asks another goroutine to close.
type okServer struct {
	wg   sync.WaitGroup
	jobs chan int
}

func (s *okServer) Start() {
	s.wg.Add(1)
	go s.loop()
}

func (s *okServer) loop() {
	defer s.wg.Done()
	for i := range s.jobs {
		if i < 0 {
			go s.Close()
			return
		}
		work(i)
	}
}

func (s *okServer) Close() { s.wg.Wait() }

func okCloserNotCounted(results chan int) {
	var wg sync.WaitGroup
	wg.Add(2)
	for i := range 2 {
		go func() {
			defer wg.Done()
			results <- i
		}()
	}
	go func() {
		wg.Wait()
		close(results)
	}()
}

// A barrier: each says that it is there, then waits for the others.
func okBarrier() {
	var wg sync.WaitGroup
	wg.Add(2)
	for i := range 2 {
		go func() {
			wg.Done()
			wg.Wait()
			work(i)
		}()
	}
}

// A starting gun: the goroutines wait, the parent counts down.
func okGate() {
	var gate, all sync.WaitGroup
	gate.Add(1)
	for i := range 3 {
		all.Add(1)
		go func() {
			defer all.Done()
			gate.Wait()
			work(i)
		}()
	}
	gate.Done()
	all.Wait()
}

// A second WaitGroup of the same kind.
func okOther() {
	var inner, outer sync.WaitGroup
	outer.Add(1)
	go func() {
		defer outer.Done()
		inner.Add(1)
		go func() {
			defer inner.Done()
			work(1)
		}()
		inner.Wait()
	}()
	outer.Wait()
}

// A goroutine that owes two.
func badTwoEach(results chan int) {
	var wg sync.WaitGroup
	wg.Add(2)
	go func() {
		defer wg.Done()
		defer wg.Done()
		wg.Wait() // want `wg.Wait is called by a goroutine that wg counts`
		close(results)
	}()
}
