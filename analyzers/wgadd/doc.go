// Package wgadd reports WaitGroups whose counter does not match the goroutines
// they wait for.
//
// # Analyzer wgadd
//
// wgadd: find WaitGroup counts that are late, missing or of the wrong number
//
// # What
//
// A sync.WaitGroup counts what is left to do. Five mistakes with Add are
// reported:
//
//   - Add in the goroutine that it counts, also in a function that the go
//     statement names or that is called there;
//   - a goroutine that calls Done, but no Add at all;
//   - Add after the go statement, or after Wait;
//   - a constant number that is not the number of goroutines that call Done;
//   - Add for another round while the Wait of another goroutine may not have
//     returned from the last one, which panics.
//
// All operations on the WaitGroup must be known: it is a variable or field that
// other packages cannot name and whose address stays where the rule follows it.
// An Add that comes before Wait by other means, such as a channel, is right, and
// so is one for children of a goroutine that is itself counted.
//
// # Why it hurts
//
// Wait returns at once when the counter is zero, so that a goroutine which has
// not got as far as Add is not waited for: main returns before the work is
// done, or results are read while they are written. That happens on the loaded
// machine, not on yours. A count too small makes Done panic ("negative
// WaitGroup counter"); a count too large makes Wait block forever.
//
// # Wrong
//
//	for _, u := range urls {
//		go func() {
//			wg.Add(1)
//			defer wg.Done()
//			fetch(u)
//		}()
//	}
//	wg.Wait()
//
// # Right
//
//	for _, u := range urls {
//		wg.Add(1)
//		go func() {
//			defer wg.Done()
//			fetch(u)
//		}()
//	}
//	wg.Wait()
//
// or, since Go 1.25, wg.Go(func() { fetch(u) }).
//
// # Precision
//
// A finding assumes that a function of the package which is called in the
// goroutine returns. Missed are WaitGroups that are passed to other packages,
// stored in several variables (fnPointerField), or parameters of a function
// that is called from elsewhere (FnParameter), and counts that are not
// constants (fnVariableCount). If one method starts the goroutine and another
// waits, that must be exported (fnUnexported) and must not ask before how far
// the goroutine has got.
//
// # Since
//
// 0.1
package wgadd

import _ "embed"

//go:embed doc.go
var doc string
