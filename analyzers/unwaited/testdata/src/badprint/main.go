// Command badprint is after golang/go#32513: it prints one line of two.
package main

import "fmt"

func say() { fmt.Println("HI") }

func main() {
	go say() // want `main ends while this goroutine has yet to call fmt.Println, which is then lost`
	say()
}
