// Package a has the basic cases of relock.
package a

import (
	"os"
	"sync"
)

type server struct {
	mu    sync.Mutex
	rw    sync.RWMutex
	n     int
	conns map[int]*conn
	on    bool
}

type conn struct {
	mu     sync.Mutex
	closed bool
}

func (s *server) badTwice() {
	s.mu.Lock()
	s.n++
	s.mu.Lock() // want `badTwice locks s.mu again, held since a.go:\d+: the goroutine blocks itself for ever`
	s.mu.Unlock()
}

// Taken where it should be given up. (As in grpc/grpc-go#795.)
func (s *server) badStop() {
	s.mu.Lock()
	if s.conns == nil {
		s.mu.Lock() // want `badStop locks s.mu again`
		return
	}
	s.conns = nil
	s.mu.Unlock()
}

func (s *server) badUpgrade() {
	s.rw.RLock()
	defer s.rw.RUnlock()
	if s.n == 0 {
		s.rw.Lock() // want `badUpgrade locks s.rw, read-locked since a.go:\d+: the goroutine blocks itself for ever`
		s.n = 1
		s.rw.Unlock()
	}
}

func (s *server) badDowngrade() int {
	s.rw.Lock()
	defer s.rw.Unlock()
	s.n++
	s.rw.RLock() // want `badDowngrade read-locks s.rw again, held since`
	defer s.rw.RUnlock()
	return s.n
}

func (s *server) badRecursive() int {
	s.rw.RLock()
	defer s.rw.RUnlock()
	s.rw.RLock() // want `badRecursive read-locks s.rw again, read-locked since a.go:\d+: if a writer comes to wait in between, both block for ever`
	defer s.rw.RUnlock()
	return s.n
}

// Through a callee. (As in cockroachdb/cockroach#9935.)
func (s *server) exit() {
	s.mu.Lock()
	s.n = -1
	s.mu.Unlock()
}

func (s *server) badCallee(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err != nil {
		s.exit() // want `badCallee calls exit \(a.go:\d+\), which locks s.mu again \(a.go:\d+\), held since a.go:\d+: the goroutine blocks itself for ever`
	}
}

func (s *server) stop() { s.exit() }

func (s *server) badDeep() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stop() // want `badDeep calls stop \(a.go:\d+\), which calls exit \(a.go:\d+\), which locks s.mu again`
}

// Still locked when the loop comes around. (As in moby/moby#7559.)
func (s *server) badContinue(keys []int) {
	for _, k := range keys {
		s.mu.Lock() // want `s.mu is still held from the turn of the loop before when it is locked here`
		c, ok := s.conns[k]
		if !ok {
			continue
		}
		s.mu.Unlock()
		c.closed = true
	}
}

// A function parameter, a global, a local variable, a literal, a goroutine.

func badParameter(mu *sync.Mutex) {
	mu.Lock()
	mu.Lock() // want `badParameter locks mu again`
}

var global sync.Mutex

func locks() {
	global.Lock()
	defer global.Unlock()
}

func badGlobal() {
	global.Lock()
	defer global.Unlock()
	locks() // want `badGlobal calls locks .*, which locks global again`
}

func badLocal() {
	var mu sync.Mutex
	mu.Lock()
	func() { // want `badLocal calls the function literal .*, which locks mu again`
		mu.Lock()
		mu.Unlock()
	}()
	mu.Unlock()
}

func badGoroutine(s *server) {
	go func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.exit() // want `the function literal calls exit .*, which locks s.mu again`
	}()
}

func take(mu sync.Locker) {
	mu.Lock()
	mu.Unlock()
}

func badLocker(s *server) {
	s.mu.Lock()
	defer s.mu.Unlock()
	take(&s.mu) // want `badLocker calls take .*, which locks s.mu again`
}

func badRLocker(s *server) {
	l := s.rw.RLocker()
	l.Lock()
	defer l.Unlock()
	s.rw.Lock() // want `badRLocker locks s.rw, read-locked since`
	s.rw.Unlock()
}

// A deferred call runs while the lock is held, if the unlock was deferred
// before it.
func (s *server) badDefer() {
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.exit() // want `badDefer calls exit .*, which locks s.mu again`
	s.n++
}

func (s *server) okDefer() {
	defer s.exit()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.n++
}

// Wrappers, embedded and promoted locks, a method value, generics.

func (s *server) lock()   { s.mu.Lock() }
func (s *server) unlock() { s.mu.Unlock() }

