// Package alone imports nothing but what its tests run by.
package alone

import (
	"testing"
	"time"
)

func badParallel(t *testing.T) {
	n := 0
	for _, name := range []string{"a", "b"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n++ // want `n is written by a subtest of badParallel while another writes it`
		})
	}
}

func okOneByOne(t *testing.T) {
	n := 0
	for _, name := range []string{"a", "b"} {
		t.Run(name, func(t *testing.T) { n++ })
	}
}

func badTimer() int {
	n := 0
	time.AfterFunc(time.Second, func() {
		n = 1 // want `n is written by the function that badTimer gives to time.AfterFunc while badTimer reads it`
	})
	return n
}
