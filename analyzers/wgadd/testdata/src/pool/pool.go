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

// Late counts itself.
func Late(wg *sync.WaitGroup) {
	wg.Add(1)
	defer wg.Done()
	fmt.Println("late")
}

// Enter counts one more.
func Enter(wg *sync.WaitGroup) { wg.Add(1) }

// Try calls Done if i is not 0.
func Try(wg *sync.WaitGroup, i int) {
	if i != 0 {
		wg.Done()
	}
}
