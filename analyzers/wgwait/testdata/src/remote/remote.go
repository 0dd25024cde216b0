// Package remote lets another package wait.
package remote

import (
	"sync"

	"fixture/joiner"
)

func badUndrained(f func() int) int {
	var wg sync.WaitGroup
	c := make(chan int)
	wg.Add(1)
	go func() {
		defer wg.Done()
		c <- f()
	}()
	joiner.Wait(&wg) // want `wg.Wait waits for goroutines that send on c, which is received from only after it`
	return <-c
}

func okDrained(f func() int) int {
	var wg sync.WaitGroup
	c := make(chan int, 1)
	wg.Add(1)
	go func() {
		defer wg.Done()
		c <- f()
	}()
	joiner.Wait(&wg)
	return <-c
}
