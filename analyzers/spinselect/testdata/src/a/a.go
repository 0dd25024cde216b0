// Package a has loops around select.
package a

import (
	"context"
	"time"
)

func handle(int) {}

// jackc/pgconn#39: until the connection is closed the loop takes a CPU.
func badWait(done chan struct{}, work chan int) {
	for {
		select {
		case <-done:
			return
		case v := <-work:
			handle(v)
		default: // want `this default makes the loop spin: until a case is ready it takes all of a CPU, where select without default would wait`
		}
	}
}

// The same, fixed.
func okWait(done chan struct{}, work chan int) {
	for {
		select {
		case <-done:
			return
		case v := <-work:
			handle(v)
		}
	}
}

// iegomez/mosquitto-go-auth#153: a watcher of signals.
func badContinue(ctx context.Context) {
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			default: // want `this default makes the loop spin`
				continue
			}
		}
	}()
}

// The same, fixed.
func okContinue(ctx context.Context) {
	go func() {
		<-ctx.Done()
	}()
}

func okPause(done chan struct{}) {
	for {
		select {
		case <-done:
			return
		default:
			time.Sleep(time.Second)
		}
	}
}

func okWork(ctx context.Context, next func() int) {
	for {
		select {
		case <-ctx.Done():
			return
		default:
		}
		handle(next())
	}
}

func okBounded(work chan int) {
	for range 10 {
		select {
		case v := <-work:
			handle(v)
		default:
		}
	}
}

// Until nothing is left.
func okDrain(work chan int) {
	for {
		select {
		case v := <-work:
			handle(v)
		default:
			return
		}
	}
}

func fnCount(done chan struct{}) int {
	n := 0
	for {
		select {
		case <-done:
			return n
		default:
		}
		n++
	}
}
