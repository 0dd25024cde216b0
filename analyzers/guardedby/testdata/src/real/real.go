// Package real has the kernels of published bugs, rewritten, and what fixed
// them. The comments that name the locks are ours: the projects document them
// less or not at all.
package real

import "sync"

// A leaseCache answers reads while entries come and go: the scan for ranges
// forgets the lock that the single key takes (etcd-io/etcd#22084).
type leaseCache struct {
	mu      sync.RWMutex
	entries map[string]chan struct{} // guarded by mu
}

func (c *leaseCache) Add(key string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.entries[key] = make(chan struct{})
}

func (c *leaseCache) Evict(key string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.entries, key)
}

func (c *leaseCache) Lock(key string) chan struct{} {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.entries[key]
}

func (c *leaseCache) BadLockRange(in func(string) bool) (waits []chan struct{}) {
	for key := range c.entries { // want "c.entries is read without mu, which its declaration says guards it"
		if w := c.Lock(key); in(key) && w != nil {
			waits = append(waits, w)
		}
	}
	return waits
}

func (c *leaseCache) OkLockRange(in func(string) bool) (waits []chan struct{}) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for key, w := range c.entries {
		if in(key) && w != nil {
			waits = append(waits, w)
		}
	}
	return waits
}

// A lease has keys attached while others list them (etcd-io/etcd#7457).
type Lease struct {
	mu      sync.RWMutex
	itemSet map[string]struct{} // guarded by mu
}

func (l *Lease) Attach(keys []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, k := range keys {
		l.itemSet[k] = struct{}{}
	}
}

func (l *Lease) BadKeys() (keys []string) {
	for k := range l.itemSet { // want "l.itemSet is read without mu"
		keys = append(keys, k)
	}
	return keys
}

func (l *Lease) OkKeys() (keys []string) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	for k := range l.itemSet {
		keys = append(keys, k)
	}
	return keys
}

// A registry sends updates to its watchers, which it counts without the lock
// (micro/go-micro#2802).
type registry struct {
	mu       sync.RWMutex
	watchers map[string]func(int) // guarded by mu
}

func (r *registry) Watch(id string, f func(int)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.watchers[id] = f
}

func (r *registry) Stop(id string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.watchers, id)
}

func (r *registry) start() { go r.badUpdates() }

func (r *registry) badUpdates() {
	for i := range 10 {
		for _, f := range r.watchers { // want "r.watchers is read without mu"
			f(i)
		}
	}
}

func (r *registry) startRight() { go r.okUpdates() }

func (r *registry) okUpdates() {
	for i := range 10 {
		r.mu.RLock()
		all := make([]func(int), 0, len(r.watchers))
		for _, f := range r.watchers {
			all = append(all, f)
		}
		r.mu.RUnlock()
		for _, f := range all {
			f(i)
		}
	}
}
