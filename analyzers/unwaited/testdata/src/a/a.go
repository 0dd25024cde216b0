// Package a has functions that count their goroutines and do or do not wait
// for them.
package a

import (
	"fmt"
	"os"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"fixture/b"
)

func badNeverWaited(names []string) {
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		go func() { // want `nothing waits for wg: these goroutines run on after badNeverWaited returns`
			defer wg.Done()
			os.Remove(name)
		}()
	}
}

func badPointer(names []string) int {
	wg := new(sync.WaitGroup)
	wg.Add(len(names))
	for _, name := range names {
		go remove(name, wg) // want `nothing waits for wg: these goroutines run on after badPointer returns`
	}
	return len(names)
}

func remove(name string, wg *sync.WaitGroup) {
	defer wg.Done()
	os.Remove(name)
}

type results struct {
	mu    sync.Mutex
	lines []string
}

func (r *results) add(s string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.lines = append(r.lines, s)
}

func badMethodValue(r *results) {
	var wg sync.WaitGroup
	line := func() { r.add("line") }
	wg.Go(line) // want `nothing waits for wg: this goroutine runs on after badMethodValue returns`
}

func badGroup(names []string) error {
	var g errgroup.Group
	for _, name := range names {
		g.Go(func() error { return os.Remove(name) }) // want `nothing waits for g: these goroutines run on after badGroup returns`
	}
	return nil
}

func badEarlyReturn(names []string) error {
	var wg sync.WaitGroup
	if len(names) == 0 {
		return os.ErrInvalid
	}
	wg.Add(1)
	go func() { // want `nothing waits for wg: this goroutine runs on after badEarlyReturn returns`
		defer wg.Done()
		fmt.Println(names)
	}()
	data, err := os.ReadFile(names[0]) // no goroutine is waited for by this
	fmt.Println(len(data))
	return err
}

func badGeneric[T any](items []T, f func(T)) {
	var wg sync.WaitGroup
	for _, item := range items {
		wg.Go(func() { f(item) }) // want `nothing waits for wg: these goroutines run on after badGeneric returns`
	}
}

func okWaited(names []string) {
	var wg sync.WaitGroup
	defer wg.Wait()
	for _, name := range names {
		wg.Add(1)
		go remove(name, &wg)
	}
}

func okWaitedByHelper(names []string) {
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		go remove(name, &wg)
	}
	finish(&wg)
}

func finish(wg *sync.WaitGroup) { wg.Wait() }

func okWaitedElsewhere(names []string) *sync.WaitGroup {
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		go remove(name, &wg)
	}
	return &wg
}

func okWaitedInGoroutine(names []string) <-chan bool {
	var wg sync.WaitGroup
	done := make(chan bool)
	for _, name := range names {
		wg.Add(1)
		go remove(name, &wg)
	}
	go func() {
		wg.Wait()
		close(done)
	}()
	return done
}

func okWaitedInOtherPackage(names []string) {
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		go remove(name, &wg)
	}
	b.Finish(&wg)
}

// okResults waits for the results: the WaitGroup does nothing, but no harm.
func okResults(names []string) {
	var wg sync.WaitGroup
	done := make(chan error)
	for _, name := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			done <- os.Remove(name)
		}()
	}
	for range names {
		<-done
	}
}

// okForget starts something that nobody is to wait for.
func okForget(name string) {
	go os.Remove(name)
	go func() {
		fmt.Println(name)
	}()
}

type server struct{ wg sync.WaitGroup }

// okField is waited for by stop.
func (s *server) okField() {
	s.wg.Add(1)
	go func() {
		defer s.wg.Done()
		fmt.Println("served")
	}()
}

func (s *server) stop() { s.wg.Wait() }

type crew struct {
	sync.WaitGroup
	names []string
}

// fnEmbedded: the WaitGroup is part of something, which is not followed.
func fnEmbedded(names []string) {
	c := crew{names: names}
	for range names {
		c.Add(1)
		go func() {
			defer c.Done()
			fmt.Println("one")
		}()
	}
}

// fnSleep leaves it to time: that is the business of rule sleepsync.
func fnSleep(name string) {
	var wg sync.WaitGroup
	wg.Add(1)
	go remove(name, &wg)
	time.Sleep(time.Second)
}

var jobs sync.WaitGroup

// fnGlobal: whoever may wait for a WaitGroup of the package is not looked for.
func fnGlobal(name string) {
	jobs.Add(1)
	go func() {
		defer jobs.Done()
		fmt.Println(name)
	}()
}

// badTwo starts two, and lacks one Wait: one mistake.
func badTwo(a, b string) {
	wg := new(sync.WaitGroup)
	wg.Add(2)
	go func() { // want `nothing waits for wg: this goroutine runs on after badTwo returns`
		os.Remove(a)
		wg.Done()
	}()
	go func() {
		os.Remove(b)
		wg.Done()
	}()
}
