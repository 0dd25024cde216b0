// Command badloop starts goroutines of several kinds.
package main

import (
	"fmt"
	"log"
	"os"
	"time"
)

type worker struct{ name string }

func (w *worker) run() {
	log.Print(w.name)
}

type runner interface{ run() }

func main() {
	names := os.Args[1:]
	for i, name := range names {
		if i > 10 {
			break
		}
		go func() { // want `main ends while these goroutines have yet to call os.WriteFile, which is then lost`
			time.Sleep(time.Millisecond)
			if err := os.WriteFile(name, nil, 0o666); err != nil {
				log.Print(err)
			}
		}()
	}
	w := &worker{"x"}
	go w.run() // want `main ends while this goroutine has yet to call log.Print, which is then lost`
	run := w.run
	go run()                           // want `main ends while this goroutine has yet to call log.Print, which is then lost`
	go fmt.Println("x")                // want `main ends while this goroutine has yet to call fmt.Println, which is then lost`
	go println("y")                    // want `main ends while this goroutine has yet to call println, which is then lost`
	go fmt.Fprintln(os.Stderr, "name") // want `main ends while this goroutine has yet to call fmt.Fprintln, which is then lost`
	go generic(names)                  // want `main ends while this goroutine has yet to call fmt.Println, which is then lost`
	defer fmt.Println("done")
	if len(names) > 3 {
		return
	}
	for j := 0; j < len(names); j++ {
		fmt.Println(names[j])
	}
}

func generic[T any](items []T) {
	for _, item := range items {
		fmt.Println(item)
	}
}
