// Package held has functions that return with a lock held that their caller
// cannot name.
package held

import "sync"

// After gohugoio/hugo#3251: one lock for the map, one for each address.
type locks struct {
	sync.RWMutex
	m map[string]*sync.Mutex
}

func (l *locks) badTake(url string) {
	l.Lock()
	if _, ok := l.m[url]; !ok {
		l.m[url] = &sync.Mutex{}
	}
	l.m[url].Lock() // want "badTake locks locks.m.…. .held.go:18. holding locks.RWMutex, fetch calls the function literal .held.go:32., which calls give .held.go:32., which read-locks locks.RWMutex .held.go:23. holding locks.m.…."
	l.Unlock()
}

func (l *locks) give(url string) {
	l.RLock()
	defer l.RUnlock()
	if mu, ok := l.m[url]; ok {
		mu.Unlock()
	}
}

func fetch(l *locks, url string) {
	l.badTake(url)
	defer func() { l.give(url) }()
}

// The map's lock is given up before.
type fixed struct {
	sync.RWMutex
	m map[string]*sync.Mutex
}

func (l *fixed) take(url string) {
	l.Lock()
	mu, ok := l.m[url]
	if !ok {
		mu = &sync.Mutex{}
		l.m[url] = mu
	}
	l.Unlock()
	mu.Lock()
}

func (l *fixed) give(url string) {
	l.RLock()
	defer l.RUnlock()
	if mu, ok := l.m[url]; ok {
		mu.Unlock()
	}
}

func okFetch(l *fixed, url string) {
	l.take(url)
	defer func() { l.give(url) }()
}

// Given up before the other lock is taken.
type shards struct {
	mu  sync.Mutex
	all []*shard
}

type shard struct {
	mu sync.Mutex
	n  int
}

func (s *shards) take(i int) *shard {
	s.mu.Lock()
	defer s.mu.Unlock()
	sh := s.all[i]
	sh.mu.Lock()
	return sh
}

func (s *shards) okGivenUp(i int) {
	sh := s.take(i)
	sh.n++
	sh.mu.Unlock()
	s.mu.Lock()
	s.all = nil
	s.mu.Unlock()
}

func (s *shards) okHandedOn(i int, done chan bool) {
	sh := s.take(i)
	go func() {
		defer sh.mu.Unlock()
		sh.n++
		done <- true
	}()
}

// The lock itself is returned, held: it is given up by that name.
type keys struct {
	mu sync.Mutex
	m  map[string]*sync.Mutex
}

func (k *keys) take(key string) *sync.Mutex {
	k.mu.Lock()
	defer k.mu.Unlock()
	l := k.m[key]
	l.Lock()
	return l
}

func (k *keys) okDirect(key string) {
	l := k.take(key)
	l.Unlock()
	k.mu.Lock()
	k.m = nil
	k.mu.Unlock()
}

func (k *keys) okDeferred(key string) {
	defer k.take(key).Unlock()
}
