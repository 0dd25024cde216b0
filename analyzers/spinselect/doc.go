// Package spinselect reports loops that only poll channels, and loops that spin
// when they should end.
//
// # Analyzer spinselect
//
// spinselect: find loops that spin around a select
//
// # What
//
// A for loop without a condition whose whole body is a select with an empty
// default, or one that only continues; and a case for the end of a context, or
// for a channel that is only ever closed, which goes back to its select: an
// unlabelled break leaves the select, not the loop.
//
// # Why it hurts
//
// The default runs whenever no channel is ready, that is nearly always. The
// loop then starts over at once, and takes one CPU for as long as it waits.
// Without the default, select waits and costs nothing. A context that has ended
// and a closed channel are ready in every round, so the loop spins from then on
// and the goroutine never ends.
//
// # Wrong
//
//	for {
//		select {
//		case <-done:
//			return
//		case v := <-work:
//			handle(v)
//		default:
//		}
//	}
//
//	for {
//		select {
//		case <-ctx.Done():
//			break // out of the select
//		case v := <-work:
//			handle(v)
//		}
//	}
//
// # Right
//
//	for {
//		select {
//		case <-done:
//			return
//		case v := <-work:
//			handle(v)
//		}
//	}
//
//	for {
//		select {
//		case <-ctx.Done():
//			return
//		case v := <-work:
//			handle(v)
//		}
//	}
//
// # Precision
//
// Nothing else happens in such a loop that could be what it is for. Missed are
// loops that poll and do something else that does not wait (fnCount), and cases
// that call something on their way back to the select, other than output to a
// log: it may see to it that another case ends the loop.
//
// # Since
//
// 0.1
package spinselect

import _ "embed"

//go:embed doc.go
var doc string
