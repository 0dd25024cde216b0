// Package drain has a Wait that comes before the receives.
package drain

import (
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"fixture/pool"
)

func fetch(url string) error {
	if url == "" {
		return errors.New("no url")
	}
	return nil
}

func badErrors(urls []string) error {
	var wg sync.WaitGroup
	errs := make(chan error)
	for _, u := range urls {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if err := fetch(u); err != nil {
				errs <- err
			}
		}()
	}
	wg.Wait() // want `wg.Wait waits for goroutines that send on errs, which is received from only after it: all wait for ever`
	close(errs)
	for err := range errs {
		return err
	}
	return nil
}

func badGo(xs []int) (sum int) {
	var wg sync.WaitGroup
	out := make(chan int)
	for _, x := range xs {
		wg.Go(func() { out <- 2 * x })
	}
	wg.Wait() // want `wg.Wait waits for goroutines that send on out`
	close(out)
	for y := range out {
		sum += y
	}
	return sum
}

func badErrgroup(xs []int) (sum int, err error) {
	var g errgroup.Group
	out := make(chan int)
	for _, x := range xs {
		g.Go(func() error {
			out <- 2 * x
			return nil
		})
	}
	err = g.Wait() // want `g.Wait waits for goroutines that send on out`
	close(out)
	for y := range out {
		sum += y
	}
	return sum, err
}

// Room for one, but three send.
func badSmall() int {
	var wg sync.WaitGroup
	out := make(chan int, 1)
	wg.Add(3)
	for i := range 3 {
		go func() {
			defer wg.Done()
			out <- i
		}()
	}
	wg.Wait() // want `wg.Wait waits for goroutines that send on out`
	return <-out + <-out + <-out
}

// Two that fail are too many.
func badFailing(urls []string) error {
	var wg sync.WaitGroup
	errs := make(chan error, 1)
	for _, u := range urls {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if err := fetch(u); err != nil {
				errs <- err
			}
		}()
	}
	wg.Wait() // want `wg.Wait waits for goroutines that send on errs`
	close(errs)
	return <-errs
}

// Who fails after the first drops the error.
func okFirstFailing(urls []string) error {
	var wg sync.WaitGroup
	var once sync.Once
	errs := make(chan error, 1)
	for _, u := range urls {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if err := fetch(u); err != nil {
				once.Do(func() { errs <- err })
			}
		}()
	}
	wg.Wait()
	close(errs)
	return <-errs
}

func okTryFailing(urls []string) error {
	var wg sync.WaitGroup
	errs := make(chan error, 1)
	for _, u := range urls {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if err := fetch(u); err != nil {
				select {
				case errs <- err:
				default:
				}
			}
		}()
	}
	wg.Wait()
	close(errs)
	return <-errs
}

// As many as there is room for.
func okTwoFailing() error {
	var wg sync.WaitGroup
	errs := make(chan error, 2)
	for _, u := range []string{"a", "b"} {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if err := fetch(u); err != nil {
				errs <- err
			}
		}()
	}
	wg.Wait()
	close(errs)
	return <-errs
}

// More than there ever are. (hashicorp/raft tests so, with an index that two loops
// share.)
func okRoomyFailing(urls []string) error {
	var wg sync.WaitGroup
	errs := make(chan error, 100)
	for _, u := range urls {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if err := fetch(u); err != nil {
				errs <- err
			}
		}()
	}
	wg.Wait()
	close(errs)
	return <-errs
}

func badThreeFailing() error {
	var wg sync.WaitGroup
	errs := make(chan error, 2)
	for range 3 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if err := fetch("a"); err != nil {
				errs <- err
			}
		}()
	}
	wg.Wait() // want `wg.Wait waits for goroutines that send on errs`
	close(errs)
	return <-errs
}

