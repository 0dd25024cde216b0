// Command fnio reads a file, which may be what tells it that the goroutine is
// done.
package main

import (
	"fmt"
	"os"
)

func main() {
	go os.WriteFile("x", nil, 0o666)
	data, err := os.ReadFile("y")
	fmt.Println(data, err)
}
