// Package maker has functions whose results somebody has to receive from.
package maker

import "context"

// Go runs f and sends what it returns.
func Go(f func() error) chan error {
	ch := make(chan error)
	go func() { ch <- f() }()
	return ch
}

// Async is Go with room for the result.
func Async(f func() error) <-chan error {
	ch := make(chan error, 1)
	go func() { ch <- f() }()
	return ch
}

// Until gives up when the context ends.
func Until(ctx context.Context, f func() error) <-chan error {
	ch := make(chan error)
	go func() {
		select {
		case ch <- f():
		case <-ctx.Done():
		}
	}()
	return ch
}

// Failures sends only what has failed.
func Failures(f func() error) <-chan error {
	ch := make(chan error)
	go func() {
		if err := f(); err != nil {
			ch <- err
		}
		close(ch)
	}()
	return ch
}

// Try returns a channel unless f is nil.
func Try(f func() int) (<-chan int, bool) {
	if f == nil {
		return nil, false
	}
	ch := make(chan int)
	go func() {
		defer close(ch)
		ch <- f()
	}()
	return ch, true
}

// Drained receives itself what nobody takes.
func Drained(f func() int) <-chan int {
	ch := make(chan int)
	go func() { ch <- f() }()
	go func() { <-ch }()
	return ch
}
