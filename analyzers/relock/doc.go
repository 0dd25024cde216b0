// Package relock reports locks that a goroutine takes while it holds them.
//
// # Analyzer relock
//
// relock: find locks that are taken again by the goroutine that holds them
//
// # What
//
// A sync.Mutex or RWMutex is locked while the goroutine holds it already:
// directly, through any chain of calls in the package or below it, in a function
// literal that a callee runs under the lock, or when a loop comes around. It is
// the same lock object, not just one of the same type. That a write lock is
// asked for while the read lock is held is one case; another is that the read
// lock is taken twice, which is reported if some function of the package takes
// the write lock.
//
// # Why it hurts
//
// Go's locks do not know their owner: the goroutine waits for itself, for ever,
// and so does everybody who comes for the lock later. Two read locks of one
// goroutine work until a writer asks for the lock between them: a waiting writer
// keeps new readers out, so the second read lock waits for the writer and the
// writer for the first.
//
// # Wrong
//
//	func (l *log) write(b []byte) {
//		l.mu.Lock()
//		defer l.mu.Unlock()
//		if _, err := l.w.Write(b); err != nil {
//			l.fail(err)
//		}
//	}
//
//	func (l *log) fail(err error) {
//		l.mu.Lock() // write holds it
//		l.err = err
//		l.mu.Unlock()
//	}
//
// # Right
//
//	func (l *log) write(b []byte) {
//		l.mu.Lock()
//		defer l.mu.Unlock()
//		if _, err := l.w.Write(b); err != nil {
//			l.failLocked(err)
//		}
//	}
//
// # Precision
//
// It assumes that a path of the program which no condition that it understands
// rules out is possible: branches on one condition, on flags, on constant
// arguments and on results of calls are seen to go together. A field that leads
// to the lock is taken to keep its value unless this function or one that it
// calls stores to it.
//
// Silent if another function gives up a lock that it has not taken, as the lock
// may then be a signal between goroutines, and about TryLock. Silent too if the
// callee that took the lock has returned an object as an interface: one of its
// methods may have given the lock up; and so may what a call has made of the lock's
// address, if nobody sees what it does.
//
// Silent where an argument that is not known decides whether the callee locks, and
// at the end of more than five calls of which several have conditions; and where a
// literal asks a flag of the function around it, how that stands being unknown after a
// loop, or after another literal has written it (fnLockedTooEarly).
//
// It misses calls through interfaces and func values of unknown origin, locks
// in elements of slices and maps, locks that a helper finds by a key, or takes and
// returns, and structures that share a lock under two names.
//
// # Since
//
// concvet 0.1
package relock

import _ "embed"

//go:embed doc.go
var doc string
