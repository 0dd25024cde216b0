// Package b is another package.
package b

import (
	"sync"
	"testing"
)

// Finish waits.
func Finish(wg *sync.WaitGroup) { wg.Wait() }

// Tracked returns a WaitGroup that is waited for when the test is over.
func Tracked(t *testing.T) *sync.WaitGroup {
	wg := new(sync.WaitGroup)
	t.Cleanup(wg.Wait)
	return wg
}

// TestingT is what assertions need of a test.
type TestingT interface {
	Errorf(format string, args ...any)
}

// Equal asserts that want and got are equal.
func Equal(t TestingT, want, got any) {
	if want != got {
		t.Errorf("got %v, want %v", got, want)
	}
}
