// Package afterloop reports timers that the rounds of a loop leave behind.
//
// # Analyzer afterloop
//
// afterloop: find time.After in the select of a loop
//
// # What
//
// A call of time.After in a case of a select with other cases, in a loop, in a
// file for a version of Go before 1.23.
//
// # Why it hurts
//
// Each round starts a timer, and until Go 1.23 a timer is kept until it fires.
// A loop that takes another case a thousand times a second, with a timeout of a
// minute, keeps 60,000 of them.
//
// # Wrong
//
//	for {
//		select {
//		case v := <-work:
//			handle(v)
//		case <-time.After(time.Minute):
//			return
//		}
//	}
//
// # Right
//
//	idle := time.NewTimer(time.Minute)
//	defer idle.Stop()
//	for {
//		select {
//		case v := <-work:
//			handle(v)
//			if !idle.Stop() {
//				<-idle.C
//			}
//			idle.Reset(time.Minute)
//		case <-idle.C:
//			return
//		}
//	}
//
// # Precision
//
// Whether the loop is busy enough to matter is not asked. Missed are channels
// that are kept in a variable first, or made by a helper (fnHelper).
//
// # Since
//
// 0.1
package afterloop

import _ "embed"

//go:embed doc.go
var doc string
