// Package unwaited reports goroutines that nothing waits for, though what they
// have yet to do is lost without.
//
// # Analyzer unwaited
//
// unwaited: find goroutines that main, a test or their WaitGroup does not wait for
//
// # What
//
// Main or a test starts a goroutine, itself or in a function that it calls, and
// returns while the goroutine has something left to do that shows outside:
// print, write a file, send a request, tell the test. And: a function counts
// goroutines by a WaitGroup or errgroup of its own that nothing waits for.
//
// Reported only if nothing that is done from the go statement to the end could
// wait for the goroutine, deferred calls and t.Cleanup included.
//
// # Why it hurts
//
// The program ends with main, whatever other goroutines are doing: the output
// is missing, or there on some days. A test that has returned has passed; what
// a goroutine of it finds out later is ignored, and if it calls t.Error or t.Log
// the whole test binary panics, often blaming another test.
//
// # Wrong
//
//	func main() {
//		for _, url := range os.Args[1:] {
//			go check(url)
//		}
//	}
//
// # Right
//
//	func main() {
//		var wg sync.WaitGroup
//		for _, url := range os.Args[1:] {
//			wg.Go(func() { check(url) })
//		}
//		wg.Wait()
//	}
//
// # Precision
//
// It assumes that calls of functions outside of the package and the standard
// library may wait, as does input and output that can block, except if a
// WaitGroup of the function's own shows that waiting was meant. To print or to
// log is not taken for waiting, nor is to take a lock. Goroutines that never end, that wait
// for something that need not come (a signal, a connection, a timer), or that
// say something only if an error occurs are meant to run in the background.
//
// It misses goroutines behind which main happens to do something slow, paths of
// several that do not wait, goroutines that a goroutine starts, and WaitGroups
// that are part of something. Goroutines that time.Sleep waits for are the
// business of sleepsync, variables that they set that of race.
//
// # Since
//
// concvet 0.1
package unwaited

import _ "embed"

//go:embed doc.go
var doc string
