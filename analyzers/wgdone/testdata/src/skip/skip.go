// Package skip has goroutines with a way around Done.
package skip

import (
	"errors"
	"fmt"
	"log"
	"net/http"
	"os"
	"runtime"
	"sync"
	"testing"
)

func work(i int) error {
	if i < 0 {
		return errors.New("negative")
	}
	return nil
}

func badReturn(urls []string) {
	var wg sync.WaitGroup
	for _, u := range urls {
		wg.Add(1)
		go func() {
			resp, err := http.Get(u)
			if err != nil {
				log.Print(err)
				return
			}
			resp.Body.Close()
			wg.Done() // want `wg.Done is skipped where the goroutine returns early, and wg.Wait never returns`
		}()
	}
	wg.Wait()
}

func badLateDefer(n int) {
	var wg sync.WaitGroup
	wg.Add(n)
	for i := 0; i < n; i++ {
		go func() {
			if work(i) != nil {
				return
			}
			defer wg.Done() // want `wg.Done is skipped where the goroutine returns early`
			fmt.Println(i)
		}()
	}
	wg.Wait()
}

func badNamed(i int, wg *sync.WaitGroup) {
	if err := work(i); err != nil {
		return
	}
	wg.Done() // want `wg.Done is skipped where the goroutine returns early`
}

func startsNamed(items []int) {
	var wg sync.WaitGroup
	wg.Add(len(items))
	for _, i := range items {
		go badNamed(i, &wg)
	}
	wg.Wait()
}

// After influxdata/influxdb-client-go#30: on an error the writer leaves, and
// Stop waits for it.
type badServer struct {
	wg   sync.WaitGroup
	quit chan struct{}
	errs chan error
}

func (s *badServer) start() {
	s.wg.Add(1)
	go s.run()
}

func (s *badServer) run() {
	for {
		select {
		case <-s.quit:
			s.wg.Done() // want `s.wg.Done is skipped where the goroutine returns early`
			return
		case err := <-s.errs:
			log.Print(err)
			return
		}
	}
}

func (s *badServer) stop() {
	close(s.quit)
	s.wg.Wait()
}

func badSwitch(kind string) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		switch kind {
		case "a":
			fmt.Println("a")
			wg.Done() // want `wg.Done is skipped where`
		case "b":
			fmt.Println("b")
			wg.Done()
		}
	}()
	wg.Wait()
}

func badBreak(in chan int) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		for i := range in {
			if i == 0 {
				wg.Done() // want `wg.Done is skipped where`
				return
			}
		}
	}()
	wg.Wait()
}

func finish(wg *sync.WaitGroup, ok bool) {
	if ok {
		wg.Done()
	}
}

func startsHelper(i int) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		if work(i) != nil {
			return
		}
		badDone(&wg)
	}()
	wg.Wait()
}

func badDone(wg *sync.WaitGroup) {
	wg.Done() // want `wg.Done is skipped where`
}

func TestBadFatal(t *testing.T) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		if err := work(1); err != nil {
			t.Fatal(err)
		}
		wg.Done() // want `wg.Done is skipped when t.Fatal ends the goroutine, and wg.Wait never returns`
	}()
	wg.Wait()
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("error: %v", err)
	}
}

func TestBadFatalInHelper(t *testing.T) {
	var wg sync.WaitGroup
	for i := range 3 {
		wg.Add(1)
		go func() {
			check(t, work(i))
			wg.Done() // want `wg.Done is skipped when check ends the goroutine`
		}()
	}
	wg.Wait()
}

func badGoexit(stop bool) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		if stop {
			runtime.Goexit()
		}
		wg.Done() // want `wg.Done is skipped when runtime.Goexit ends the goroutine`
	}()
	wg.Wait()
}

func badRecover(items []int) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer func() {
			if r := recover(); r != nil {
				log.Print(r)
			}
		}()
		if len(items) == 0 {
			panic("no items")
		}
		wg.Done() // want `wg.Done is skipped by a panic that the goroutine recovers from`
	}()
	wg.Wait()
}

var wg sync.WaitGroup

func badGlobal(i int) {
	wg.Add(2)
	go func() {
		defer wg.Done()
		fmt.Println(i)
	}()
	go func() {
		if i > 0 {
			return
		}
		wg.Done() // want `wg.Done is skipped where`
	}()
	wg.Wait()
}

// The channel is closed, and the worker leaves without a word.
func badClosed(queue chan func(), workers int) {
	var wg sync.WaitGroup
	for range workers {
		wg.Add(1)
		go func() {
			for {
				f, ok := <-queue
				if !ok {
					return
				}
				if f == nil {
					wg.Done() // want `wg.Done is skipped where`
					return
				}
			}
		}()
	}
	wg.Wait()
}

func okDeferred(urls []string) {
	var wg sync.WaitGroup
	for _, u := range urls {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if _, err := http.Get(u); err != nil {
				return
			}
			fmt.Println(u)
		}()
	}
	wg.Wait()
}

func okEveryPath(i int) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		if err := work(i); err != nil {
			wg.Done()
			return
		}
		fmt.Println(i)
		wg.Done()
	}()
	wg.Wait()
}

// The program does not go on without it.
func okExit(i int) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		if err := work(i); err != nil {
			log.Fatal(err)
		}
		if i == 1 {
			os.Exit(1)
		}
		wg.Done()
	}()
	wg.Wait()
}

