// Package b ranges over channels that package feed sends on.
package b

import "fixture/feed"

func badFill() (sum int) {
	c := make(chan int)
	go feed.Fill(c, 3)
	for n := range c { // want `nothing closes c`
		sum += n
	}
	return sum
}

func okFill() (sum int) {
	c := make(chan int)
	go feed.FillAll(c, 3)
	for n := range c {
		sum += n
	}
	return sum
}
