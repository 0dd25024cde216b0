package a

import (
	"errors"
	"testing"
)

// The body ends the test with the first value, so the loop never comes back to
// wait. (As in a test of nats-server.)
func TestOkFirst(t *testing.T) {
	failed := make(chan error, 3)
	done := make(chan bool)
	for range 3 {
		go func() {
			failed <- errors.New("no consumer")
			done <- true
		}()
	}
	for range 3 {
		<-done
	}
	if len(failed) > 0 {
		for err := range failed {
			t.Fatal(err)
		}
	}
}

func TestBadEach(t *testing.T) {
	failed := make(chan error, 3)
	done := make(chan bool)
	for range 3 {
		go func() {
			failed <- errors.New("no consumer")
			done <- true
		}()
	}
	for range 3 {
		<-done
	}
	for err := range failed { // want `nothing closes failed: once the senders are done, this range over it waits for ever`
		t.Error(err)
	}
}
