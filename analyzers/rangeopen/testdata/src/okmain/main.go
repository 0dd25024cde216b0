// Command okmain ends with its senders.
package main

import "os"

func main() { run(os.Args) }

func run(args []string) {
	c := make(chan string)
	go func() {
		for s := range c {
			println(s)
		}
	}()
	for _, a := range args {
		c <- a
	}
}
