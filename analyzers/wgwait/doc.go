// Package wgwait reports a Wait that stands where it cannot do its work: where it
// never returns, or nowhere at all.
//
// # Analyzer wgwait
//
// wgwait: find calls of WaitGroup.Wait that never return, or that are missing
//
// # What
//
// A goroutine that a WaitGroup or errgroup counts needs something before it is
// done which it gets only when Wait has returned. Reported are a Wait
//
//   - by a goroutine that the group counts, which waits for itself;
//   - while a lock is held that one of the goroutines takes before its Done;
//   - before the receives from a channel on which the goroutines send, if the
//     channel is unbuffered, or has less room than there are sends;
//   - at the end of each turn of the loop that starts the goroutines, if they
//     have all been counted before the loop.
//
// And a WaitGroup in an unexported field that is counted up and down but never
// waited for.
//
// # Why it hurts
//
// Both sides wait for each other, for ever: the function hangs with all that it
// holds, and so do the goroutines. Often this shows only when something goes
// wrong, as the goroutine takes the lock or sends an error then and not before.
// Where nothing calls Wait, Close returns while the goroutines still run.
//
// # Wrong
//
//	errs := make(chan error)
//	for _, u := range urls {
//		wg.Add(1)
//		go func() {
//			defer wg.Done()
//			if err := fetch(u); err != nil {
//				errs <- err // nobody receives yet
//			}
//		}()
//	}
//	wg.Wait()
//	close(errs)
//	for err := range errs {
//		log.Print(err)
//	}
//
// # Right
//
//	errs := make(chan error)
//	for _, u := range urls {
//		… // as before
//	}
//	go func() {
//		wg.Wait()
//		close(errs)
//	}()
//	for err := range errs {
//		log.Print(err)
//	}
//
// # Precision
//
// It assumes that each path of a goroutine which the conditions on the way do
// not rule out is taken at some time: the lock that is taken on errors only is
// needed when there is one. Of a lock it must be the same object.
//
// Silent if it is not certain that a goroutine is counted, about channels that
// others may know, about sends in a select, about capacities that are not
// constant, or are more than one where the number of goroutines is not known, as they
// may have been chosen to be enough, and if a goroutine surely has had the lock before
// the one that waits takes it.
//
// It misses goroutines that run a function of another package (fnImported), locks
// in elements of slices (fnElement), and counts that are neither constant nor
// the length of what the loop ranges over (fnOtherCount).
//
// # Since
//
// 0.1
package wgwait

import _ "embed"

//go:embed doc.go
var doc string
