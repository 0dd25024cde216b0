package intest

import (
	"sync"
	"testing"
)

func noError(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// The helper ends the goroutine before the second Done. (As in a test of
// nats-server's routes.)
func TestOkEither(t *testing.T) {
	var ready sync.WaitGroup
	accept := func() error { return nil }
	ready.Add(1)
	go func() {
		if err := accept(); err != nil {
			ready.Done()
			noError(t, err)
		}
		defer ready.Done()
		println("ready")
	}()
	ready.Wait()
}
