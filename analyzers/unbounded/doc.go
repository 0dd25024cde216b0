// Package unbounded reports goroutines of which there are as many as the input
// has items.
//
// # Analyzer unbounded
//
// unbounded: find loops that start a goroutine for each item of their input
//
// # What
//
// A go statement, WaitGroup.Go or errgroup's Go without a limit, in a loop whose
// number of rounds is not known, if neither the loop nor the goroutines wait for
// anything that bounds how many there are, and the goroutines either make a slow
// call or compute in a loop. Tests are left out.
//
// # Why it hurts
//
// With ten items all is well. With a million the program holds a million stacks,
// connections or files at once, and computing goroutines beyond the number of
// CPUs only take turns.
//
// # Wrong
//
//	for _, u := range urls {
//		wg.Go(func() { fetch(u) })
//	}
//	wg.Wait()
//
// # Right
//
//	var g errgroup.Group
//	g.SetLimit(runtime.GOMAXPROCS(0)) // or what the other side bears
//	for _, u := range urls {
//		g.Go(func() error { return fetch(u) })
//	}
//	return g.Wait()
//
// # Precision
//
// How many items there can be is not known: a list that is short by design is
// reported too (fpShort). Goroutines that receive from a channel are taken to
// be bounded by it, and unknown calls to wait (fnUnknown), as are goroutines that
// give their turn away (runtime.Gosched): they ask again and again.
//
// # Since
//
// 0.1
package unbounded

import _ "embed"

//go:embed doc.go
var doc string
