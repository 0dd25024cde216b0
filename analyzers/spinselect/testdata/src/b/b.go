// Package b polls a channel of another package.
package b

import "fixture/lib"

func badPoll(done chan struct{}) (sum int) {
	for {
		select {
		case <-done:
			return sum
		case n := <-lib.Work():
			sum += n
		default: // want `this default makes the loop spin`
		}
	}
}

func okWait(done chan struct{}) (sum int) {
	for {
		select {
		case <-done:
			return sum
		case n := <-lib.Work():
			sum += n
		}
	}
}
