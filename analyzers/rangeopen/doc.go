// Package rangeopen reports loops over channels that nobody closes.
//
// # Analyzer rangeopen
//
// rangeopen: find ranges over channels that nothing closes
//
// # What
//
// A range over a channel that is made in a function and known only to it and to
// what it calls and starts, which nothing closes, while all who send on it come
// to an end. The loop has no other way out.
//
// Also a range over any channel that is known to be closed by nobody, such as one
// that only a field of an unexported type holds, if the function has more to do
// behind the loop: it never gets there. A channel that a function of another
// package returns is known to be closed by nobody if that package makes it, does not
// close it, and lets others only receive from it.
//
// Also a range over the ticks of a time.Ticker, in a goroutine, if somebody stops
// the ticker: Stop does not close the channel.
//
// # Why it hurts
//
// When the last value has been received, the loop waits for another one for
// ever: the goroutine leaks, once for each call of the function; where the
// function itself ranges, it hangs.
//
// # Wrong
//
//	jobs := make(chan string)
//	for range workers {
//		go func() {
//			for j := range jobs {
//				run(j)
//			}
//		}()
//	}
//	for _, j := range list {
//		jobs <- j
//	}
//
// # Right
//
//	for _, j := range list {
//		jobs <- j
//	}
//	close(jobs)
//
// # Precision
//
// It assumes that senders which have a way to end take it some day. Silent if a
// field, a container or a package-level variable may hold the channel and nothing
// but output or deferred calls is behind the loop, as the channel may then be
// meant to stay open; if one of the senders goes on for ever; if the body never comes
// back to the loop, as it ends the test, say; and in package main
// about a goroutine that a function of the main goroutine leaves behind, which
// ends with the program. A ticker that is also reset may only be paused, and a
// goroutine that stops its own ticker is not meant to end.
//
// Of a channel of another package it is silent where nothing is behind the loop
// (fnGoroutine), or an interface holds what has the channel (fnInterface). It misses
// a loop that the caller of an exported function runs (FnRun), and loops that receive without range.
//
// # Since
//
// concvet 0.1
package rangeopen

import _ "embed"

//go:embed doc.go
var doc string
