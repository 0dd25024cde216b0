// Package sharedappend reports goroutines that append to one slice variable.
//
// # Analyzer sharedappend
//
// sharedappend: find goroutines that append to one slice at once
//
// # What
//
// Two goroutines run x = append(x, …) for the same variable or field x, neither
// comes before the other, and they do not hold a lock in common. Mostly it is
// one statement, run by the goroutines that a loop starts.
//
// # Why it hurts
//
// Both goroutines read the same length and write to the same element, or one
// stores back a slice that lacks what the other appended: results are lost,
// without a panic and without an error, and more of them the more cores there
// are.
//
// # Wrong
//
//	for _, u := range urls {
//		wg.Go(func() {
//			results = append(results, fetch(u))
//		})
//	}
//	wg.Wait()
//
// # Right
//
//	for _, u := range urls {
//		wg.Go(func() {
//			r := fetch(u)
//			mu.Lock()
//			defer mu.Unlock()
//			results = append(results, r)
//		})
//	}
//	wg.Wait()
//
// or, where the number is known, an element for each goroutine:
//
//	results := make([]Result, len(urls))
//	for i, u := range urls {
//		wg.Go(func() {
//			results[i] = fetch(u)
//		})
//	}
//	wg.Wait()
//
// # Precision
//
// Assumes that what it does not know orders the appends: calls of unknown
// functions, channels that get away, locks that it cannot name.
//
// Misses appends by goroutines that are not started below one function of the
// package, appends whose result goes to another variable, and slices reached
// through pointers that it cannot follow.
//
// May wrongly report appends that the logic of the program keeps apart. There
// is no fix: whether a lock, a channel or an element for each goroutine is
// right depends on the program.
//
// # Since
//
// 0.1
package sharedappend
