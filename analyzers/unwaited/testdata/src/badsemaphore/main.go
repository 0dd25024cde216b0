// Command badsemaphore waits for all goroutines but the last ones.
package main

import "os"

func main() {
	sem := make(chan bool, 4)
	for _, name := range os.Args[1:] {
		sem <- true
		go func() { // want `main ends while these goroutines have yet to call os.Remove, which is then lost`
			os.Remove(name)
			<-sem
		}()
	}
}
