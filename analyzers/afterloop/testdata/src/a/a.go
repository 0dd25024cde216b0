//go:build go1.22

// Package a is written for Go 1.22.
package a

import "time"

func handle(int) {}

// A queue is read with a timeout. (As in go-mysql-org/go-mysql#423 and
// hashicorp/vault#14814.)
func badLoop(work chan int) {
	for {
		select {
		case v := <-work:
			handle(v)
		case <-time.After(time.Minute): // want `each round of the loop leaves the timer of time.After running until it fires: before Go 1.23 it is not collected sooner`
			return
		}
	}
}

func okOnce(work chan int) {
	select {
	case v := <-work:
		handle(v)
	case <-time.After(time.Minute):
	}
}

// Nothing else can come first.
func okPause() {
	for {
		<-time.After(time.Minute)
		handle(1)
	}
}

func okTimer(work chan int) {
	idle := time.NewTimer(time.Minute)
	defer idle.Stop()
	for {
		select {
		case v := <-work:
			handle(v)
		case <-idle.C:
			return
		}
	}
}

func timeout() <-chan time.Time { return time.After(time.Minute) }

func fnHelper(work chan int) {
	for {
		select {
		case v := <-work:
			handle(v)
		case <-timeout():
			return
		}
	}
}
