// Package chanclose reports channels that are closed twice, or that somebody
// sends on when they are closed.
//
// # Analyzer chanclose
//
// chanclose: find second closes, closes of nil, and sends on closed channels
//
// # What
//
//   - a close or send that follows a close of the same channel on a path through
//     a function and those that it calls, deferred closes included;
//   - a close by one goroutine while another closes, or sends, and nothing
//     orders the two: no lock, WaitGroup, channel, Once or atomic variable;
//   - a close of a channel that is always nil.
//
// Branches that exclude each other, a deferred close, and closing by the default
// of a select that receives from the channel, under a lock, are fine.
//
// A method of another package counts as a close if it closes the channel in a field of
// its receiver whenever it returns, and nothing ever sets that field anew.
//
// # Why it hurts
//
// Closing a channel twice, closing nil and sending on a closed channel panic. A
// panic in a goroutine ends the program, and it comes when two things happen at
// about one time: a shutdown while a request is served.
//
// # Wrong
//
//	select {
//	case <-c.done:
//	default:
//		close(c.done) // two goroutines can get here
//	}
//
// # Right
//
//	c.once.Do(func() { close(c.done) })
//
// # Precision
//
// A path is one on which conditions that are asked twice have one answer; it
// does not go around a loop that both operations are in (fnRounds), and is not
// taken if it depends on a variable that the function sets. Fields are taken to
// hold one channel if they are only set where their struct is made. Behind a receive that finds a channel
// closed which nobody sends on, a select that can receive from it does, and paths on
// which it does not are not taken. Goroutines
// must be seen to start in one function or those that it calls: that two
// exported methods may be called at once is not assumed (FnMethods).
//
// Of methods of other packages it misses those that close on some paths only, that an
// interface stands for (fnInterface), and closes at once by two goroutines (fnConcurrent).
//
// A second close or a send behind a close, under a deferred recover, may be what is
// shown, and is not reported. A send that is meant to fail because another goroutine
// closes is: it races with the close all the same (fpRecover).
//
// # Since
//
// 0.1
package chanclose

import _ "embed"

//go:embed doc.go
var doc string
