// Package timerdrain reports receives that wait for the value of a timer which
// has been received already.
//
// # Analyzer timerdrain
//
// timerdrain: find drains of timers whose value was received before
//
// # What
//
// A receive from a timer's channel in the branch for Stop being false, if the
// function also receives from the channel elsewhere and can get from there to
// the Stop without starting the timer again.
//
// # Why it hurts
//
// Stop is false when the timer has fired, whether or not its value was received.
// If it was, the channel is empty, and the receive blocks for ever: typically in
// a loop whose select had the timer's case in an earlier round. Since Go 1.23
// Stop takes the value back, and a drain is never needed.
//
// # Wrong
//
//	for {
//		select {
//		case <-timer.C:
//			flush()
//		case <-changed:
//			if !timer.Stop() {
//				<-timer.C // flush has run: blocks
//			}
//			timer.Reset(delay)
//		}
//	}
//
// # Right
//
//	case <-changed:
//		if !timer.Stop() {
//			select {
//			case <-timer.C:
//			default:
//			}
//		}
//		timer.Reset(delay)
//
// or, since Go 1.23, timer.Reset alone.
//
// # Precision
//
// A function that asks a variable on the way is taken to know whether the value
// was received. Missed are drains in helpers (fnHelper) and timers in variables
// that hold now one, now another (fnReplaced).
//
// # Since
//
// 0.1
package timerdrain

import _ "embed"

//go:embed doc.go
var doc string
