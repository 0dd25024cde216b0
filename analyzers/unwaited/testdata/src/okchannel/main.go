// Command okchannel collects what its goroutines send.
package main

import "fmt"

func main() {
	results := make(chan int)
	pending := 0
	for i := 0; ; i++ {
		if i < 10 {
			pending++
			go func() {
				fmt.Println(i)
				results <- i
			}()
			continue
		}
		if pending == 0 {
			break
		}
		<-results
		pending--
	}
}
