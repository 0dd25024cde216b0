// Package uses locks what is another package's. It imports nothing that has to
// do with concurrency.
package uses

import "fixture/store"

func badEmbedded(s *store.Store) int {
	s.Lock()
	defer s.Unlock()
	return s.Get("a") // want `badEmbedded calls Get \(uses.go:\d+\), which locks s again \(store.go:\d+\), held since uses.go:\d+: the goroutine blocks itself for ever`
}

func badPair(s *store.Store) int {
	s.Begin()
	defer s.End()
	return s.Read("a") // want `badPair calls Read .*, which read-locks s.rw again .*, held since`
}

func okPair(s *store.Store) int {
	s.Begin()
	s.End()
	return s.Read("a")
}

func badCallback(s *store.Store) (n int) {
	s.Each(func(k string) { n += s.Get(k) }) // want `badCallback calls Each .*, which calls the function literal .*, which calls Get .*, which locks s.Mutex again`
	return n
}

func okCallback(s *store.Store) (n int) {
	s.Each(func(k string) { n++ })
	return n
}

func badPart(s *store.Store) int {
	s.Hold()
	defer s.Release()
	return s.Sum() // want `badPart calls Sum .*, which locks s.sub.mu again`
}

func badTwice(s *store.Store) {
	s.Hold()
	s.Hold() // want `badTwice calls Hold .*, which locks s.sub.mu again`
}

func badTry(s *store.Store) int {
	if !s.TryBegin() {
		return 0
	}
	defer s.End()
	return s.Read("a") // want `badTry calls Read .*, which read-locks s.rw again`
}

func okTry(s *store.Store) int {
	if s.TryBegin() {
		s.End()
	}
	return s.Read("a")
}

func okTold(s *store.Store) {
	s.Lock()
	s.Update("a", false)
	s.Unlock()
}

func badTold(s *store.Store) {
	s.Lock()
	s.Update("a", true) // want `badTold calls Update .*, which locks s again`
	s.Unlock()
}

func badGlobal() {
	store.Mu.Lock()
	defer store.Mu.Unlock()
	store.Touch() // want `badGlobal calls Touch .*, which locks store.Mu again`
}

func badLocker(s *store.Store) {
	store.With(s, func() { // want `badLocker calls With .*, which calls the function literal .*, which calls Get .*, which locks s.Mutex again`
		s.Get("a")
	})
}

func badGeneric(c *store.Cell[int]) {
	c.Do(func(int) { c.Get() }) // want `badGeneric calls Do .*, which calls the function literal .*, which calls Get .*, which locks c.mu again`
}

// The chain goes on in this package.
func inner(s *store.Store) int { return s.Get("b") }

func badChain(s *store.Store) int {
	s.Lock()
	defer s.Unlock()
	return inner(s) // want `badChain calls inner .*, which calls Get .*, which locks s again`
}

// A lock for a key, got from a helper.

func badKey(k *store.Keyed) {
	l := k.Get("a")
	l.Lock()
	defer l.Unlock()
	l.Lock() // want `badKey locks l again`
}

func okKeys(k *store.Keyed) {
	l := k.Get("a")
	l.Lock()
	defer l.Unlock()
	m := k.Get("b")
	m.Lock()
	m.Unlock()
}

func okTaken(k *store.Keyed) {
	l := k.Take("a")
	defer l.Unlock()
	m := k.Get("b")
	m.Lock()
	m.Unlock()
}

func okTakenTwice(k *store.Keyed) {
	k.Take("a").Unlock()
	k.Take("a").Unlock()
}

// Known misses: that a helper returns one lock for one key is not told, nor that
// it returns the lock that it has taken.

func fnKeyTwice(k *store.Keyed) {
	k.Get("a").Lock()
	k.Get("a").Lock()
}

func fnTaken(k *store.Keyed) {
	l := k.Take("a")
	l.Lock()
}
