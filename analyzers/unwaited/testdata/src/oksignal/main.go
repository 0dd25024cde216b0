// Command oksignal has goroutines that wait for something that need not come.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"time"
)

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	interrupted := make(chan os.Signal, 1)
	signal.Notify(interrupted, os.Interrupt)
	go func() {
		<-interrupted
		fmt.Println("interrupted")
		os.Exit(1)
	}()
	go func() {
		select {
		case <-ctx.Done():
		case <-time.After(time.Minute):
			fmt.Println("still there")
		}
	}()
	go func() { // a watchdog
		time.Sleep(time.Minute)
		fmt.Println("too slow")
		os.Exit(1)
	}()
	go func() {
		if err := os.Chdir("x"); err != nil {
			fmt.Println("no directory:", err) // not what it is there for
		}
	}()
	time.AfterFunc(time.Minute, func() { fmt.Println("a minute") })
	fmt.Println("done")
}
