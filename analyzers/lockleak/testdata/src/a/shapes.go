package a

import (
	"log"
	"os"
	"runtime"
	"sync"
	"testing"

	"fixture/b"
)

// What a deferred unlock in place of the others would change.

// The unlock comes early on purpose.
func (s *server) badEarly() error {
	s.mu.Lock()
	if s.closed {
		return errClosed // want `this return leaves s.mu locked`
	}
	s.mu.Unlock()
	work()
	return nil
}

// What is returned takes its time.
func (s *server) badSlowReturn() error {
	s.mu.Lock()
	if s.closed {
		return errClosed // want `this return leaves s.mu locked`
	}
	s.mu.Unlock()
	return dial()
}

func dial() error { return nil }

// What is deferred later runs without the lock.
func (s *server) badDeferredLater() error {
	s.mu.Lock()
	defer work()
	if s.closed {
		return errClosed // want `this return leaves s.mu locked`
	}
	s.mu.Unlock()
	return nil
}

// All of them are last, in branches, with a comment behind one.
func (s *server) badSwitchReturns(k int) (int, error) {
	work()
	s.mu.Lock()
	switch k {
	case 0:
		n := s.n
		s.mu.Unlock() // not needed any more
		return n, nil
	case 1:
		return s.n + 1, nil // want `this return leaves s.mu locked`
	}
	if s.closed {
		s.mu.Unlock()
		return 0, errClosed
	}
	s.mu.Unlock()
	return s.n, nil
}

// Kinds of locks.

func (s *server) badRLocker() error {
	l := s.rw.RLocker()
	l.Lock()
	if s.closed {
		return errClosed // want `this return leaves l read-locked`
	}
	l.Unlock()
	return nil
}

func (s *server) okRLocker() error {
	l := s.rw.RLocker()
	l.Lock()
	defer l.Unlock()
	if s.closed {
		return errClosed
	}
	return nil
}

func badLockerParameter(l sync.Locker, fail bool) error {
	l.Lock()
	if fail {
		return errClosed // want `this return leaves l locked`
	}
	l.Unlock()
	return nil
}

func okLockerParameter(l sync.Locker, fail bool) error {
	l.Lock()
	if fail {
		l.Unlock()
		return errClosed
	}
	l.Unlock()
	return nil
}

type guarded struct {
	l    sync.Locker
	cond *sync.Cond
	n    int
}

func (g *guarded) badLockerField() error {
	g.l.Lock()
	if g.n == 0 {
		return errClosed // want `this return leaves g.l locked`
	}
	g.l.Unlock()
	return nil
}

func (g *guarded) okLockerField() error {
	g.l.Lock()
	defer g.l.Unlock()
	if g.n == 0 {
		return errClosed
	}
	return nil
}

func (g *guarded) badCondLock() bool {
	g.cond.L.Lock()
	for g.n == 0 {
		g.cond.Wait()
	}
	if g.n < 0 {
		return false // want `this return leaves g.cond.L locked`
	}
	g.cond.L.Unlock()
	return true
}

func (g *guarded) okCondLock() bool {
	g.cond.L.Lock()
	defer g.cond.L.Unlock()
	for g.n == 0 {
		g.cond.Wait()
	}
	return g.n > 0
}

type stripes struct {
	fixed [4]sync.Mutex
	byKey map[string]*sync.Mutex
	n     int
}

func (s *stripes) badArray() error {
	s.fixed[2].Lock()
	if s.n == 0 {
		return errClosed // want `this return leaves s.fixed\[2\] locked`
	}
	s.fixed[2].Unlock()
	return nil
}

// The element that was found is one lock, whatever its key.
func (s *stripes) badElement(key string) error {
	mu := s.byKey[key]
	mu.Lock()
	if s.n == 0 {
		return errClosed // want `this return leaves mu locked`
	}
	mu.Unlock()
	return nil
}

// The way out goes by goto.
func (s *server) okGoto(k int) int {
	n := 0
	s.mu.Lock()
	if s.n < k {
		n = -1
		goto out
	}
	n = s.n
out:
	s.mu.Unlock()
	return n
}

func (s *server) okRetry() {
again:
	s.mu.Lock()
	if s.n == 0 {
		s.mu.Unlock()
		work()
		goto again
	}
	s.n--
	s.mu.Unlock()
}

// The process, the test or the goroutine ends.

func (s *server) okExitInBranch(k int) int {
	s.mu.Lock()
	switch {
	case k < 0:
		os.Exit(2)
	case k == 0:
		log.Panicf("no %d", k)
	case k == 1:
		log.Fatalln("one")
	case k == 2:
		runtime.Goexit()
	}
	s.mu.Unlock()
	return k
}

func die(why string) {
	log.Println(why)
	os.Exit(1)
}

func (s *server) okHelperExits() error {
	s.mu.Lock()
	if s.n < 0 {
		die("negative")
	}
	s.mu.Unlock()
	return nil
}

func okSkip(t *testing.T, s *server) {
	s.mu.Lock()
	if s.n == 0 {
		t.Skip("nothing to do")
	}
	if s.n == 1 {
		t.FailNow()
	}
	s.mu.Unlock()
}

// The unlock is a variable, of which a deferred call takes the value it has then.
func (s *server) okUnlockVariable(fail bool) error {
	s.mu.Lock()
	unlock := s.mu.Unlock
	defer func() { unlock() }()
	if fail {
		return errClosed
	}
	return nil
}

// By a helper that takes the lock and gives back what ends it.
func (s *pool) okScoped(fail bool) error {
	done := s.enter()
	defer done()
	if fail {
		return errClosed
	}
	return nil
}

func (s *pool) enter() func() {
	s.mu.Lock()
	return func() { s.mu.Unlock() }
}

// The lock is sent to whoever gives it up.
func (s *pool) okSent(c chan<- *item, k int) {
	i := s.conns[k]
	i.mu.Lock()
	if i.n == 0 {
		i.mu.Unlock()
		return
	}
	c <- i
}

// A helper that gives up its caller's lock for a while. What comes between may have
// had to do with it in a way that nobody sees. (As in nats-server's client.)

type link struct {
	mu    sync.Mutex
	hooks func() func()
}

func (l *link) shut() {
	l.mu.Lock()
	l.hooks()()
}

func (l *link) okRegrab(fail bool) error {
	l.mu.Unlock()
	if fail {
		l.shut()
		l.mu.Lock()
		return errClosed
	}
	l.mu.Lock()
	return nil
}

// A lock for a key, got from a helper of another package.

func badKey(k *b.Keyed, fail bool) error {
	l := k.Get("a")
	l.Lock()
	if fail {
		return errClosed // want `this return leaves l locked`
	}
	l.Unlock()
	return nil
}

func okTaken(k *b.Keyed, fail bool) error {
	l := k.Take("a")
	defer l.Unlock()
	if fail {
		return errClosed
	}
	return nil
}

// That the helper returns the lock which it has taken is not told.
func fnTaken(k *b.Keyed, fail bool) error {
	l := k.Take("a")
	if fail {
		return errClosed
	}
	l.Unlock()
	return nil
}