func badWrapper(s *server) {
	s.lock()
	defer s.unlock()
	s.exit() // want `badWrapper calls exit .*, which locks s.mu again .*, held since`
}

func okWrapper(s *server) {
	s.lock()
	s.unlock()
	s.exit()
}

type embedded struct {
	sync.Mutex
	n int
}

type outer struct{ *embedded }

func (e *embedded) set(n int) {
	e.Lock()
	defer e.Unlock()
	e.n = n
}

// (As in moby/moby#36114.)
func (e *embedded) badEmbedded() {
	e.Lock()
	defer e.Unlock()
	e.set(1) // want `badEmbedded calls set .*, which locks e again`
}

func badPromoted(o *outer) {
	o.Lock()
	defer o.Unlock()
	o.set(1) // want `badPromoted calls set .*, which locks o again`
}

func badMethodValue(s *server) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.exit
	f() // want `badMethodValue calls exit .*, which locks s.mu again`
}

type box[T any] struct {
	mu sync.Mutex
	v  T
}

func (b *box[T]) get() T {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.v
}

func (b *box[T]) badGeneric(f func(T)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	f(b.get()) // want `badGeneric calls get .*, which locks b.mu again`
}

func badInstance(b *box[int]) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.get() // want `badInstance calls get .*, which locks b.mu again`
}

// A callback runs while its caller's caller holds the lock.
func (s *server) with(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f()
}

func badCallback(s *server) {
	s.with(func() { // want `badCallback calls with .*, which calls the function literal .*, which locks s.mu again`
		s.exit()
	})
}

func okCallback(s *server) {
	s.with(func() { s.n++ })
}

var once sync.Once

func badOnce(s *server) {
	s.mu.Lock()
	defer s.mu.Unlock()
	once.Do(func() { s.exit() }) // want `badOnce calls the function literal .*, which calls exit`
}

// False reports of others: the same lock twice in one function, but given up before.

func (s *server) okBetween() {
	s.mu.Lock()
	s.n++
	s.mu.Unlock()
	s.mu.Lock()
	s.n++
	s.mu.Unlock()
	s.exit()
}

// waitLocked gives its caller's lock up while it waits.
func (s *server) waitLocked() {
	s.mu.Unlock()
	s.exit()
	s.mu.Lock()
}

func (s *server) okReacquire() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.waitLocked()
	s.n++
}

// False reports of others: taken again in the next turn of a loop, after continue.
func (s *server) okLoop(keys []int) {
	for range keys {
		s.mu.Lock()
		if s.on {
			s.mu.Unlock()
			continue
		}
		s.n++
		s.mu.Unlock()
	}
}

func (s *server) okUnlockInLoop() {
	s.mu.Lock()
	for s.n < 10 {
		s.mu.Unlock()
		work()
		s.mu.Lock()
	}
	s.mu.Unlock()
}

func work() {}

// Two objects of one type.
func okTwo(a, b *conn) {
	a.mu.Lock()
	b.mu.Lock()
	b.mu.Unlock()
	a.mu.Unlock()
}

type tree struct {
	mu          sync.Mutex
	left, right *tree
	n           int
}

func (t *tree) okChildren() int {
	if t == nil {
		return 0
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.n + t.left.okChildren() + t.right.okChildren()
}

// Hand over hand.
func (t *tree) okHandOverHand() {
	t.mu.Lock()
	for t.left != nil {
		next := t.left
		next.mu.Lock()
		t.mu.Unlock()
		t = next
	}
	t.mu.Unlock()
}

// Each turn of the loop has another object.
func okEach(cs []*conn) {
	for _, c := range cs {
		c.mu.Lock()
	}
	for _, c := range cs {
		c.mu.Unlock()
	}
}

func okStripes(locks []sync.Mutex, i, j int) {
	locks[i].Lock()
	locks[j].Lock()
	locks[j].Unlock()
	locks[i].Unlock()
}

func (s *server) okMap(i, j int) {
	s.conns[i].mu.Lock()
	s.conns[j].mu.Lock()
	s.conns[j].mu.Unlock()
	s.conns[i].mu.Unlock()
}

// The variable leads to another object by then.
func okReassigned(a, b *conn) {
	c := a
	c.mu.Lock()
	f := func() { c = b }
	f()
	c.mu.Lock()
	c.mu.Unlock()
}

type chain struct {
	head *conn
}

func (c *chain) okField(next *conn) {
	c.head.mu.Lock()
	old := c.head
	c.head = next
	c.head.mu.Lock()
	c.head.mu.Unlock()
	old.mu.Unlock()
}

// Branches on one condition.

func (s *server) okCorrelated(lock bool) {
	if lock {
		s.mu.Lock()
	}
	s.n++
	if lock {
		s.mu.Unlock()
	}
	s.exit()
}

func (s *server) okFlag() {
	locked := false
	if s.n == 0 {
		s.mu.Lock()
		locked = true
	}
	s.n++
	if !locked {
		s.mu.Lock()
	}
	s.n++
	s.mu.Unlock()
}

func (s *server) get(lock bool) int {
	if lock {
		s.mu.Lock()
		defer s.mu.Unlock()
	}
	return s.n
}

func (s *server) okTold() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.get(false)
}

