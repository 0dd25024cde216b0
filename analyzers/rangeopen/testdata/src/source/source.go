// Package source hands out channels that others can only receive from.
package source

// A Source has events.
type Source struct {
	events chan int
	ended  chan int
	errs   chan error
	both   chan int
}

// New returns a source.
func New() *Source {
	s := &Source{events: make(chan int), ended: make(chan int), errs: make(chan error, 1), both: make(chan int)}
	go s.run()
	return s
}

func (s *Source) run() {
	defer close(s.ended)
	for i := range 10 {
		s.events <- i
		s.ended <- i
	}
}

// Events returns a channel that is never closed.
func (s *Source) Events() <-chan int { return s.events }

// Ended returns one that is closed at the end.
func (s *Source) Ended() <-chan int { return s.ended }

// Errors returns one that a helper may close.
func (s *Source) Errors() <-chan error { return s.errs }

// Both returns one that others get with all rights.
func (s *Source) Both() <-chan int { return s.both }

// All gives all rights.
func (s *Source) All() chan int { return s.both }

// Fail ends the errors.
func (s *Source) Fail(err error) {
	finish(s.errs, err)
}

func finish(errs chan<- error, err error) {
	errs <- err
	close(errs)
}

// Count returns a new channel, which stays open.
func Count(n int) (<-chan int, error) {
	c := make(chan int)
	go func() {
		for i := range n {
			c <- i
		}
	}()
	return c, nil
}

// CountAll returns a new channel, which is closed.
func CountAll(n int) <-chan int {
	c := make(chan int)
	go func() {
		defer close(c)
		for i := range n {
			c <- i
		}
	}()
	return c
}
