// Package a has functions that sleep.
package a

import (
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func square(n int) int { return n * n }

// The result is there after a second, mostly. (As in the tests that
// splunk/splunk-cloud-sdk-go#341 mends with a WaitGroup.)
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

// In a bubble the sleep is over when the goroutine is.
func okBubble(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		sum := 0
		go func() { sum = square(3) }()
		time.Sleep(time.Second)
		t.Log(sum)
	})
}

// Who calls the result waits; the sleep only lets the goroutine get somewhere.
func okWaitLater(t *testing.T) func() {
	done := make(chan int)
	sum := 0
	go func() {
		sum = square(3)
		done <- 1
	}()
	time.Sleep(time.Millisecond)
	t.Log(sum)
	return func() { <-done }
}
