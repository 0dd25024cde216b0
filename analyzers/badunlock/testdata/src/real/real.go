// Package real has bugs that were found in the field, and how they were fixed.
package real

import "sync"

type senders struct {
	mutex sync.RWMutex
	all   map[string]int
}

// After xmidt-org/caduceus#314, caught in review.
func (s *senders) badDead(limit int) []string {
	s.mutex.Lock()
	defer s.mutex.RUnlock() // want "s.mutex is locked at real.go:13 and given up by RUnlock: this crashes the program"
	var dead []string
	for name, age := range s.all {
		if age > limit {
			dead = append(dead, name)
		}
	}
	return dead
}

func (s *senders) okDead(limit int) []string {
	s.mutex.RLock()
	defer s.mutex.RUnlock()
	var dead []string
	for name, age := range s.all {
		if age > limit {
			dead = append(dead, name)
		}
	}
	return dead
}

// After decred/dcrdata#102: one of two methods was changed.
type blocks struct {
	sync.RWMutex
	height int
}

func (b *blocks) badHeight() int {
	b.Lock()
	h := b.height
	b.RUnlock() // want "b is locked at real.go:43 and given up by RUnlock: this crashes the program"
	return h
}

func (b *blocks) okHeight() int {
	b.RLock()
	h := b.height
	b.RUnlock()
	return h
}

// After uptrace/bun#1017: the mutex is unlocked on the way and again at return.
type db struct {
	mu     sync.Mutex
	models map[string]int
}

func (d *db) badRegister(names []string) {
	d.mu.Lock()
	defer d.mu.Unlock() // want "d.mu is unlocked again, it was unlocked at real.go:68"
	for i, n := range names {
		d.models[n] = i
	}
	d.mu.Unlock()
}

func (d *db) okRegister(names []string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for i, n := range names {
		d.models[n] = i
	}
}

// After noironetworks/aci-containers#946: read locks of a loop pile up until
// the function returns.
type agent struct {
	index  sync.Mutex
	policy sync.RWMutex
	ips    map[string]string
	infos  []string
}

func (a *agent) fnUpdate() (out []string) {
	a.index.Lock()
	defer a.index.Unlock()
	for _, name := range a.infos {
		a.policy.RLock()
		defer a.policy.RUnlock()
		out = append(out, a.ips[name])
	}
	return out
}

func (a *agent) badSet() {
	for _, name := range a.infos {
		a.policy.Lock()
		defer a.policy.Unlock() // want "this deferred call unlocks a.policy only when the function returns"
		a.ips[name] = ""
	}
}

func (a *agent) okUpdate() (out []string) {
	a.index.Lock()
	defer a.index.Unlock()
	for _, name := range a.infos {
		a.policy.RLock()
		out = append(out, a.ips[name])
		a.policy.RUnlock()
	}
	return out
}

// A helper that is called with the lock held and lends it away for a while.
func (d *db) flushLocked() {
	d.mu.Unlock()
	defer d.mu.Lock()
	work()
}

func (d *db) okLockedHelper() {
	d.mu.Lock()
	d.flushLocked()
	d.mu.Unlock()
}

// False reports of others: an empty section is a barrier, it waits for whoever is
// in it.
func (d *db) okBarrier() {
	d.mu.Lock()
	d.mu.Unlock()
	work()
}

// Two locks whose operations alternate.
func (a *agent) okInterleaved() {
	a.policy.RLock()
	a.index.Lock()
	a.policy.RUnlock()
	a.index.Unlock()
}

func work() {}

// A flag that tells once and for all which way to lock. (As in nats-server's
// list of subscriptions.)
func (a *agent) okWay(lock bool) {
	exclusive := a.ips != nil
	if lock {
		if exclusive {
			a.policy.Lock()
		} else {
			a.policy.RLock()
		}
	}
	work()
	if lock {
		if exclusive {
			a.policy.Unlock()
		} else {
			a.policy.RUnlock()
		}
	}
}
