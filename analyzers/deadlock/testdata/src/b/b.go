// Package b lets another package operate on its channels and WaitGroups.
package b

import (
	"sync"

	"fixture/lib"
)

// Each waits for the other.
func badOrder() int {
	a, b := make(chan int), make(chan int)
	go func() {
		lib.Send(a, <-b)
	}()
	n := <-a // want `the receive from a never ends`
	lib.Send(b, n)
	return n
}

func okOrder() int {
	var wg sync.WaitGroup
	a, b := make(chan int, 1), make(chan int)
	wg.Add(1)
	go func() {
		<-b
		lib.Send(a, 1)
		wg.Done()
	}()
	lib.Send(b, 1)
	lib.Wait(&wg)
	return <-a
}

// The order of two operations elsewhere is not known.
func fnBoth() int {
	a, b := make(chan int), make(chan int)
	go lib.Both(a, b)
	n := <-b
	return n + <-a
}
