// Package result receives, or not, from what it gets.
package result

import (
	"context"
	"errors"
	"time"

	"fixture/maker"
)

func work() error { return nil }

// The test only wanted f to run. (moby/moby#4395)
func badDropped() {
	maker.Go(work) // want "the channel that maker.Go returns is dropped: the goroutine that sends on it waits for ever"
}

// The fixed form has room for the result.
func okRoom() {
	maker.Async(work)
}

func badEarly(ready bool) error {
	done := maker.Go(work) // want `nothing is received from done, which maker.Go returns, before the return at result.go:\d+: the goroutine that sends on it waits for ever`
	if !ready {
		return errors.New("not ready")
	}
	return <-done
}

func okReceived(ready bool) error {
	done := maker.Go(work)
	if !ready {
		<-done
		return errors.New("not ready")
	}
	return <-done
}

func okSelected(ctx context.Context) error {
	done := maker.Go(work)
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		go func() { <-done }()
		return ctx.Err()
	}
}

func okHandedOn() chan error { return maker.Go(work) }

func okKept(all *[]chan error) {
	*all = append(*all, maker.Go(work))
}

func okOthers(ctx context.Context) {
	maker.Until(ctx, work)
	maker.Failures(work)
	maker.Drained(func() int { return 1 })
}

func badTry(f func() int) int {
	ch, ok := maker.Try(f) // want "nothing is received from ch, which maker.Try returns, before the return"
	if !ok || f() > 1 {
		return 0
	}
	return <-ch
}

func okTry(f func() int) int {
	ch, ok := maker.Try(f)
	if !ok {
		return 0
	}
	return <-ch
}

// Who gives up waiting leaves the sender behind. (As in codeskyblue/go-sh#26, where
// one function makes the channel and another waits with a timeout.)
func badTimeout(d time.Duration) error {
	done := maker.Go(work) // want `nothing is received from done, which maker.Go returns, before the return at result.go:\d+: the goroutine that sends on it waits for ever`
	select {
	case err := <-done:
		return err
	case <-time.After(d):
		return errors.New("timeout")
	}
}

func badTimeoutDirectly(d time.Duration) error {
	select {
	case err := <-maker.Go(work): // want `nothing is received from the channel that maker.Go returns before the return at`
		return err
	case <-time.After(d):
		return errors.New("timeout")
	}
}

func okTimeoutWithRoom(d time.Duration) error {
	select {
	case err := <-maker.Async(work):
		return err
	case <-time.After(d):
		return errors.New("timeout")
	}
}

func okAsksAgain(tick <-chan time.Time) error {
	done := maker.Go(work)
	for {
		select {
		case err := <-done:
			return err
		case <-tick:
		}
	}
}

func okWaitsAfterwards(ctx context.Context) error {
	done := maker.Go(work)
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	<-done
	return ctx.Err()
}

func okBothEmpty(ctx context.Context) {
	done := maker.Go(work)
	select {
	case <-done:
	case <-ctx.Done():
		go drain(done)
	}
}

func drain(c chan error) { <-c }

func here(f func() error) chan error {
	c := make(chan error)
	go func() { c <- f() }()
	return c
}

// The sender is seen here: that is chanleak's.
func okHere(d time.Duration) error {
	select {
	case err := <-here(work):
		return err
	case <-time.After(d):
		return errors.New("timeout")
	}
}
