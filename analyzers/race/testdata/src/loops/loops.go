// Package loops has goroutines that one statement starts many times.
package loops

import "sync"

func use(...any) {}

func badCounter(items []int) {
	n := 0
	for range items {
		go func() {
			n++ // want "n is written by a goroutine that badCounter starts while another writes it"
		}()
	}
}

func badShadowless(items []string) {
	var wg sync.WaitGroup
	var last string
	for _, it := range items {
		wg.Add(1)
		go func() {
			defer wg.Done()
			last = it // want "last is written by a goroutine that badShadowless starts while another writes it"
		}()
	}
	wg.Wait()
	use(last)
}

func badWGGo(items []string) (last string) {
	var wg sync.WaitGroup
	for _, it := range items {
		wg.Go(func() {
			last = it // want "last is written by a goroutine that badWGGo starts while another writes it"
		})
	}
	wg.Wait()
	return last
}

func startWorkers(items []string) {
	total := 0
	for _, it := range items {
		go badCount(&total, it)
	}
}

func badCount(total *int, s string) {
	*total += len(s) // want `\*total is written by a goroutine that startWorkers starts while another writes it`
}

// badLoopParent writes in the next round what the goroutine of this one reads.
func badLoopParent(items []string) {
	prev := ""
	for _, it := range items {
		go func() { use(prev) }()
		prev = it // want "prev is written by badLoopParent while a goroutine that badLoopParent starts reads it"
	}
}

// badOldLoopVar declares the variable outside of the loop.
func badOldLoopVar(items []string) {
	var it string
	for _, it = range items { // want "it is written by badOldLoopVar while a goroutine that badOldLoopVar starts reads it"
		go func() { use(it) }()
	}
}

func badRecursion(depth int) {
	hits := 0
	var walk func(int)
	walk = func(d int) {
		if d == 0 {
			return
		}
		hits++ // want "hits is written by"
		go walk(d - 1)
	}
	walk(depth)
	use(hits)
}

// okPerIteration has a variable for each round (Go 1.22).
func okPerIteration(items []string) {
	for i, it := range items {
		n := 0
		go func() {
			n++
			use(i, it, n)
		}()
	}
}

func okThreeClause() {
	for i := 0; i < 3; i++ {
		go func() { use(i) }()
	}
}

// okOnce loops exactly once.
func okOnce() {
	n := 0
	for i := 0; i < 1; i++ {
		go func() {
			n++
			use(n)
		}()
	}
}

// okNever loops not at all.
func okNever() {
	n := 0
	for i := 0; i < 0; i++ {
		go func() { n++ }()
	}
	use(n)
}

// okJoined waits in each round.
func okJoined(items []string) {
	total := 0
	for _, it := range items {
		done := make(chan struct{})
		go func() {
			total += len(it)
			close(done)
		}()
		<-done
	}
	use(total)
}

// okBreak leaves the loop with the goroutine it started.
func okBreak(items []string) {
	total := 0
	for _, it := range items {
		go func() {
			total += len(it)
			use(total)
		}()
		break
	}
}
