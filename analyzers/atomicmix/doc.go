// Package atomicmix reports variables that one goroutine accesses with
// sync/atomic while another one accesses them plainly.
//
// # Analyzer atomicmix
//
// atomicmix: find variables that are used atomically here and plainly there, at once
//
// # What
//
// One goroutine applies a function of sync/atomic to a variable, another one
// reads or writes the same variable with an ordinary expression, at least one
// of the two writes, and nothing orders them: no go statement, channel, lock,
// WaitGroup or other atomic operation puts one first, and the two hold no lock
// in common. Both sides are shown.
//
// # Why it hurts
//
// Atomic operations protect a variable only from one another. The plain access
// is a data race: it may see a value torn in two, an old one for ever, or undo
// an addition made between its read and its write.
//
// # Wrong
//
//	var hits int64
//	go func() {
//		atomic.AddInt64(&hits, 1)
//	}()
//	fmt.Println(hits)
//
// # Right
//
//	var hits atomic.Int64 // cannot be accessed otherwise
//	go func() {
//		hits.Add(1)
//	}()
//	fmt.Println(hits.Load())
//
// # Precision
//
// Assumes that what it does not know orders the accesses, as rule race does.
//
// Misses plain accesses that no function of the package shows to run at the
// same time as the atomic ones: a method that reads the field, called from
// elsewhere.
//
// May wrongly report a variable whose plain access the logic of the program
// keeps apart from the atomic ones, by flags in other variables.
//
// # Since
//
// 0.1
package atomicmix
