// Package a has loops with timers.
package a

import (
	"context"
	"time"
)

func flush() {}

type strategy struct {
	timer *time.Timer
	reset chan struct{}
	every time.Duration
}

// istio/istio#18454: after the timer has fired once, the next reset blocks.
func (s *strategy) badLoop(ctx context.Context) {
	for {
		select {
		case <-s.timer.C:
			flush()
		case <-s.reset:
			if !s.timer.Stop() {
				<-s.timer.C // want `this waits for a value of s.timer.C that the receive at a.go:\d+ may have taken: Stop is false then too, and the goroutine blocks for ever`
			}
			s.timer.Reset(s.every)
		case <-ctx.Done():
			s.timer.Stop()
			return
		}
	}
}

// The same, fixed.
func (s *strategy) okLoop(ctx context.Context) {
	for {
		select {
		case <-s.timer.C:
			flush()
		case <-s.reset:
			if !s.timer.Stop() {
				select {
				case <-s.timer.C:
				default:
				}
			}
			s.timer.Reset(s.every)
		case <-ctx.Done():
			s.timer.Stop()
			return
		}
	}
}

func badAfter(done chan bool) {
	t := time.NewTimer(time.Second)
	select {
	case <-t.C:
		flush()
	case <-done:
	}
	if !t.Stop() {
		<-t.C // want `this waits for a value of t.C`
	}
}

// IBM/sarama#734: a message that waits too long is tried once more, with the
// timer that has run out.
func badRetry(msgs, out chan int, d time.Duration) {
	t := time.NewTimer(d)
	for msg := range msgs {
		for sent := false; !sent; {
			select {
			case out <- msg:
				sent = true
			case <-t.C:
				flush()
			}
		}
		if !t.Stop() {
			<-t.C // want `this waits for a value of t.C`
		}
		t.Reset(d)
	}
}

// The same, fixed.
func okRetry(msgs, out chan int, d time.Duration) {
	t := time.NewTimer(d)
	for msg := range msgs {
		expired := false
		for sent := false; !sent; {
			select {
			case out <- msg:
				sent = true
			case <-t.C:
				expired = true
				flush()
			}
		}
		if !expired && !t.Stop() {
			<-t.C
		}
		t.Reset(d)
	}
}

// golang/go#27169: the deferred drain waits for what the function has received.
func badDeferred() {
	t := time.NewTimer(time.Second)
	<-t.C
	flush()
	if !t.Stop() {
		<-t.C // want `this waits for a value of t.C`
	}
}

// The timer runs again after each of its values.
func okReset(changed chan bool, d time.Duration) {
	t := time.NewTimer(d)
	for {
		select {
		case <-t.C:
			flush()
			t.Reset(d)
		case _, ok := <-changed:
			if !ok {
				return
			}
			if !t.Stop() {
				<-t.C
			}
			t.Reset(d)
		}
	}
}

// A variable knows.
func okFlag(changed chan bool, d time.Duration) {
	t := time.NewTimer(d)
	fired := false
	for {
		select {
		case <-t.C:
			fired = true
			flush()
		case <-changed:
			if !fired {
				if !t.Stop() {
					<-t.C
				}
			}
			fired = false
			t.Reset(d)
		}
	}
}

// Nothing has received before.
func okFirst(done chan bool) bool {
	t := time.NewTimer(time.Second)
	select {
	case <-t.C:
		return false
	case <-done:
		if !t.Stop() {
			<-t.C
		}
		return true
	}
}

func (s *strategy) restart() { s.timer = time.NewTimer(s.every) }

func (s *strategy) okRestart() {
	for {
		select {
		case <-s.timer.C:
			flush()
			s.restart()
		case <-s.reset:
			if !s.timer.Stop() {
				<-s.timer.C
			}
			s.restart()
		}
	}
}

// Each round has a timer of its own.
func okRounds(n int, newTimer func(time.Duration) *time.Timer, newPair func() (*time.Timer, error)) {
	for range n {
		t := newTimer(time.Hour)
		if !t.Stop() {
			<-t.C
		}
		t.Reset(time.Second)
		<-t.C
		u, _ := newPair()
		if !u.Stop() {
			<-u.C
		}
		u.Reset(time.Second)
		<-u.C
	}
}

func halt(t *time.Timer) {
	if !t.Stop() {
		<-t.C
	}
}

func fnHelper(done chan bool) {
	t := time.NewTimer(time.Second)
	select {
	case <-t.C:
	case <-done:
	}
	halt(t)
}

func fnReplaced(done chan bool, short bool) {
	t := time.NewTimer(time.Second)
	if short {
		t = time.NewTimer(time.Millisecond)
	}
	select {
	case <-t.C:
		t = time.NewTimer(time.Minute)
		<-t.C
	case <-done:
	}
	if !t.Stop() {
		<-t.C
	}
}
