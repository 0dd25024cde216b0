// Package spinselect reports loops that only poll channels.
//
// # Analyzer spinselect
//
// spinselect: find loops that spin around a select with an empty default
//
// # What
//
// A for loop without a condition whose whole body is a select with an empty
// default, or one that only continues.
//
// # Why it hurts
//
// The default runs whenever no channel is ready, that is nearly always. The
// loop then starts over at once, and takes one CPU for as long as it waits.
// Without the default, select waits and costs nothing.
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
// # Precision
//
// Nothing else happens in such a loop that could be what it is for. Missed are
// loops that poll and do something else that does not wait (fnCount).
//
// # Since
//
// 0.1
package spinselect

import _ "embed"

//go:embed doc.go
var doc string
