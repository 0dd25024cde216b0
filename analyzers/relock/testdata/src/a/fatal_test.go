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

// Only a test that fails anyway locks twice. (As in nats-server's tests.)
func TestOkFatal(t *testing.T) {
	f := &files{}
	defer f.remove()
	f.mu.Lock()
	if f.n != 0 {
		t.Fatal("not empty")
	}
	f.mu.Unlock()
}
