// Package sleepsync reports time.Sleep where a goroutine should be waited for.
//
// # Analyzer sleepsync
//
// sleepsync: find time.Sleep used to wait for a goroutine
//
// # What
//
// A call of time.Sleep behind a go statement, where the function does nothing
// else that could wait for the goroutine and then ends, being main or a test, or
// reads what the goroutine writes.
//
// # Why it hurts
//
// How long a goroutine takes depends on the machine and its load. A pause that
// is long enough on yours is too short in CI, and too long everywhere else.
//
// # Wrong
//
//	go fill(&list)
//	time.Sleep(100 * time.Millisecond)
//	fmt.Println(list)
//
// # Right
//
//	var wg sync.WaitGroup
//	wg.Go(func() { fill(&list) })
//	wg.Wait()
//	fmt.Println(list)
//
// # Precision
//
// A function that makes any call which may wait for something is taken to wait
// for the goroutine (fnCall), and so is a loop that sleeps until something has
// happened. So is a goroutine that sends on a channel or closes one: somebody waits
// for that. In bubbles of testing/synctest time waits for goroutines.
//
// # Since
//
// 0.1
package sleepsync

import _ "embed"

//go:embed doc.go
var doc string
