// Package a has the basic cases of lockleak.
package a

import (
	"errors"
	"log"
	"os"
	"runtime"
	"sync"
	"testing"

	"fixture/b"
)

var errClosed = errors.New("closed")

type server struct {
	mu     sync.Mutex
	rw     sync.RWMutex
	n      int
	closed bool
	conns  map[int]*conn
}

type conn struct {
	mu sync.Mutex
	n  int
}

// (As in moby/moby#17176.)
func (s *server) badReturn() error {
	s.mu.Lock()
	if s.n == 0 {
		return nil // want `this return leaves s.mu locked, since a.go:\d+: whoever locks it next waits for ever`
	}
	s.n--
	s.mu.Unlock()
	return nil
}

func (s *server) badError() error {
	s.mu.Lock()
	if s.closed {
		return errClosed // want `this return leaves s.mu locked`
	}
	s.n++
	s.mu.Unlock()
	return nil
}

// The loop is left in no other way. (As in etcd-io/etcd#5509.)
func (s *server) badLoop() error {
	for {
		s.rw.RLock()
		closed := s.closed
		if closed {
			return errClosed // want `this return leaves s.rw read-locked`
		}
		s.rw.RUnlock()
	}
}

func (s *server) badBreak(keys []int) {
	for _, k := range keys {
		s.mu.Lock()
		if s.conns[k] == nil {
			break
		}
		s.mu.Unlock()
	}
} // want `the end of the function leaves s.mu locked`

func (s *server) badGoto() int {
	s.mu.Lock()
	if s.n < 0 {
		goto out
	}
	s.mu.Unlock()
	return 0
out:
	return s.n // want `this return leaves s.mu locked`
}

func (s *server) badSwitch(k int) {
	s.mu.Lock()
	switch {
	case k == 0:
		s.mu.Unlock()
	case k == 1:
		s.n++
	default:
		s.mu.Unlock()
	}
} // want `the end of the function leaves s.mu locked`

// (As in grpc/grpc-go#3017: the literal is run by a timer.)
func badLiteral(s *server, after func(func())) {
	after(func() {
		s.mu.Lock()
		if s.closed {
			return // want `this return leaves s.mu locked`
		}
		s.n++
		s.mu.Unlock()
	})
}

func badGoroutine(s *server) {
	go func() {
		s.mu.Lock()
		if s.closed {
			return // want `this return leaves s.mu locked`
		}
		s.mu.Unlock()
	}()
}

func badParameter(mu *sync.Mutex, fail bool) bool {
	mu.Lock()
	if fail {
		return false // want `this return leaves mu locked`
	}
	mu.Unlock()
	return true
}

var global sync.Mutex

func badGlobal(fail bool) {
	global.Lock()
	if fail {
		return // want `this return leaves global locked`
	}
	global.Unlock()
}

type embedded struct {
	sync.Mutex
	n int
}

func (e *embedded) badEmbedded() error {
	e.Lock()
	if e.n == 0 {
		return errClosed // want `this return leaves e locked`
	}
	e.Unlock()
	return nil
}

type box[T any] struct {
	mu sync.Mutex
	v  *T
}

func (b *box[T]) badGeneric() (v T) {
	b.mu.Lock()
	if b.v == nil {
		return v // want `this return leaves b.mu locked`
	}
	v = *b.v
	b.mu.Unlock()
	return v
}

// Who leaves may not have taken it: an Unlock before the return would crash.
func (s *server) badSometimes(lock, fail bool) {
	if lock {
		s.mu.Lock()
	}
	if fail {
		return // want `this return leaves s.mu locked`
	}
	s.n++
	if lock {
		s.mu.Unlock()
	}
}

// What is returned needs it.
func (s *server) badGuardedResult() int {
	s.mu.Lock()
	if s.closed {
		return s.n // want `this return leaves s.mu locked`
	}
	s.mu.Unlock()
	return 0
}

// Each turn of the loop has a lock of its own.
func badEach(cs []*conn) int {
	for _, c := range cs {
		c.mu.Lock()
		if c.n > 0 {
			return c.n // want `this return leaves c.mu locked`
		}
		c.mu.Unlock()
	}
	return 0
}

// The panic leaves the function with the lock held, and is survived.
func (s *server) badRecovered(k int) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = errClosed
		}
	}()
	s.mu.Lock()
	if s.conns[k] == nil {
		panic("no such connection") // want `a panic that is recovered from leaves s.mu locked`
	}
	s.n++
	s.mu.Unlock()
	return nil
}

func (s *server) badTry() bool {
	if !s.mu.TryLock() {
		return false
	}
	if s.closed {
		return false // want `this return leaves s.mu locked`
	}
	s.mu.Unlock()
	return true
}

type wrapped struct {
	mu     sync.Mutex
	closed bool
}

func (w *wrapped) lock()   { w.mu.Lock() }
func (w *wrapped) unlock() { w.mu.Unlock() }

func (w *wrapped) badWrapper() error {
	w.lock()
	if w.closed {
		return errClosed // want `this return leaves w.mu locked`
	}
	w.unlock()
	return nil
}

