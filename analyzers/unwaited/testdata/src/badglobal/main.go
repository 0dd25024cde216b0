// Command badglobal counts its goroutines and forgets to wait.
package main

import (
	"fmt"
	"os"
	"sync"
)

var wg sync.WaitGroup

func main() {
	for _, name := range os.Args[1:] {
		wg.Add(1)
		go visit(name) // want `main ends while these goroutines have yet to call os.Remove, which is then lost`
	}
	fmt.Println("done")
}

func visit(name string) {
	defer wg.Done()
	os.Remove(name)
}
