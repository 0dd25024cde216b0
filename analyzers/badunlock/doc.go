// Package badunlock reports unlocks that come when the lock is not held, or
// not at all.
//
// # Analyzer badunlock
//
// badunlock: find unlocks of what is not locked, of the wrong kind or too late
//
// # What
//
// Four mistakes with the end of a critical section:
//
//   - Unlock of a lock that this function has already unlocked, or that it has
//     made and never locked;
//   - Unlock of an RWMutex that is read-locked, or RUnlock of one that is locked;
//   - `defer mu.Lock()` while the lock is held, where Unlock must be meant;
//   - a deferred Unlock in a loop whose next turn locks the same lock.
//
// # Why it hurts
//
// Unlocking what is not locked ends the program with a fatal error, which no
// recover catches; if another goroutine holds the lock just then, it ends that
// one's critical section instead. A deferred lock, and an unlock that is
// deferred in a loop, block the goroutine for ever: deferred calls run when the
// function returns, not when the turn of the loop ends.
//
// # Wrong
//
//	for _, k := range keys {
//		c.mu.Lock()
//		defer c.mu.Unlock()
//		c.drop(k)
//	}
//
// # Right
//
//	for _, k := range keys {
//		c.mu.Lock()
//		c.drop(k)
//		c.mu.Unlock()
//	}
//
// # Precision
//
// Silent about functions that give up a lock of their caller, if some other
// function leaves the lock held, and if lock and unlock stand in different
// loops. Each turn of a loop may have a lock of its own: then a deferred unlock
// in it is fine. Silent too if each way to the unlock calls a helper that is handed
// the test, and so may end it.
//
// It misses unlocks whose callers hold the lock only sometimes, and locks in
// elements of slices and maps.
//
// # Since
//
// concvet 0.1
package badunlock

import _ "embed"

//go:embed doc.go
var doc string
