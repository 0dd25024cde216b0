// Command okendless shows progress until it is done.
package main

import (
	"fmt"
	"time"
)

func main() {
	go func() {
		for {
			fmt.Print(".")
			time.Sleep(time.Second)
		}
	}()
	fmt.Println(fib(40))
}

func fib(n int) int {
	if n < 2 {
		return n
	}
	return fib(n-1) + fib(n-2)
}
