// Command okcount watches a counter that its goroutines change.
package main

import (
	"fmt"
	"os"
)

type board struct{ left int }

func main() {
	b := &board{len(os.Args)}
	for range os.Args {
		go func() {
			fmt.Println("one")
			b.left--
		}()
	}
	for b.left > 0 {
	}
}
