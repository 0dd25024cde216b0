// Package lockleak reports returns that leave a lock held.
//
// # Analyzer lockleak
//
// lockleak: find ways out of a function that leave a lock held by mistake
//
// # What
//
// A function takes a lock and gives it up on some of its ways out, but not on
// this one: a return, the end of the body after a break, a panic that a deferred
// recover survives.
//
// # Why it hurts
//
// Nobody can give the lock up any more. Whoever asks for it next waits for ever,
// which may be long after, in quite another part of the program. The forgotten
// path is often an error path that no test runs.
//
// # Wrong
//
//	func (p *pool) take(n int) error {
//		p.mu.Lock()
//		if p.free < n {
//			return errFull
//		}
//		p.free -= n
//		p.mu.Unlock()
//		return nil
//	}
//
// # Right
//
//	func (p *pool) take(n int) error {
//		p.mu.Lock()
//		defer p.mu.Unlock()
//		if p.free < n {
//			return errFull
//		}
//		p.free -= n
//		return nil
//	}
//
// # Precision
//
// Silent about locks that are meant to be held at a return: of functions that
// never give the lock up themselves, or that return it, or something that it is
// in, or a function to give it up; that start a goroutine or hand out a callback
// which gives it up; and, where some function gives up what others have taken,
// of functions that keep the lock when they succeed. Paths that end the process,
// the test or the goroutine do not count.
//
// Branches on one condition, deferred calls that not every path defers, and
// flags that tell whether the lock is held are understood.
//
// It misses locks that no path gives up, panics that calls raise, locks that a
// helper takes and returns, and locks in elements of slices and maps at an index or
// key that is used more than once.
//
// The fix defers the unlock, in place of the others, if each of these is the last
// thing that the function does. Elsewhere they may come early on purpose: then it
// gives the lock up before the return, or before the break out of the loop that
// takes it. None is offered where the lock is not always held there, or where
// what is returned may still need it.
//
// # Since
//
// concvet 0.1
package lockleak

import _ "embed"

//go:embed doc.go
var doc string
