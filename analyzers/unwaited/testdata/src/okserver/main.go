// Command okserver leaves a server running, which is what it is for.
package main

import (
	"fmt"
	"log"
	"net"
)

func main() {
	l, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		log.Fatal(err)
	}
	go func() {
		conn, err := l.Accept()
		if err == nil {
			fmt.Println(conn.RemoteAddr())
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
