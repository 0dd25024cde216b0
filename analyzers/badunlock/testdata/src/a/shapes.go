package a

import "sync"

// The way out goes by goto, past the unlock or to it.

func (s *server) badGoto(fail bool) {
	s.mu.Lock()
	if fail {
		s.mu.Unlock()
		goto out
	}
	s.n++
out:
	s.mu.Unlock() // want `s.mu is unlocked again`
}

func (s *server) okGoto(fail bool) {
	s.mu.Lock()
	if fail {
		goto out
	}
	s.n++
out:
	s.mu.Unlock()
}

type locker struct {
	l    sync.Locker
	cond *sync.Cond
}

func (l *locker) badLocker(fail bool) {
	l.l.Lock()
	if fail {
		l.l.Unlock()
	}
	l.l.Unlock() // want `l.l is unlocked again`
}

func (l *locker) okCond() {
	l.cond.L.Lock()
	l.cond.Wait()
	l.cond.L.Unlock()
}

func (s *server) badRLocker() {
	l := s.rw.RLocker()
	l.Lock()
	s.rw.Unlock() // want `s.rw is read-locked at shapes.go:\d+ and given up by Unlock`
}

func (s *server) okRLocker() {
	l := s.rw.RLocker()
	l.Lock()
	s.rw.RUnlock()
}

func (s *server) okRetry() {
	s.mu.Lock()
	for s.n == 0 {
		s.mu.Unlock()
		work()
		s.mu.Lock()
	}
	s.mu.Unlock()
}

func badArray(a *[4]sync.Mutex, fail bool) {
	a[0].Lock()
	if fail {
		a[0].Unlock()
	}
	a[0].Unlock() // want `a\[0\] is unlocked again`
}

func okArray(a *[4]sync.Mutex) {
	a[0].Lock()
	a[1].Lock()
	a[0].Unlock()
	a[1].Unlock()
}

func okClosureVariable(s *server, fail bool) {
	unlock := func() { s.mu.Unlock() }
	s.mu.Lock()
	if fail {
		unlock()
		return
	}
	unlock()
}
