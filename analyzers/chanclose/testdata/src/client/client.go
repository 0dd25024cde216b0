// Package client closes what package server makes.
package client

import (
	"errors"
	"os"

	"fixture/server"
)

func use(*server.Server) error { return errors.New(os.Args[0]) }

// A second Close to be sure. (As in apache/pulsar-client-go#1026, where the fix
// is a sync.Once in Close.)
func badTwice() error {
	s, err := server.New()
	if err != nil {
		return err
	}
	defer s.Close() // want `s.done is closed again after s.Close\(\): the second close panics`
	if err := use(s); err != nil {
		return err
	}
	return s.Close()
}

func badBoth(s *server.Server) {
	if use(s) != nil {
		s.Stop()
	}
	s.Close() // want `s.done is closed again after s.Stop\(\): the second close panics`
}

// What else Close does may order the two.
func fnConcurrent(s *server.Server, fail chan error) {
	go func() {
		if <-fail != nil {
			s.Close()
		}
	}()
	use(s)
	s.Close()
}

func okOnce() error {
	s, err := server.New()
	if err != nil {
		return err
	}
	if err := use(s); err != nil {
		s.Close()
		return err
	}
	return s.Close()
}

func okDeferred() error {
	s, err := server.New()
	if err != nil {
		return err
	}
	defer s.Close()
	return use(s)
}

func okGuarded(s *server.Server) {
	defer s.Shut()
	defer s.Halt()
	s.Shut()
	s.Halt()
	s.Restart()
	s.Restart()
	s.Survive()
	s.Survive()
}

func okAnother(n int) {
	for range n {
		s, _ := server.New()
		s.Close()
	}
	a, _ := server.New()
	b, _ := server.New()
	a.Close()
	b.Close()
	a, _ = server.New()
	a.Close()
}

type holder struct{ s *server.Server }

func (h *holder) badHeld() {
	h.s.Stop()
	h.s.Close() // want `h.s.done is closed again after h.s.Stop\(\)`
}

type replacing struct{ s *server.Server }

func (r *replacing) okReplaced() {
	r.s.Close()
	r.s, _ = server.New()
	r.s.Close()
}

// What an interface holds is not known.
func fnInterface(s interface{ Close() error }) {
	s.Close()
	s.Close()
}
