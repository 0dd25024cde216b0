// Package early has calls of Done before the goroutine is done.
package early

import "sync"

func use(...any) {}

// badBefore counts down before it has the result.
func badBefore() int {
	var wg sync.WaitGroup
	n := 0
	wg.Add(1)
	go func() {
		wg.Done() // want "wg.Done comes before n is written: wg.Wait returns while the goroutine is still at it"
		n = 1
	}()
	wg.Wait()
	return n
}

func work(wg *sync.WaitGroup) int {
	defer wg.Done()
	return 1
}

// callee has the callee count down, and stores what it returns.
func callee() map[string]int {
	var wg sync.WaitGroup
	results := map[string]int{}
	wg.Add(1)
	go func() {
		results["a"] = count(&wg)
	}()
	wg.Wait()
	use(results["a"])
	return results
}

func count(wg *sync.WaitGroup) int {
	defer badCount(wg)
	return 1
}

func badCount(wg *sync.WaitGroup) {
	wg.Done() // want "wg.Done comes before results is updated: wg.Wait returns"
}

// badOrder defers in the wrong order: Done comes first.
func badOrder() error {
	var wg sync.WaitGroup
	var err error
	wg.Add(1)
	go func() {
		defer func() {
			err = nil
		}()
		defer wg.Done() // want "wg.Done comes before err is written: wg.Wait returns"
	}()
	wg.Wait()
	return err
}

// badMany is early in each of many.
func badMany(xs []int) []int {
	var wg sync.WaitGroup
	out := make([]int, len(xs))
	for i, x := range xs {
		wg.Add(1)
		go func() {
			wg.Done() // want "wg.Done comes before .* is written: wg.Wait returns"
			out[i] = x
		}()
	}
	wg.Wait()
	for _, o := range out {
		use(o)
	}
	return out
}

// okLast counts down when all is done.
func okLast() int {
	var wg sync.WaitGroup
	n := 0
	wg.Add(1)
	go func() {
		n = 1
		wg.Done()
	}()
	wg.Wait()
	return n
}

// okCallee waits for the caller's store by other means.
func okCallee() int {
	var wg sync.WaitGroup
	var mu sync.Mutex
	n := 0
	wg.Add(1)
	go func() {
		m := work(&wg)
		mu.Lock()
		n = m
		mu.Unlock()
	}()
	wg.Wait()
	mu.Lock()
	defer mu.Unlock()
	return n
}

// okOrder defers in the right order.
func okOrder() error {
	var wg sync.WaitGroup
	var err error
	wg.Add(1)
	go func() {
		defer wg.Done()
		defer func() { err = nil }()
	}()
	wg.Wait()
	return err
}

// okOther has another way to know.
func okOther() int {
	var wg sync.WaitGroup
	done := make(chan bool)
	n := 0
	wg.Add(1)
	go func() {
		wg.Done()
		n = 1
		close(done)
	}()
	wg.Wait()
	<-done
	return n
}

// okNothing has nothing left to do.
func okNothing() int {
	var wg sync.WaitGroup
	n := 0
	wg.Add(1)
	go func() {
		n = 1
		wg.Done()
		m := 2
		use(m)
	}()
	wg.Wait()
	return n
}
