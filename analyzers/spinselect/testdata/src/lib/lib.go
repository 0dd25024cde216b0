// Package lib hands out channels.
package lib

// Work returns a channel of what is to be done.
func Work() <-chan int { return make(chan int) }
