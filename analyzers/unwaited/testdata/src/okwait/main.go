// Command okwait waits.
package main

import (
	"context"
	"fmt"
	"sync"
)

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var wg sync.WaitGroup
	defer wg.Wait()
	start(ctx, &wg)
	fmt.Println("started")
}

func start(ctx context.Context, wg *sync.WaitGroup) {
	for i := range 3 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			fmt.Println(i, ctx.Err())
		}()
	}
}