func okClaimedFailing(urls []string) error {
	var wg sync.WaitGroup
	var failed atomic.Bool
	errs := make(chan error, 1)
	for _, u := range urls {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if err := fetch(u); err != nil && failed.CompareAndSwap(false, true) {
				errs <- err
			}
		}()
	}
	wg.Wait()
	close(errs)
	return <-errs
}

func send(wg *sync.WaitGroup, out chan<- int, x int) {
	defer wg.Done()
	out <- x
}

func badNamed() int {
	var wg sync.WaitGroup
	out := make(chan int)
	wg.Add(2)
	go send(&wg, out, 1)
	go send(&wg, out, 2)
	wg.Wait() // want `wg.Wait waits for goroutines that send on out`
	return <-out + <-out
}

// The body of the function is in another package.
func fnImported() int {
	var wg sync.WaitGroup
	out := make(chan int)
	wg.Add(1)
	go pool.Send(&wg, out, 1)
	wg.Wait()
	return <-out
}

func okWaitsApart(urls []string) error {
	var wg sync.WaitGroup
	errs := make(chan error)
	for _, u := range urls {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if err := fetch(u); err != nil {
				errs <- err
			}
		}()
	}
	go func() {
		wg.Wait()
		close(errs)
	}()
	for err := range errs {
		return err
	}
	return nil
}

// Room for all.
func okRoom(urls []string) error {
	var wg sync.WaitGroup
	errs := make(chan error, len(urls))
	for _, u := range urls {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if err := fetch(u); err != nil {
				errs <- err
			}
		}()
	}
	wg.Wait()
	close(errs)
	return <-errs
}

func okRoomForThree() int {
	var wg sync.WaitGroup
	out := make(chan int, 3)
	wg.Add(3)
	for i := range 3 {
		go func() {
			defer wg.Done()
			out <- i
		}()
	}
	wg.Wait()
	return <-out + <-out + <-out
}

// Only one of them finds it.
func okSome(xs []int) int {
	var wg sync.WaitGroup
	found := make(chan int, 1)
	wg.Add(len(xs))
	for i, x := range xs {
		go func() {
			defer wg.Done()
			if x == 0 {
				found <- i
			}
		}()
	}
	wg.Wait()
	close(found)
	return <-found
}

func okCollector(xs []int) (sum int) {
	var wg sync.WaitGroup
	out := make(chan int)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for y := range out {
			sum += y
		}
	}()
	for _, x := range xs {
		wg.Add(1)
		go func() {
			defer wg.Done()
			out <- x
		}()
	}
	wg.Wait()
	close(out)
	<-done
	return sum
}

// The send gives up.
func okTimeout(xs []int) int {
	var wg sync.WaitGroup
	out := make(chan int)
	for _, x := range xs {
		wg.Add(1)
		go func() {
			defer wg.Done()
			select {
			case out <- x:
			case <-time.After(time.Second):
			}
		}()
	}
	wg.Wait()
	close(out)
	return <-out
}

func okDoneFirst(xs []int) (sum int) {
	var wg sync.WaitGroup
	out := make(chan int)
	for _, x := range xs {
		wg.Add(1)
		go func() {
			wg.Done()
			out <- x
		}()
	}
	wg.Wait()
	for range xs {
		sum += <-out
	}
	return sum
}

// Received from between start and Wait.
func okBetween(xs []int) (sum int) {
	var wg sync.WaitGroup
	out := make(chan int)
	for _, x := range xs {
		wg.Add(1)
		go func() {
			defer wg.Done()
			out <- x
		}()
	}
	for range xs {
		sum += <-out
	}
	wg.Wait()
	select {
	case <-out:
	default:
	}
	return sum
}

// One goroutine takes what the others send: a chain.
func okChain() int {
	var wg sync.WaitGroup
	a, b := make(chan int), make(chan int, 1)
	wg.Add(2)
	go func() {
		defer wg.Done()
		a <- 1
	}()
	go func() {
		defer wg.Done()
		b <- <-a
	}()
	wg.Wait()
	return <-b
}
