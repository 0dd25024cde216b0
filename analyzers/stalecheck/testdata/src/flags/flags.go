// Package flags tests an atomic, then sets it.
package flags

import "sync/atomic"

func use(...any) {}

type server struct {
	started atomic.Bool
	peak    atomic.Int64
	conn    atomic.Pointer[int]
}

func (s *server) badStart() {
	if s.started.Load() {
		return
	}
	s.started.Store(true) // want "s.started may have changed since it was loaded: another goroutine can come between, and its update is undone; use CompareAndSwap"
	use("start")
}

func (s *server) badPeak(n int64) {
	if n > s.peak.Load() {
		s.peak.Store(n) // want "s.peak may have changed since it was loaded"
	}
}

func (s *server) okStart() {
	if !s.started.CompareAndSwap(false, true) {
		return
	}
	use("start")
}

func (s *server) okPeak(n int64) {
	for old := s.peak.Load(); n > old; old = s.peak.Load() {
		if s.peak.CompareAndSwap(old, n) {
			return
		}
	}
}

// okStop gives up what it has.
func (s *server) okStop() {
	if s.started.Load() {
		s.started.Store(false)
	}
	if s.conn.Load() != nil {
		s.conn.Store(nil)
	}
}

// okOther depends on something else.
func (s *server) okOther(n int64) {
	if s.started.Load() {
		s.peak.Store(n)
	}
}

// Whoever comes second stores the same.
func (s *server) okAlone() {
	if !s.started.Load() {
		s.started.Store(true)
	}
	use("more")
}

type stream struct{ first, up atomic.Bool }

// Whoever comes second stores the same once more.
func (s *stream) okFlags() {
	if !s.first.Load() {
		s.up.Store(true)
		s.first.Store(true)
	}
}

// Two cases come to it.
func (s *stream) okCases(err error, code int) {
	if !s.up.Load() {
		switch code {
		case 1, 2:
			s.up.Store(true)
		default:
			use(err)
		}
	}
}
