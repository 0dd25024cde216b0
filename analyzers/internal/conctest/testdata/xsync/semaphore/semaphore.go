// Package semaphore has the API of golang.org/x/sync/semaphore, for fixtures.
package semaphore

import "context"

// A Weighted is a semaphore whose holders take different amounts.
type Weighted struct {
	size, held int64
	state      chan struct{} // holds a token while nobody looks at held
	freed      chan struct{} // told of every release that someone may wait for
}

// NewWeighted returns a semaphore of size n.
func NewWeighted(n int64) *Weighted {
	s := &Weighted{size: n, state: make(chan struct{}, 1), freed: make(chan struct{}, 1)}
	s.state <- struct{}{}
	return s
}

// TryAcquire takes n and reports whether there was as much.
func (s *Weighted) TryAcquire(n int64) bool {
	<-s.state
	defer func() { s.state <- struct{}{} }()
	if s.held+n > s.size {
		return false
	}
	s.held += n
	return true
}

// Acquire takes n, waiting for as much until ctx ends.
func (s *Weighted) Acquire(ctx context.Context, n int64) error {
	for !s.TryAcquire(n) {
		select {
		case <-s.freed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	s.wake() // there may be room for one more
	return nil
}

// Release gives back n.
func (s *Weighted) Release(n int64) {
	<-s.state
	s.held -= n
	s.state <- struct{}{}
	s.wake()
}

func (s *Weighted) wake() {
	select {
	case s.freed <- struct{}{}:
	default:
	}
}
