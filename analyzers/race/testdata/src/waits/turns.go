package waits

import (
	"context"
	"fmt"
	"sync"
)

type reader struct {
	buf [4]byte
	n   int
}

// read waits for its goroutine whatever happens.
func (r *reader) read(ctx context.Context) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		r.n++
		r.buf[0] = 1
	}()
	select {
	case <-done:
	case <-ctx.Done():
		<-done
	}
}

// okTurns starts one of two in each round, and waits for it.
func okTurns(ctx context.Context, two bool) {
	r := &reader{}
	for range 9 {
		if two {
			r.read(ctx)
		} else {
			r.read(context.Background())
		}
	}
}

type badReader struct{ n int }

// readLeave goes on when the context ends.
func (r *badReader) readLeave(ctx context.Context) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		r.n++ // want `r.n is written by a goroutine that readLeave starts while another goroutine that it starts writes it`
	}()
	select {
	case <-done:
	case <-ctx.Done():
	}
}

func turns(ctx context.Context, two bool) {
	r := &badReader{}
	for range 9 {
		if two {
			r.readLeave(ctx)
		} else {
			r.readLeave(ctx)
		}
	}
}

// okPaced goes on when the worker of this round is ready.
func okPaced(items []string) {
	ready := make(chan int)
	total := 0
	var wg sync.WaitGroup
	for i := range items {
		wg.Add(1)
		go func() {
			defer wg.Done()
			total++
			ready <- i
			fmt.Println(i)
		}()
		<-ready
	}
	wg.Wait()
	fmt.Println(total)
}

// badPaced has the worker count behind that.
func badPaced(items []string) {
	ready := make(chan int)
	total := 0
	var wg sync.WaitGroup
	for i := range items {
		wg.Add(1)
		go func() {
			defer wg.Done()
			ready <- i
			total++ // want `total is written by a goroutine that badPaced starts while another writes it`
		}()
		<-ready
	}
	wg.Wait()
	fmt.Println(total)
}

// badTwice receives from either of two workers.
func badTwice(items []string) {
	ready := make(chan int)
	total := 0
	for i := range items {
		go func() {
			total++ // want `total is written by a goroutine that badTwice starts while another writes it`
			ready <- i
		}()
		go func() { ready <- i }()
		<-ready
	}
	fmt.Println(total)
}

// A flight is under way at most once.
type flight struct {
	mu   sync.Mutex
	busy chan struct{}
}

func (f *flight) start(do func()) {
	f.mu.Lock()
	if f.busy != nil {
		f.mu.Unlock()
		return
	}
	f.busy = make(chan struct{})
	f.mu.Unlock()
	go func() {
		do()
		close(f.busy)
	}()
}

// okSecond starts nothing: the first is under way.
func okSecond(wait chan int) {
	f, n := &flight{}, 0
	f.start(func() { <-wait })
	f.start(func() { n++ })
	fmt.Println(n)
	close(wait)
}
