//go:build go1.22

// Package ticker is written for Go 1.22, in which tickers that run stay.
package ticker

import (
	"context"
	"time"
)

func poll() bool { return true }

func badTicker(ctx context.Context) {
	t := time.NewTicker(time.Second) // want `ticker t is not stopped before badTicker returns: it runs on, and before Go 1.23 is never collected`
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.C:
			poll()
		}
	}
}

func badEarly(ctx context.Context) {
	t := time.NewTicker(time.Second) // want `ticker t is not stopped before the return at ticker.go:\d+`
	for range t.C {
		if ctx.Err() != nil {
			return
		}
		if poll() {
			break
		}
	}
	t.Stop()
}

func badTick() {
	for range time.Tick(time.Second) { // want `nothing can stop the ticker of time.Tick: each call of badTick leaves one running, which before Go 1.23 is never collected`
		if poll() {
			return
		}
	}
}

func okDeferred(ctx context.Context) {
	t := time.NewTicker(time.Second)
	defer t.Stop()
	for range t.C {
		if ctx.Err() != nil {
			return
		}
	}
}

func okEndless() {
	for range time.Tick(time.Second) {
		poll()
	}
}

type worker struct{ t *time.Ticker }

func okField() *worker {
	return &worker{t: time.NewTicker(time.Second)}
}

func okTimer(ctx context.Context) bool {
	t := time.NewTimer(time.Second)
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}

func stop(t *time.Ticker) { t.Stop() }

func okHelper(ctx context.Context) {
	t := time.NewTicker(time.Second)
	defer stop(t)
	<-t.C
	<-ctx.Done()
}
