// Command callee starts its goroutines in a function that main calls.
package main

import (
	"fmt"
	"sync"
)

type app struct {
	sync.WaitGroup
	log []string
}

func main() {
	a := &app{}
	badStart(a)
	fmt.Println("bye", len(a.log))
}

func badStart(a *app) {
	for i := 0; i < 3; i++ {
		a.Add(1)
		go func() { // want `main ends while these goroutines have yet to call fmt.Println, which is then lost`
			defer a.Done()
			fmt.Println("hello", i)
		}()
	}
}
