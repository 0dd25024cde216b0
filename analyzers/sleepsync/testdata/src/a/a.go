// Package a has functions that sleep.
package a

import (
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

func square(n int) int { return n * n }

func badResult() int {
	sum := 0
	go func() { sum = square(3) }()
	time.Sleep(time.Second) // want `time.Sleep is all that waits for the goroutine started at a.go:\d+: if it takes longer, badResult goes on without it`
	return sum
}

func okWaited() int {
	sum := 0
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		sum = square(3)
	}()
	time.Sleep(time.Second)
	wg.Wait()
	return sum
}

// The channel is what is waited for.
func okChannel() int {
	c := make(chan int, 1)
	go func() { c <- square(3) }()
	time.Sleep(time.Second)
	return <-c
}

// Polled until it is there.
func okPolled() int32 {
	var sum atomic.Int32
	go func() { sum.Store(9) }()
	for sum.Load() == 0 {
		time.Sleep(time.Millisecond)
	}
	return sum.Load()
}

// Nothing of the goroutine is needed.
func okPaced(log func()) {
	go log()
	time.Sleep(time.Second)
}

func fnCall() int {
	sum := 0
	go func() { sum = square(3) }()
	time.Sleep(time.Second)
	http.Get("http://localhost")
	return sum
}
