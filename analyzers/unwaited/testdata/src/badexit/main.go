// Command badexit ends the process itself.
package main

import (
	"fmt"
	"os"
	"sync"
)

func main() {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() { // want `main ends while this goroutine has yet to call fmt.Println, which is then lost`
		defer wg.Done()
		fmt.Println("late")
	}()
	os.Exit(len(os.Args))
}
