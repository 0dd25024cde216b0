package a

import (
	"io"
	"sync"
)

// What gives a lock up is made from its address by a function.

type dnsServer struct {
	lock    sync.RWMutex
	started bool
}

func unlockOnce(l sync.Locker) func() {
	var once sync.Once
	return func() { once.Do(l.Unlock) }
}

func (srv *dnsServer) isStarted() bool {
	srv.lock.RLock()
	defer srv.lock.RUnlock()
	return srv.started
}

// After ListenAndServe of miekg/dns.
func (srv *dnsServer) okUnlockOnce() bool {
	unlock := unlockOnce(&srv.lock)
	srv.lock.Lock()
	defer unlock()
	if srv.started {
		return true
	}
	srv.started = true
	unlock()
	return srv.isStarted()
}

func (srv *dnsServer) badUnlockOnce() bool {
	unlock := unlockOnce(&srv.lock)
	srv.lock.Lock()
	defer unlock()
	return srv.isStarted() // want `badUnlockOnce calls isStarted .*, which read-locks srv.lock again`
}

// The one that gives up another lock does not help.
func (srv *dnsServer) badOther(mu *sync.Mutex) bool {
	unlock := unlockOnce(mu)
	mu.Lock()
	srv.lock.Lock()
	defer srv.lock.Unlock()
	unlock()
	return srv.isStarted() // want `badOther calls isStarted .*, which read-locks srv.lock again`
}

func unlocker(l sync.Locker) func() { return func() { l.Unlock() } }

func (srv *dnsServer) okUnlocker() bool {
	unlock := unlocker(&srv.lock)
	srv.lock.Lock()
	srv.started = true
	unlock()
	return srv.isStarted()
}

func (srv *dnsServer) badUnlocker() bool {
	unlock := unlocker(&srv.lock)
	srv.lock.Lock()
	srv.started = true
	unlock()
	srv.lock.Lock()
	defer srv.lock.Unlock()
	return srv.isStarted() // want `badUnlocker calls isStarted .*, which read-locks srv.lock again`
}

// Of a lock whose Unlock is a func value somewhere nothing is said at all.

type ftpServer struct {
	lock    sync.RWMutex
	started bool
}

func (srv *ftpServer) isStarted() bool {
	srv.lock.RLock()
	defer srv.lock.RUnlock()
	return srv.started
}

func (srv *ftpServer) okOnce() bool {
	var once sync.Once
	unlock := func() { once.Do(srv.lock.Unlock) }
	srv.lock.Lock()
	defer unlock()
	unlock()
	return srv.isStarted()
}

func (srv *ftpServer) okOnceFunc() bool {
	unlock := sync.OnceFunc(srv.lock.Unlock)
	srv.lock.Lock()
	defer unlock()
	unlock()
	return srv.isStarted()
}

func (srv *dnsServer) okInterface() bool {
	var l sync.Locker = &srv.lock
	l.Lock()
	unlock := l.Unlock
	unlock()
	return srv.isStarted()
}

func (srv *dnsServer) badInterface() bool {
	var l sync.Locker = &srv.lock
	l.Lock()
	unlock := l.Unlock
	defer unlock()
	return srv.isStarted() // want `badInterface calls isStarted .*, which read-locks l again`
}

// The same as an object.

type unlockGuard struct {
	l    sync.Locker
	done func()
}

func newUnlockGuard(l sync.Locker) *unlockGuard { return &unlockGuard{l: l, done: l.Unlock} }

func (g *unlockGuard) unlock() { g.l.Unlock() }

func (srv *dnsServer) okGuardMethod() bool {
	g := newUnlockGuard(&srv.lock)
	srv.lock.Lock()
	g.unlock()
	return srv.isStarted()
}

func (srv *dnsServer) okGuardField() bool {
	g := newUnlockGuard(&srv.lock)
	srv.lock.Lock()
	g.done()
	return srv.isStarted()
}

func (srv *dnsServer) okGuardInterface(guard func(sync.Locker) io.Closer) bool {
	g := guard(&srv.lock)
	srv.lock.Lock()
	g.Close()
	return srv.isStarted()
}

func (srv *dnsServer) badGuard(guard func(sync.Locker) io.Closer) bool {
	g := guard(&srv.lock)
	srv.lock.Lock()
	defer g.Close()
	return srv.isStarted() // want `badGuard calls isStarted .*, which read-locks srv.lock again`
}
