// Package a has loops around select.
package a

import (
	"context"
	"log"
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

// MetaCubeX/mihomo#2964: the break leaves the select, not the loop.
func badBreak(ctx context.Context, work chan int) {
	for {
		select {
		case <-ctx.Done(): // want `this case does not leave the loop: once ctx.Done\(\) is closed it is ready in every round, and the loop takes all of a CPU`
			break
		case v := <-work:
			handle(v)
		}
	}
}

func badLogged(ctx context.Context, tick *time.Ticker) {
	go func() {
		for {
			select {
			case <-tick.C:
				handle(1)
			case <-ctx.Done(): // want `this case does not leave the loop`
				log.Println("stopped", ctx.Err())
				break
			}
		}
	}()
}

// gocraft/health#8: so it does with a channel of the program.
type server struct {
	quit chan struct{}
	work chan int
}

func newServer() *server {
	s := &server{quit: make(chan struct{}), work: make(chan int)}
	go s.badRun()
	return s
}

func (s *server) badRun() {
	for {
		select {
		case <-s.quit: // want `this case does not leave the loop: once s.quit is closed it is ready in every round`
		case v := <-s.work:
			handle(v)
		}
	}
}

func (s *server) put(v int) { s.work <- v }
func (s *server) stop()     { close(s.quit) }

func okLabel(ctx context.Context, work chan int) {
loop:
	for {
		select {
		case <-ctx.Done():
			break loop
		case v := <-work:
			handle(v)
		}
	}
}

func okCondition(ctx context.Context, work chan int) {
	for ctx.Err() == nil {
		select {
		case <-ctx.Done():
		case v := <-work:
			handle(v)
		}
	}
}

// The case is switched off once it has been taken.
func okSwitchedOff(ctx context.Context, work chan int) {
	done := ctx.Done()
	for {
		select {
		case <-done:
			done = nil
		case v, ok := <-work:
			if !ok {
				return
			}
			handle(v)
		}
	}
}

func okFlag(ctx context.Context, work chan int) {
	stopped := false
	for {
		select {
		case <-ctx.Done():
			stopped = true
		case v := <-work:
			handle(v)
		}
		if stopped {
			return
		}
	}
}

// It spins until the next tick, no longer.
func okLastRound(ctx context.Context, tick *time.Ticker) {
	last := false
	for {
		select {
		case <-ctx.Done():
			last = true
		case <-tick.C:
			handle(1)
			if last {
				return
			}
		}
	}
}

// What the call does may end the loop.
func okCall(ctx context.Context, work chan int, stop func()) {
	for {
		select {
		case <-ctx.Done():
			stop()
		case v, ok := <-work:
			if !ok {
				return
			}
			handle(v)
		}
	}
}

type job struct{ wake chan struct{} }

// A value is sent for each round.
func (j *job) okWoken(work chan int) {
	for {
		select {
		case <-j.wake:
		case v := <-work:
			handle(v)
		}
	}
}

func (j *job) poke() { j.wake <- struct{}{} }
func (j *job) end()  { close(j.wake) }

// The context is renewed.
func okRenewed(renew func() context.Context, work chan int) {
	ctx := renew()
	for {
		select {
		case <-ctx.Done():
			ctx = renew()
		case v := <-work:
			handle(v)
		}
	}
}
