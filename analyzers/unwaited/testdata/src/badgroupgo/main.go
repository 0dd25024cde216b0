// Command badgroupgo counts its goroutines and forgets to wait.
package main

import (
	"fmt"
	"os"
	"sync"
)

func main() {
	var wg sync.WaitGroup
	for _, name := range os.Args[1:] {
		wg.Go(func() { // want `main ends while these goroutines have yet to call fmt.Println, which is then lost`
			fmt.Println(name)
		})
	}
}
