// Package blockheld reports operations that wait, under a lock, for others who
// need the lock first.
//
// # Analyzer blockheld
//
// blockheld: find waits under a lock that everybody who could end them needs
//
// # What
//
// A send, a receive, a select, a WaitGroup's Wait or a Cond's Wait blocks while a
// lock is held, here or in a caller, and each operation of the package that could
// let it go on has to wait for the same lock: it runs under the lock, its
// goroutine takes the lock before it, or its goroutine is a loop that takes the
// lock in its turns and may be waiting for it right then. A Wait needs only one
// such goroutine. Calls are followed through functions, methods, func fields and
// callbacks.
//
// # Why it hurts
//
// The one that holds the lock waits for the other, the other for the lock: both
// for ever, and then everybody else who comes for the lock. It takes a certain
// timing, so tests seldom see it.
//
// # Wrong
//
//	func (s *server) Stop() {
//		s.mu.Lock()
//		defer s.mu.Unlock()
//		close(s.quit)
//		<-s.done
//	}
//
//	func (s *server) run() {
//		defer close(s.done)
//		for {
//			select {
//			case <-s.quit:
//				return
//			case r := <-s.requests:
//				s.mu.Lock() // Stop may hold it, and wait for run
//				s.seen[r.id] = true
//				s.mu.Unlock()
//			}
//		}
//	}
//
// # Right
//
//	func (s *server) Stop() {
//		s.mu.Lock()
//		close(s.quit)
//		s.mu.Unlock()
//		<-s.done
//	}
//
// # Precision
//
// It assumes that the lock and the channel that are used together are those of
// one object: they are in one struct, one is found by way of the other, or they
// are variables of one function. A goroutine that takes the lock in one turn of
// its loop is taken to do so at any time.
//
// Silent if a channel may be made or used elsewhere, if its capacity is not
// constant or more than one (fnRoom), if a select has a default, a timer, a
// context or any other case that can be taken, and where something that is read
// under the lock decides whether to wait, as that may say that the other one has
// had the lock by then. Silent about read locks on both sides, and about a Wait of a
// Cond while a lock is held that a pointer field leads to, which may be its own.
//
// It misses what is called through interfaces and func values of unknown origin
// (fnStringer), and goroutines of other packages.
//
// # Flags
//
// -blockheld.slow (default false): report network requests, commands and
// time.Sleep that run under a lock, too. This is advice: the program is slow, but
// goes on.
//
// # Since
//
// 0.1
package blockheld

import _ "embed"

//go:embed doc.go
var doc string
