// Package condwait reports misuse of sync.Cond.Wait.
//
// # Analyzer condwait
//
// condwait: find waits on a sync.Cond that are not woken, or do not look again
//
// # What
//
// A call of Cond.Wait that nothing wakes: no Signal or Broadcast in the program
// is on the same Cond. A Wait in a goroutine that has not taken the lock, since
// the one that starts it has. A Wait in a loop whose condition is computed before the
// loop and not in it, so that the loop never ends. A Wait behind an if instead
// of in a loop, in a function that takes the lock and does not check again after
// Wait what the if has checked.
//
// # Why it hurts
//
// Without a signal, or in a loop that cannot end, the goroutine never ends. A
// Wait without the lock panics, or unlocks what another goroutine has locked.
// Behind an if it goes on though what it has waited for need not hold: Broadcast wakes all, and between
// the wake-up and the return of Wait another goroutine can take the lock, and
// with it the item of the queue.
//
// # Wrong
//
//	q.mu.Lock()
//	if len(q.items) == 0 {
//		q.cond.Wait()
//	}
//	v := q.items[0]
//
// # Right
//
//	q.mu.Lock()
//	for len(q.items) == 0 {
//		q.cond.Wait()
//	}
//	v := q.items[0]
//
// # Precision
//
// It assumes that a Cond is known only here if nothing hands it out: an exported
// field, an interface, a call into another package.
//
// Silent about a Wait that no branch decides about: it waits for the next signal,
// whatever that means. Silent if the lock is taken by the caller, which may loop.
//
// Silent if the goroutine is started under a lock that its parent does not give up
// before it has waited itself: it may have been handed over.
//
// It misses a Wait without the lock in a function that is also called, and a Wait
// behind an if after which the function only returns: its caller may look again.
//
// # Since
//
// concvet 0.1
package condwait

import _ "embed"

//go:embed doc.go
var doc string
