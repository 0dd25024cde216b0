// Command oklock hands a lock to the goroutine, which unlocks it.
package main

import (
	"fmt"
	"sync"
)

func main() {
	var mu sync.Mutex
	mu.Lock()
	go func() {
		fmt.Println("first")
		mu.Unlock()
	}()
	mu.Lock()
	fmt.Println("second")
}
