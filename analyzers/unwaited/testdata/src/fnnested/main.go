// Command fnnested waits for a goroutine that waits for nobody.
package main

import (
	"fmt"
	"sync"
)

func main() {
	var wg sync.WaitGroup
	wg.Go(func() {
		go fmt.Println("late")
	})
	wg.Wait()
}
