// Package oncedeadlock reports functions run by a sync.Once that come to the
// same Once again.
//
// # Analyzer oncedeadlock
//
// oncedeadlock: find functions run by a sync.Once that wait for the same Once
//
// # What
//
// A function given to Do of a sync.Once that calls Do of this very Once, itself
// or through functions that it calls; and a function given to sync.OnceFunc,
// OnceValue or OnceValues that calls the result of these.
//
// # Why it hurts
//
// Do returns when the function that the first Do runs has returned. Called from
// within that function it waits for itself: the goroutine, and every other one
// that needs the Once later, blocks for ever. It happens in the first call, on
// the path that was not tested.
//
// # Wrong
//
//	func Default() *Logger {
//		once.Do(func() {
//			logger = newLogger()
//			setFile(os.Getenv("LOG_FILE")) // calls Default
//		})
//		return logger
//	}
//
// # Right
//
//	once.Do(func() {
//		logger = newLogger()
//		logger.setFile(os.Getenv("LOG_FILE"))
//	})
//
// # Precision
//
// The Once must be the same object on the way, and calls are followed in the
// package only, not through interfaces (fnInterface). Missed is a function that
// waits for a goroutine which needs the Once (fnGoroutine).
//
// # Since
//
// 0.1
package oncedeadlock

import _ "embed"

//go:embed doc.go
var doc string
