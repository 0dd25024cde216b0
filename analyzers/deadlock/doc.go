// Package deadlock reports schedules after which goroutines wait for each other
// for ever.
//
// # Analyzer deadlock
//
// deadlock: find schedules after which goroutines are blocked for ever
//
// # What
//
// A goroutine waits for a channel, lock, WaitGroup, Cond or Once, and every
// goroutine that could let it go on has ended or waits for ever itself. The
// schedules of a function and the goroutines that it starts are searched for
// such states. Objects take part if everything that is done to them is known:
// they are made in the function or one that it calls, also as fields of a
// struct, and never handed to code that is not seen. Operations on other objects
// are taken to succeed.
//
// # Why it hurts
//
// The goroutines, and all that they refer to, stay for as long as the process
// runs; locks that they hold are never given up. The runtime reports a deadlock
// only if nothing else runs at all.
//
// # Wrong
//
//	ch := make(chan int)
//	wg.Add(1)
//	go func() {
//		defer wg.Done()
//		ch <- compute() // nobody receives before Wait has returned
//	}()
//	wg.Wait()
//	return <-ch
//
// # Right
//
//	ch := make(chan int, 1)
//	wg.Add(1)
//	go func() {
//		defer wg.Done()
//		ch <- compute()
//	}()
//	wg.Wait()
//	return <-ch
//
// # Precision
//
// The search is exact about the objects that take part: capacity, closing,
// writers before readers, lost signals. It assumes that a branch on data can go
// either way, but a schedule may need only one such branch to go a certain way,
// besides errors, timeouts and cancellation; conditions on one value go
// together, and a field that nothing ever writes is zero. Some other schedule must
// let all goroutines end, or else no branch may be involved. Loops whose bound is not a constant run two rounds, and what
// is found must be there with three and five as well, and with every number by
// which the function itself counts. Who is left when the
// program ends does not matter, unless a lock or WaitGroup is waited for; in
// tests a send counts too, but what follows a failure does not, an error being
// one, and so a call of Error, of Fail, or of a helper Fail… that is handed the
// test, nor what needs more input than a test may have.
//
// It misses what depends on how often loops run, on elements of slices and
// maps, and on objects that get out of the function's sight, into functions of other
// packages that do more than one thing with what they are passed, say (fnBoth); and it
// gives up on functions with more than a few goroutines or 2500 states. A receive from
// a channel that nothing ever sends on or closes is a way to wait for ever on purpose,
// or chanblock's. It may be wrong if a branch that it takes is ruled out by data in a way that it does not see.
//
// A finding gives way to that of any rule that knows what kind of mistake it is.
//
// # Since
//
// concvet 0.1
package deadlock

import _ "embed"

//go:embed doc.go
var doc string
