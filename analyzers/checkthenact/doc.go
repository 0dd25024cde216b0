// Package checkthenact reports atomic updates that are made of two operations,
// between which another goroutine can come.
//
// # Analyzer checkthenact
//
// checkthenact: find updates that load an atomic value, change it and store it
// back while others store too
//
// # What
//
// A goroutine loads an atomic variable, or the entry of a sync.Map under a
// constant key, and stores what it computes from that in the same variable or
// entry. Another goroutine, often another of the same go statement, changes it
// too, nothing puts one update first, and no lock is held in common. Both
// goroutines are shown, with the statement that starts each.
//
// # Why it hurts
//
// Each operation is atomic, and the race detector is silent, but the two
// together are not: whoever stores between the load and the store has its update
// undone. Counters count too little, and copies of maps lose entries.
//
// # Wrong
//
//	for range workers {
//		go func() {
//			hits.Store(hits.Load() + 1)
//		}()
//	}
//
// # Right
//
//	for range workers {
//		go func() {
//			hits.Add(1)
//		}()
//	}
//
// or, where the new value is not a sum, a loop around CompareAndSwap, or a lock
// that all who store hold.
//
// # Precision
//
// Assumes that what it does not know orders the updates, as the rule race does.
// The variable itself orders nothing: it is what is wrong. Silent if one
// goroutine alone stores, however many load, if those who store hold one lock,
// and if a CompareAndSwap, an add or a TryLock chooses who may.
//
// Misses updates whose load and store are in different functions, and those by
// goroutines that are not started below one function of the package. A value
// that is only compared with what was loaded, as in if v > max.Load() {
// max.Store(v) }, is a matter of the rule stalecheck.
//
// May wrongly report updates that are kept apart by the logic of the program.
//
// # Since
//
// 0.1
package checkthenact

import _ "embed"

//go:embed doc.go
var doc string
