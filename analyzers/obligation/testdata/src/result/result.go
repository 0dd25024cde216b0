// Package result receives, or not, from what it gets.
package result

import (
	"context"
	"errors"

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
