// Package errgroup has the API of golang.org/x/sync/errgroup, for fixtures.
package errgroup

import (
	"context"
	"sync"
)

// A Group runs functions in goroutines and keeps their first error.
type Group struct {
	wg     sync.WaitGroup
	cancel context.CancelCauseFunc
	slots  chan struct{}
	once   sync.Once
	err    error
}

// WithContext returns a group, and a context that ends with its first error.
func WithContext(ctx context.Context) (*Group, context.Context) {
	ctx, cancel := context.WithCancelCause(ctx)
	return &Group{cancel: cancel}, ctx
}

// SetLimit bounds how many functions run at once. A negative n is no bound.
func (g *Group) SetLimit(n int) {
	g.slots = nil
	if n >= 0 {
		g.slots = make(chan struct{}, n)
	}
}

// Go runs f in a goroutine, when there is room.
func (g *Group) Go(f func() error) {
	if g.slots != nil {
		g.slots <- struct{}{}
	}
	g.start(f)
}

// TryGo is Go, but gives up if there is no room.
func (g *Group) TryGo(f func() error) bool {
	if g.slots != nil {
		select {
		case g.slots <- struct{}{}:
		default:
			return false
		}
	}
	g.start(f)
	return true
}

func (g *Group) start(f func() error) {
	g.wg.Add(1)
	go func() {
		defer g.finish()
		if err := f(); err != nil {
			g.once.Do(func() {
				g.err = err
				if g.cancel != nil {
					g.cancel(err)
				}
			})
		}
	}()
}

func (g *Group) finish() {
	if g.slots != nil {
		<-g.slots
	}
	g.wg.Done()
}

// Wait waits for all functions and returns the first error.
func (g *Group) Wait() error {
	g.wg.Wait()
	if g.cancel != nil {
		g.cancel(g.err)
	}
	return g.err
}
