// Package pool has helpers that another package gives its WaitGroups to.
package pool

import "sync"

// Finish counts down.
func Finish(wg *sync.WaitGroup) { wg.Done() }

// Send hands over a result, then counts down.
func Send(wg *sync.WaitGroup, results chan<- int, x int) {
	defer wg.Done()
	results <- x
}

func okNothingElse() {
	var wg sync.WaitGroup
	wg.Add(1)
	go Finish(&wg)
	wg.Wait()
}