type readers struct{ *sync.RWMutex }

// Promoted from a pointer.
func (r readers) badPromoted(fail bool) error {
	r.RLock()
	if fail {
		return errClosed // want `this return leaves r read-locked`
	}
	r.RUnlock()
	return nil
}

// A lock type of another package, followed through its methods.
func badThirdParty(m *b.Mutex, fail bool) error {
	m.Lock()
	if fail {
		return errClosed // want `this return leaves m.mu locked`
	}
	m.Unlock()
	return nil
}

type cache struct {
	b.Mutex
	n int
}

// The same, embedded.
func (c *cache) badThirdPartyEmbedded() error {
	c.Lock()
	if c.n == 0 {
		return errClosed // want `this return leaves c.Mutex.mu locked`
	}
	c.Unlock()
	return nil
}

func (c *cache) okThirdParty() error {
	c.Lock()
	defer c.Unlock()
	if c.n == 0 {
		return errClosed
	}
	return nil
}

func (c *cache) okThirdPartyTry() bool {
	if !c.TryLock() {
		return false
	}
	c.n++
	c.Unlock()
	return true
}

func (c *cache) badThirdPartyTry() bool {
	if !c.TryLock() {
		return false
	}
	if c.n == 0 {
		return false // want `this return leaves c.Mutex.mu locked`
	}
	c.Unlock()
	return true
}

func (s *server) okTryBranch() bool {
	if s.rw.TryRLock() {
		s.n++
		s.rw.RUnlock()
		return true
	}
	return false
}

func (s *server) badTryBranch(fail bool) bool {
	if s.rw.TryRLock() {
		if fail {
			return false // want `this return leaves s.rw read-locked`
		}
		s.rw.RUnlock()
	}
	return true
}

// As often as it was taken.
func (s *server) okTwoLoops(n int) {
	i := 0
	for ; i < n; i++ {
		s.rw.RLock()
	}
	for ; i > 0; i-- {
		s.rw.RUnlock()
	}
}

func (s *server) okFlagInLoop(keys []int) {
	locked := false
	for _, k := range keys {
		if !locked {
			s.mu.Lock()
			locked = true
		}
		s.n += k
	}
	if locked {
		s.mu.Unlock()
	}
}

// What is right.

func (s *server) okDefer() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return errClosed
	}
	return nil
}

func (s *server) okBoth() error {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return errClosed
	}
	s.mu.Unlock()
	return nil
}

func (s *server) okExit() {
	s.mu.Lock()
	if s.n < 0 {
		os.Exit(1)
	}
	if s.n == 0 {
		log.Fatal("none")
	}
	if s.n == 1 {
		panic("one")
	}
	if s.n == 2 {
		runtime.Goexit()
	}
	s.mu.Unlock()
}

func okFatal(t *testing.T, s *server) {
	s.mu.Lock()
	if s.n != 0 {
		t.Fatal("not empty")
	}
	s.mu.Unlock()
}

func (s *server) okConditional(locked bool) {
	if !locked {
		s.mu.Lock()
		defer s.mu.Unlock()
	}
	s.n++
}

func (s *server) okCorrelated(lock bool) {
	if lock {
		s.mu.Lock()
	}
	s.n++
	if lock {
		s.mu.Unlock()
	}
}

func (s *server) okNil(c *conn) {
	if c != nil {
		c.mu.Lock()
	}
	s.n++
	if c == nil {
		return
	}
	c.n++
	c.mu.Unlock()
}

func (s *server) okFlag() {
	locked := true
	s.mu.Lock()
	if s.n == 0 {
		s.mu.Unlock()
		locked = false
	}
	work()
	if locked {
		s.mu.Unlock()
	}
}

func (s *server) okDeferredFlag() error {
	s.mu.Lock()
	locked := true
	defer func() {
		if locked {
			s.mu.Unlock()
		}
	}()
	if s.closed {
		return errClosed
	}
	s.mu.Unlock()
	locked = false
	work()
	return nil
}

func (s *server) okDeferredLiteral() error {
	s.mu.Lock()
	defer func() {
		s.n++
		s.mu.Unlock()
	}()
	if s.closed {
		return errClosed
	}
	return nil
}

// Locks that are held on purpose.

func (p *pool) okLock() { p.mu.Lock() }

func (p *pool) okUnlock() { p.mu.Unlock() }

// A lock wrapper that gives an error instead.
type gate struct {
	mu     sync.Mutex
	closed bool
}

func (g *gate) okEnter() error {
	g.mu.Lock()
	if g.closed {
		g.mu.Unlock()
		return errClosed
	}
	return nil
}

func (g *gate) okTryEnter() bool {
	g.mu.Lock()
	if g.closed {
		g.mu.Unlock()
		return false
	}
	return true
}

func (g *gate) leave() { g.mu.Unlock() }

func (g *gate) okUse() error {
	if err := g.okEnter(); err != nil {
		return err
	}
	defer g.leave()
	work()
	return nil
}

