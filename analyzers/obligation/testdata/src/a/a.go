// Package a has results of functions that have to be called.
package a

import (
	"context"
	"errors"
	"iter"
	"testing"

	"fixture/b"
)

func use(context.Context) error { return nil }

func badNever(ctx context.Context) error {
	ctx, cancel := b.WithBudget(ctx, 3) // want `cancel, which b.WithBudget returns, is not called before badNever returns: the context and what waits for it stay until its parent ends`
	if cancel == nil {
		return errors.New("no cancel")
	}
	return use(ctx)
}

func badDropped(ctx context.Context) error {
	ctx, _ = b.WithBudget(ctx, 3) // want `the func that b.WithBudget returns is dropped, not called before badDropped returns`
	return use(ctx)
}

func badOnePath(ctx context.Context, name string) error {
	ctx, end, err := b.Session(ctx, name) // want `end, which b.Session returns, is not called before the return at a.go:\d+`
	if err != nil {
		return err
	}
	if err := use(ctx); err != nil {
		return err
	}
	end()
	return nil
}

// The same, fixed.
func okOnePath(ctx context.Context, name string) error {
	ctx, end, err := b.Session(ctx, name)
	if err != nil {
		return err
	}
	defer end()
	return use(ctx)
}

func local(ctx context.Context) (context.Context, func()) {
	ctx, cancel := b.WithBudget(ctx, 1)
	return ctx, func() { cancel() }
}

func badTwice(ctx context.Context) error {
	ctx, end := local(ctx) // want `end, which local returns, is not called before the return at a.go:\d+`
	if ctx.Err() != nil {
		return ctx.Err()
	}
	defer end()
	return use(ctx)
}

type server struct {
	cancel context.CancelFunc
	end    []func()
}

// Whoever holds the server cancels.
func (s *server) okStored(ctx context.Context) error {
	ctx, s.cancel = b.WithBudget(ctx, 3)
	ctx, end := local(ctx)
	s.end = append(s.end, end)
	return use(ctx)
}

func okCleanup(t *testing.T) {
	ctx, cancel := b.WithBudget(t.Context(), 3)
	t.Cleanup(cancel)
	ctx, end := local(ctx)
	t.Cleanup(func() { end() })
	if use(ctx) != nil {
		t.Fatal("used")
	}
}

// The goroutine of the callee cancels.
func okGuarded(ctx context.Context, stop <-chan struct{}) error {
	ctx, _ = b.Guarded(ctx, stop)
	return use(ctx)
}

func okGoroutine(ctx context.Context) {
	ctx, cancel := b.WithBudget(ctx, 3)
	go func() {
		defer cancel()
		use(ctx)
	}()
}

func okEndless(ctx context.Context) {
	ctx, _ = b.WithBudget(ctx, 3)
	for {
		use(ctx)
	}
}

func okHandedOn(ctx context.Context, run func(context.Context, func())) {
	ctx, cancel := b.WithBudget(ctx, 3)
	run(ctx, cancel)
}

func okNilCheck(ctx context.Context, name string) error {
	ctx, end, err := b.Session(ctx, name)
	if errors.Is(err, context.Canceled) {
		return nil
	}
	if end == nil {
		return err
	}
	defer end()
	return use(ctx)
}

func badPull(seq iter.Seq[int]) int {
	next, stop := iter.Pull(seq) // want `stop, which iter.Pull returns, is not called before the return at a.go:\d+: the coroutine of the iterator stays for ever`
	n, ok := next()
	if !ok {
		return 0
	}
	if n > 10 {
		return n
	}
	stop()
	return -n
}

func badPullDropped(seq iter.Seq2[int, string]) string {
	next, _ := iter.Pull2(seq) // want `the func that iter.Pull2 returns is dropped`
	_, s, _ := next()
	return s
}

// To the end: nothing is left to stop.
func okPullAll(seq iter.Seq[int]) (sum int) {
	next, _ := iter.Pull(seq)
	for {
		n, ok := next()
		if !ok {
			return sum
		}
		sum += n
	}
}

func okPull(a, c iter.Seq[int]) bool {
	nextA, stopA := iter.Pull(a)
	defer stopA()
	nextC, stopC := iter.Pull(c)
	defer stopC()
	x, okA := nextA()
	y, okC := nextC()
	return x == y && okA == okC
}

// Variables that hold now this, now that are not followed.
func fnPhi(ctx context.Context, short bool) error {
	cancel := func() {}
	if short {
		ctx, cancel = local(ctx)
	}
	if err := use(ctx); err != nil {
		return err
	}
	cancel()
	return nil
}
