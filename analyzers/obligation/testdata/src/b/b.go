// Package b has constructors whose callers have something to do.
package b

import (
	"context"
	"errors"
	"log/slog"
	"time"
)

// WithBudget returns a context for one request, and the function that ends it.
func WithBudget(ctx context.Context, n int) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, time.Duration(n)*time.Second)
}

// Session returns a context, and what ends it and says so.
func Session(ctx context.Context, name string) (context.Context, func(), error) {
	if name == "" {
		return nil, nil, errors.New("no name")
	}
	ctx, cancel := context.WithCancel(ctx)
	return ctx, func() {
		slog.Info("end", "session", name)
		cancel()
	}, nil
}

// Guarded returns a context that the package itself cancels.
func Guarded(ctx context.Context, stop <-chan struct{}) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	go func() {
		defer cancel()
		<-stop
	}()
	return ctx, cancel
}