func (g *gate) badUse(fail bool) error {
	if err := g.okEnter(); err != nil {
		return err
	}
	if fail {
		return errClosed // want `this return leaves g.mu locked`
	}
	g.leave()
	return nil
}

// A lock of which some function gives up what another has taken may be meant to
// be held at a return.
type pool struct {
	mu     sync.Mutex
	n      int
	closed bool
	conns  map[int]*item
}

type item struct {
	mu sync.Mutex
	n  int
}

// False reports of others: the lock is returned to the caller, in what it is in.
// (As in knative/serving#2137.)
func (s *pool) okReturned(k int) (*item, bool) {
	c := s.conns[k]
	c.mu.Lock()
	if c.n == 0 {
		c.mu.Unlock()
		return nil, false
	}
	return c, true
}

type handle struct{ c *item }

func (h *handle) Close() { h.c.mu.Unlock() }

func (s *pool) okHandle(k int) *handle {
	c := s.conns[k]
	c.mu.Lock()
	if c.n == 0 {
		c.mu.Unlock()
		return nil
	}
	return &handle{c}
}

// The caller gets a function to unlock. (As in etcd-io/etcd#10492.)
func (s *pool) okUnlocker() (unlock func(), err error) {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return nil, errClosed
	}
	return s.mu.Unlock, nil
}

func (s *pool) okUnlockerUsed() error {
	unlock, err := s.okUnlocker()
	if err != nil {
		return err
	}
	defer unlock()
	work()
	return nil
}

// False reports of others: the unlock is in a closure, called by its variable.
// (As in etcd-io/etcd#10492.)
func (s *pool) okClosureVariable(keys []int) {
	unlock := func() {
		s.n = 0
		s.mu.Unlock()
	}
	s.mu.Lock()
	if len(keys) == 0 {
		unlock()
		return
	}
	work()
	unlock()
}

// False reports of others: the unlock is in a wrapper that is deferred. (As in
// gohugoio/hugo#3251.)
func (s *pool) okDeferredWrapper() error {
	s.okLock()
	defer s.okUnlock()
	if s.closed {
		return errClosed
	}
	return nil
}

func locked(mu *sync.Mutex) func() {
	mu.Lock()
	return mu.Unlock
}

func (s *pool) okDeferredCall() error {
	defer locked(&s.mu)()
	if s.closed {
		return errClosed
	}
	return nil
}

// False reports of others: the lock is handed to another goroutine. (As in
// kubernetes/kubernetes#26980.)
func (s *pool) okHandOff() {
	s.mu.Lock()
	if s.n == 0 {
		s.mu.Unlock()
		return
	}
	go func() {
		work()
		s.mu.Unlock()
	}()
}

func (s *pool) okHandOffNamed() {
	s.mu.Lock()
	if s.n == 0 {
		s.mu.Unlock()
		return
	}
	go s.finish()
}

func (s *pool) finish() {
	work()
	s.mu.Unlock()
}

func (s *pool) okHandOffCallback(submit func(func())) {
	s.mu.Lock()
	if s.n == 0 {
		s.mu.Unlock()
		return
	}
	submit(func() { s.mu.Unlock() })
}

// An iterator holds the lock while it is open.
type iter struct {
	mu   sync.Mutex
	open bool
}

func (i *iter) okBegin() {
	i.mu.Lock()
	if i.open {
		i.mu.Unlock()
		return
	}
	i.open = true
}

func (i *iter) okEnd() {
	i.open = false
	i.mu.Unlock()
}

// All at once, then all again.
func okAll(cs []*conn) {
	for _, c := range cs {
		c.mu.Lock()
	}
	work()
	for _, c := range cs {
		c.mu.Unlock()
	}
}

func okStripe(locks []sync.Mutex, i int, fail bool) {
	locks[i].Lock()
	if fail {
		locks[i].Unlock()
		return
	}
	locks[i].Unlock()
}

func (s *server) okMapElement(k int) {
	s.conns[k].mu.Lock()
	s.conns[k].n++
	s.conns[k].mu.Unlock()
}

// By another name.
func (s *server) okAlias(k int) {
	c := s.conns[k]
	d := s.conns[k]
	c.mu.Lock()
	if c.n > 0 {
		d.mu.Unlock()
		return
	}
	d.mu.Unlock()
}

// okFlagLater says in a variable whether the deferred function still has to give it
// up. After containerd's integration tests.
func (c *server) okFlagLater(n int) int {
	var unlocked bool
	c.mu.Lock()
	defer func() {
		if !unlocked {
			c.mu.Unlock()
		}
	}()
	if n == 3 {
		return 1
	}
	c.mu.Unlock()
	unlocked = true
	work()
	return 2
}

func work() {}

// Known misses.

// Nobody ever gives it up.
func fnNever(mu *sync.Mutex) {
	mu.Lock()
	work()
}

// A call that panics, and is recovered from.
func (s *server) fnPanic() (err error) {
	defer func() {
		if recover() != nil {
			err = errClosed
		}
	}()
	s.rw.Lock()
	work()
	s.rw.Unlock()
	return nil
}
