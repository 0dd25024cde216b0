// Command fnearly does not wait on one path of several.
package main

import (
	"fmt"
	"os"
)

func main() {
	done := make(chan bool)
	go func() {
		fmt.Println("working")
		close(done)
	}()
	if len(os.Args) == 1 {
		return
	}
	<-done
}
