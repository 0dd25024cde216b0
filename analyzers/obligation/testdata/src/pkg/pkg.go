// Package pkg has types whose objects run goroutines, as seen from elsewhere.
package pkg

import (
	"context"
	"time"
)

// A Cache forgets what is old, until it is closed.
type Cache struct {
	items map[string]time.Time
	done  chan struct{}
}

// New returns a cache and starts its goroutine.
func New() *Cache {
	c := &Cache{items: map[string]time.Time{}, done: make(chan struct{})}
	go c.loop(time.NewTicker(time.Minute))
	return c
}

func (c *Cache) loop(t *time.Ticker) {
	defer t.Stop()
	for {
		select {
		case <-t.C:
			clear(c.items)
		case <-c.done:
			return
		}
	}
}

// Len returns the number of items.
func (c *Cache) Len() int { return len(c.items) }

// Close ends the goroutine.
func (c *Cache) Close() { close(c.done) }

// A Watcher watches until its context ends or it is closed.
type Watcher struct {
	ctx    context.Context
	cancel context.CancelFunc
	events chan string
}

// Watch returns a watcher.
func Watch(ctx context.Context) (*Watcher, error) {
	w := &Watcher{events: make(chan string)}
	w.ctx, w.cancel = context.WithCancel(ctx)
	go func() {
		<-w.ctx.Done()
		println("watched")
	}()
	return w, nil
}

// Last says nothing yet.
func (w *Watcher) Last() string { return "" }

// Close ends it.
func (w *Watcher) Close() { w.cancel() }
