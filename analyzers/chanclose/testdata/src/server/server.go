// Package server has types whose methods close channels.
package server

import "sync"

// A Server runs until it is closed.
type Server struct {
	mu     sync.Mutex
	once   sync.Once
	done   chan struct{}
	quit   chan struct{}
	ended  chan struct{}
	closed bool
}

// New returns a server.
func New() (*Server, error) {
	return &Server{done: make(chan struct{}), quit: make(chan struct{}), ended: make(chan struct{})}, nil
}

// Close must be called once.
func (s *Server) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.finish()
	return nil
}

// Stop does what Close does.
func (s *Server) Stop() { s.finish() }

func (s *Server) finish() { close(s.done) }

// Shut may be called again.
func (s *Server) Shut() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.closed {
		s.closed = true
		close(s.quit)
	}
}

// Halt may be called again, too.
func (s *Server) Halt() {
	s.once.Do(func() { close(s.quit) })
}

// Restart closes one channel and makes another.
func (s *Server) Restart() {
	close(s.ended)
	s.ended = make(chan struct{})
}

// Survive notices.
func (s *Server) Survive() (ok bool) {
	defer func() { ok = recover() == nil }()
	close(s.done)
	return true
}