func okDeferredHelper(i int) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer finish(&wg, true)
		if work(i) != nil {
			return
		}
		fmt.Println(i)
	}()
	wg.Wait()
}

func worker(i int, wg *sync.WaitGroup) {
	if wg != nil {
		defer wg.Done()
	}
	fmt.Println(i)
}

func okNilCheck() {
	var wg sync.WaitGroup
	wg.Add(1)
	go worker(1, &wg)
	wg.Wait()
}

type stopper struct {
	stop sync.WaitGroup
}

func newStopper() *stopper { return &stopper{} }

func (s *stopper) stopped() {
	if s != nil {
		s.stop.Done()
	}
}

// Add has been called on s: it is not nil.
func okReceiver(f func()) {
	s := newStopper()
	s.stop.Add(1)
	go func() {
		fmt.Println("working")
		s.stopped()
	}()
	s.stop.Wait()
}

type badHelped struct {
	wg sync.WaitGroup
}

func (h *badHelped) enter() { h.wg.Add(1) }

func (h *badHelped) start(i int) {
	h.enter()
	go func() {
		if i == 0 {
			return
		}
		fmt.Println(i)
		h.wg.Done() // want `h.wg.Done is skipped where the goroutine returns early`
	}()
}

func (h *badHelped) wait() { h.wg.Wait() }

// On an error the parent does not wait.
func okTold(listen func() error) error {
	var ready sync.WaitGroup
	failed := make(chan error, 1)
	ready.Add(1)
	go func() {
		if err := work(1); err != nil {
			failed <- err
			return
		}
		ready.Done()
	}()
	up := make(chan struct{})
	go func() {
		ready.Wait()
		close(up)
	}()
	select {
	case <-up:
		return nil
	case err := <-failed:
		return err
	}
}

// The parent waits all the same.
func badTold(items []int) error {
	var wg sync.WaitGroup
	failed := make(chan error, len(items))
	for _, i := range items {
		wg.Add(1)
		go func() {
			if err := work(i); err != nil {
				failed <- err
				return
			}
			wg.Done() // want `wg.Done is skipped where the goroutine returns early`
		}()
	}
	wg.Wait()
	return <-failed
}

// Whoever takes the item calls Done.
func okHandOff(items chan int) {
	var wg sync.WaitGroup
	done := make(chan struct{})
	wg.Add(1)
	go func() {
		select {
		case items <- 1:
		case <-done:
			wg.Done()
		}
	}()
	go func() {
		for range items {
			wg.Done()
		}
	}()
	wg.Wait()
}

// Only as many as are needed call Done.
func okQuorum(replicas []int, quorum int) {
	var wg sync.WaitGroup
	wg.Add(quorum)
	for _, r := range replicas {
		go func() {
			if work(r) == nil {
				wg.Done()
			}
		}()
	}
	wg.Wait()
}

// Whether do runs the function is for it to decide.
func do(calls map[string]bool, key string, f func()) {
	if calls[key] {
		return
	}
	calls[key] = true
	f()
}

func okHandedOver() {
	var wg sync.WaitGroup
	calls := map[string]bool{}
	wg.Add(1)
	go do(calls, "key", func() {
		fmt.Println("started")
		wg.Done()
	})
	wg.Wait()
}

func okHandedOverByLiteral() {
	var wg sync.WaitGroup
	calls := map[string]bool{}
	wg.Add(1)
	go func() {
		do(calls, "key", func() { wg.Done() })
		fmt.Println("done")
	}()
	wg.Wait()
}

func TestOkFatal(t *testing.T) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		check(t, work(1))
	}()
	wg.Wait()
}

func okRecover(items []int) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer func() {
			if r := recover(); r != nil {
				log.Print(r)
			}
			wg.Done()
		}()
		if len(items) == 0 {
			panic("no items")
		}
	}()
	wg.Wait()
}

func okGroup(urls []string) {
	var wg sync.WaitGroup
	for _, u := range urls {
		wg.Go(func() {
			if _, err := http.Get(u); err != nil {
				return
			}
			fmt.Println(u)
		})
	}
	wg.Wait()
}

// Somebody else may call Done.
func OkParameter(wg *sync.WaitGroup, i int) {
	wg.Add(1)
	go func() {
		if work(i) != nil {
			return
		}
		wg.Done()
	}()
}

// The worker leaves with an item on its hands.
func fnConsumer(items chan int) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		for i := range items {
			if work(i) != nil {
				return
			}
			wg.Done()
		}
	}()
	wg.Wait()
}

// One of the two conditions holds.
func fpCorrelated(i int) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		if i > 0 {
			wg.Done() // want `wg.Done is skipped where`
		}
		if i <= 0 {
			wg.Done()
		}
	}()
	wg.Wait()
}

// The same as influxdata/influxdb-client-go#30, put right: however the writer
// leaves, it is counted out.
type okServer struct {
	wg   sync.WaitGroup
	quit chan struct{}
	errs chan error
}

func (s *okServer) start() {
	s.wg.Add(1)
	go s.run()
}

func (s *okServer) run() {
	defer s.wg.Done()
	for {
		select {
		case <-s.quit:
			return
		case err := <-s.errs:
			log.Print(err)
			return
		}
	}
}

func (s *okServer) stop() {
	close(s.quit)
	s.wg.Wait()
}