func (s *server) badTold() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.get(true) // want `badTold calls get .*, which locks s.mu again`
}

// TryLock does not wait.
func (s *server) okTry() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.mu.TryLock() {
		s.mu.Unlock()
	}
}

func (s *server) badTry() {
	if !s.mu.TryLock() {
		return
	}
	defer s.mu.Unlock()
	s.exit() // want `badTry calls exit .*, which locks s.mu again`
}

// False reports of others: a callee that takes the lock, but in a goroutine of its
// own: that waits, not its starter.
func (s *server) okStart() {
	s.mu.Lock()
	defer s.mu.Unlock()
	go s.exit()
}

// The other goroutine gives the lock up: it serves as a signal.
func okSignal() {
	var mu sync.Mutex
	mu.Lock()
	go func() {
		work()
		mu.Unlock()
	}()
	mu.Lock()
	mu.Unlock()
}

// The same between functions that are started.
func okTurns(done chan bool) {
	var mu sync.Mutex
	go func() {
		mu.Lock()
		mu.Lock()
		done <- true
	}()
	<-done
	mu.Unlock()
}

// Not reached with the lock held.
func (s *server) okExit() {
	s.mu.Lock()
	if s.n < 0 {
		os.Exit(1)
	}
	if s.n == 0 {
		panic("no connections")
	}
	s.mu.Unlock()
	s.exit()
}

// False reports of others: a recursive read lock that no writer ever comes between.
type readers struct{ rw sync.RWMutex }

func (r *readers) okRecursive() {
	r.rw.RLock()
	defer r.rw.RUnlock()
	r.rw.RLock()
	defer r.rw.RUnlock()
}

// Known misses.

type doer interface{ do() }

type impl struct{ s *server }

func (i *impl) do() { i.s.exit() }

func fnInterface(s *server, d doer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	d.do()
}

// Whose lock it is depends on an index that is the same, but is computed.
func fnIndex(locks []sync.Mutex, i int) {
	locks[i].Lock()
	locks[i].Lock()
	locks[i].Unlock()
}

// Helpers that lock on demand. (As in nats-server's file store.)
func (s *server) remove(needLock bool) {
	lock := func() {
		if needLock {
			s.mu.Lock()
		}
	}
	unlock := func() {
		if needLock {
			s.mu.Unlock()
		}
	}
	lock()
	if s.n == 0 {
		unlock()
		return
	}
	s.n--
	unlock()
}

func (s *server) okLockedRemove() {
	s.mu.Lock()
	s.remove(false)
	s.mu.Unlock()
}

func (s *server) badLockedRemove() {
	s.mu.Lock()
	s.remove(true) // want "badLockedRemove calls remove .a.go:576., which calls the function literal .a.go:559., which locks s.mu again .a.go:551., held since a.go:575: the goroutine blocks itself for ever"
	s.mu.Unlock()
}

// False reports of others: an upgrade that gives up the read lock first. What
// badUpgrade should do: the read lock is given up first, and what was read
// under it is read again.
func (s *server) okUpgrade() {
	s.rw.RLock()
	empty := s.n == 0
	s.rw.RUnlock()
	if !empty {
		return
	}
	s.rw.Lock()
	defer s.rw.Unlock()
	if s.n == 0 {
		s.n = 1
	}
}

// The same mistake, through a callee.
func (s *server) badUpgradeCall() {
	s.rw.RLock()
	defer s.rw.RUnlock()
	if s.n == 0 {
		s.okUpgrade() // want `badUpgradeCall calls okUpgrade .*, which locks s.rw .*, read-locked since a.go:\d+: the goroutine blocks itself for ever`
	}
}
