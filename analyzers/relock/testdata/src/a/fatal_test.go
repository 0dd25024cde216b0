package a

import (
	"sync"
	"testing"
)

type files struct {
	mu sync.Mutex
	n  int
}

func (f *files) remove() {
	f.mu.Lock()
	f.n = 0
	f.mu.Unlock()
}

// A test that fails hangs instead. (As in tests of nats-server and grpc.)
func badFatal(t *testing.T) {
	f := &files{}
	defer f.remove() // want `badFatal calls remove \(fatal_test.go:\d+\), which locks f.mu again \(fatal_test.go:\d+\), held since fatal_test.go:\d+: the goroutine blocks itself for ever`
	f.mu.Lock()
	if f.n != 0 {
		t.Fatal("not empty")
	}
	f.mu.Unlock()
}
