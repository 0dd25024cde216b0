// Package number has constant counts, right and wrong.
package number

import (
	"fmt"
	"sync"

	"fixture/pool"
)

func work(i int) { fmt.Println(i) }

func badOffByOne() {
	var wg sync.WaitGroup
	wg.Add(10) // want `wg.Add counts 10 but 11 goroutines call Done: wg.Wait does not wait for all, and Done panics`
	for i := 0; i <= 10; i++ {
		go func() {
			defer wg.Done()
			work(i)
		}()
	}
	wg.Wait()
}

func badTooMany() {
	const n = 4
	var wg sync.WaitGroup
	wg.Add(n + 1) // want `wg.Add counts 5 but only 4 goroutines call Done: wg.Wait never returns`
	for i := range n {
		go func() {
			work(i)
			wg.Done()
		}()
	}
	wg.Wait()
}

func worker(i int, wg *sync.WaitGroup) {
	defer wg.Done()
	work(i)
}

func badTwo() {
	var wg sync.WaitGroup
	wg.Add(1) // want `wg.Add counts 1 but 2 goroutines call Done`
	go worker(1, &wg)
	go worker(2, &wg)
	wg.Wait()
}

func badTable() {
	var wg sync.WaitGroup
	jobs := []int{1, 2, 3}
	wg.Add(2) // want `wg.Add counts 2 but 3 goroutines call Done`
	for _, j := range jobs {
		go worker(j, &wg)
	}
	wg.Wait()
}

func badCloser() chan int {
	var wg sync.WaitGroup
	out := make(chan int, 3)
	wg.Add(3) // want `wg.Add counts 3 but only 2 goroutines call Done`
	for i := 0; i < 2; i++ {
		go func() {
			defer wg.Done()
			out <- i
		}()
	}
	go func() {
		wg.Wait()
		close(out)
	}()
	return out
}

var wg sync.WaitGroup

func badGlobal() {
	wg.Add(2) // want `wg.Add counts 2 but 3 goroutines call Done`
	for i := 3; i > 0; i-- {
		go func() {
			defer wg.Done()
			work(i)
		}()
	}
	wg.Wait()
}

func badRounds() {
	var wg sync.WaitGroup
	for range 3 {
		wg.Add(3) // want `wg.Add counts 3 but only 2 goroutines call Done`
		for i := range 2 {
			go worker(i, &wg)
		}
		wg.Wait()
	}
}

func badOtherPackage() {
	var wg sync.WaitGroup
	wg.Add(1) // want `wg.Add counts 1 but 2 goroutines call Done`
	go pool.Work(&wg)
	go pool.Work(&wg)
	wg.Wait()
}

func okOtherPackage() {
	var wg sync.WaitGroup
	wg.Add(2)
	go pool.Work(&wg)
	go pool.Work(&wg)
	wg.Wait()
}

func okEqual() {
	const n = 8
	var wg sync.WaitGroup
	wg.Add(n)
	for i := 0; i < n; i++ {
		go worker(i, &wg)
	}
	wg.Wait()
}

func okRounds() {
	var wg sync.WaitGroup
	for range 3 {
		wg.Add(2)
		for i := range 2 {
			go worker(i, &wg)
		}
		wg.Wait()
	}
}

func okTwoPhases() {
	var wg sync.WaitGroup
	wg.Add(2)
	go worker(1, &wg)
	go worker(2, &wg)
	wg.Wait()
	wg.Add(1)
	go worker(3, &wg)
	wg.Wait()
}

// All wait until all have come so far.
func okBarrier() {
	const n = 10
	var wg, barrier sync.WaitGroup
	wg.Add(n)
	barrier.Add(n)
	for i := range n {
		go func() {
			defer wg.Done()
			work(i)
			barrier.Done()
			barrier.Wait()
			work(i)
		}()
	}
	wg.Wait()
}

func okBreak(stop func(int) bool) {
	var wg sync.WaitGroup
	for i := 0; i <= 10; i++ {
		if stop(i) {
			break
		}
		wg.Add(1)
		go worker(i, &wg)
	}
	wg.Wait()
}

// The parent takes a share.
func okParentDone() {
	var wg sync.WaitGroup
	wg.Add(3)
	for i := range 2 {
		go worker(i, &wg)
	}
	work(2)
	wg.Done()
	wg.Wait()
}

func okItems() {
	var wg sync.WaitGroup
	jobs := make(chan int, 8)
	wg.Add(8)
	for range 2 {
		go func() {
			for j := range jobs {
				work(j)
				wg.Done()
			}
		}()
	}
	for i := range 8 {
		jobs <- i
	}
	wg.Wait()
	close(jobs)
}

func okMixed() {
	var wg sync.WaitGroup
	wg.Add(1)
	go worker(1, &wg)
	wg.Go(func() { work(2) })
	wg.Wait()
}

func fnVariableCount(items []int) {
	var wg sync.WaitGroup
	wg.Add(len(items) + 1)
	for _, i := range items {
		go worker(i, &wg)
	}
	wg.Wait()
}
