// Command badlock takes a lock, which waits for nobody who has yet to start.
package main

import (
	"fmt"
	"sync"
)

var (
	mu    sync.Mutex
	count int
)

func main() {
	for range 10 {
		go func() { // want `main ends while these goroutines have yet to call fmt.Println, which is then lost`
			mu.Lock()
			defer mu.Unlock()
			count++
			fmt.Println("counted")
		}()
	}
	mu.Lock()
	fmt.Println(count)
	mu.Unlock()
}
