// Command okmain stays until it is killed.
package main

import (
	"fmt"
	"sync"
)

func main() {
	go fmt.Println("serving")
	var wg sync.WaitGroup
	wg.Add(1)
	wg.Wait()
}
