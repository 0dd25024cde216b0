// Package pool has workers for other packages.
package pool

import (
	"fmt"
	"sync"
)

// Work is counted by its caller.
func Work(wg *sync.WaitGroup) {
	defer wg.Done()
	fmt.Println("work")
}

// Nothing has forgotten what it was given.
func Nothing(wg *sync.WaitGroup) {
	fmt.Println("nothing")
}

// Try calls Done if i is not 0.
func Try(wg *sync.WaitGroup, i int) {
	if i != 0 {
		wg.Done()
	}
}

// A copy of a struct that points to a WaitGroup counts down the original.
type copier struct {
	wg  *sync.WaitGroup
	buf []byte
}

func (c copier) run(errc chan<- error) {
	defer c.wg.Done()
	errc <- nil
}

func okPointerInCopy() error {
	var wg sync.WaitGroup
	errc := make(chan error, 1)
	c := copier{wg: &wg, buf: make([]byte, 7)}
	if len(c.buf) != 7 {
		return nil
	}
	wg.Add(1)
	go c.run(errc)
	wg.Wait()
	return <-errc
}
