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
