package a

import "testing"

// The test holds a lock to look at what it guards, and stops the program when
// it fails. (As in nats-server's tests.)
func TestOkLooks(t *testing.T) {
	s := &served{peer: &peer{}}
	defer s.shutdown()
	s.peer.mu.Lock()
	if s.peer.n != 0 {
		t.Fatal("counted")
	}
	s.peer.mu.Unlock()
}

// Two tests do not run at once.
func TestOkOther(t *testing.T) {
	s := &served{peer: &peer{}}
	s.mu.Lock()
	s.peer.mu.Lock()
	s.peer.mu.Unlock()
	s.mu.Unlock()
}
