package waits

import (
	"context"
	"testing"
)

type ticker struct {
	ticks chan int
	quit  chan bool
	total int
	name  string
}

// okFilledIn has nobody tick before it returns.
func okFilledIn(name string) *ticker {
	t := &ticker{ticks: make(chan int)}
	go func() {
		for n := range t.ticks {
			t.total += n
		}
	}()
	t.total = 1
	return t
}

// okQuitLater leaves it to the caller to end the goroutine.
func okQuitLater(t *ticker) string {
	go func() {
		<-t.quit
		t.name = ""
	}()
	return t.name
}

// okCleanup has the channel closed when the test is over.
func okCleanup(t *testing.T) {
	quitting := func() chan bool {
		quit := make(chan bool)
		t.Cleanup(func() { close(quit) })
		return quit
	}
	x := &ticker{quit: quitting(), name: "x"}
	go func() {
		<-x.quit
		x.name = ""
	}()
	if x.name == "" {
		t.Error("no name")
	}
}

// badCancelled may be told to stop at any time.
func badCancelled(ctx context.Context, t *ticker) string {
	go func() {
		<-ctx.Done()
		t.name = "" // want "nothing orders the two"
	}()
	return t.name
}

// badNotWaiting does not wait for the caller.
func badNotWaiting(t *ticker) string {
	go func() {
		t.name = "" // want "nothing orders the two"
		<-t.quit
	}()
	return t.name
}
