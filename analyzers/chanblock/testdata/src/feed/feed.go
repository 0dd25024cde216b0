// Package feed has functions that use channels of their callers.
package feed

var kept []chan int

// Put sends.
func Put(c chan<- int, v int) { c <- v }

// Take receives.
func Take(c <-chan int) int { return <-c }

// Keep has the channel for later.
func Keep(c chan int) { kept = append(kept, c) }

// Ticks returns a channel of its own.
func Ticks() <-chan int {
	c := make(chan int)
	go func() { c <- 1 }()
	return c
}
