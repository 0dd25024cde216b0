package intest

import (
	"sync"
	"testing"
)

type totals struct {
	mu  sync.Mutex
	sum map[string]int
}

func requireLen(t *testing.T, have, want int) {
	t.Helper()
	if have != want {
		t.Fatalf("have %d, want %d", have, want)
	}
}

// The helper ends the test, as the lengths differ. (As in nats-server's tests.)
func TestOkRequire(t *testing.T) {
	c := &totals{sum: map[string]int{"a": 1}}
	c.mu.Lock()
	if n := len(c.sum); n != 1 {
		c.mu.Unlock()
		requireLen(t, n, 1)
	}
	c.mu.Unlock()
}

func TestBadReport(t *testing.T) {
	c := &totals{sum: map[string]int{"a": 1}}
	c.mu.Lock()
	if n := len(c.sum); n != 1 {
		c.mu.Unlock()
		println(n)
	}
	c.mu.Unlock() // want `c.mu is unlocked again, it was unlocked at in_test.go:\d+: this crashes the program, or unlocks what another goroutine holds`
}
