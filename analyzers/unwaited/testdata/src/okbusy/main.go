// Command okbusy asks until its goroutines are done.
package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

var left atomic.Int32

func main() {
	var mu sync.Mutex
	done := false
	left.Store(1)
	go func() {
		fmt.Println("one")
		left.Add(-1)
		mu.Lock()
		done = true
		mu.Unlock()
	}()
	for left.Load() > 0 {
	}
	for {
		mu.Lock()
		if done {
			break
		}
		mu.Unlock()
	}
}
