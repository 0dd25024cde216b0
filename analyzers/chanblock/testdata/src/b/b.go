// Package b gets channels from package feed, and hands channels to it.
package b

import "fixture/feed"

func fnHanded() {
	c := make(chan int)
	feed.Put(c, 1) // the send is in feed
}

func okHanded() int {
	c := make(chan int)
	go feed.Put(c, 1)
	return <-c
}

func badTaken() {
	c := make(chan int)
	go func() {
		c <- 1 // want `send on c blocks for ever: nothing receives from it`
	}()
	feed.Put(c, 1)
}

func okTaken() {
	c := make(chan int)
	go feed.Take(c)
	c <- 1
}

func okTicks() { <-feed.Ticks() }

func okKept() {
	c := make(chan int)
	feed.Keep(c)
	c <- 1
}
