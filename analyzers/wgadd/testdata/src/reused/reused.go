// Package reused has WaitGroups that are used for one round after another.
package reused

import "sync"

func use(...any) {}

// badRounds: the helper of the last round may still be in Wait.
func badRounds(n int) {
	var wg sync.WaitGroup
	for range n {
		wg.Add(1) // want "wg is used again while wg.Wait of another goroutine may not have returned from the last round: that panics"
		go func() {
			use(1)
			wg.Done()
		}()
		go func() {
			wg.Wait()
			use("all done")
		}()
		wg.Wait()
	}
}

// badTwice does so without a loop.
func badTwice() {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		use(1)
	}()
	go func() {
		wg.Wait()
		use("closed")
	}()
	wg.Wait()
	wg.Add(1) // want "wg is used again while wg.Wait of another goroutine"
	go func() {
		defer wg.Done()
		use(2)
	}()
	wg.Wait()
}

// badProducer adds in a goroutine that nobody has counted.
func badProducer(jobs []int) {
	var wg sync.WaitGroup
	go func() {
		for _, j := range jobs {
			wg.Add(1) // want "wg.Add"
			go func() {
				defer wg.Done()
				use(j)
			}()
		}
	}()
	wg.Wait()
}

// okProducer is counted itself.
func okProducer(jobs []int) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		for _, j := range jobs {
			wg.Add(1)
			go func() {
				defer wg.Done()
				use(j)
			}()
		}
	}()
	wg.Wait()
}

// okJoined waits for the helper, too.
func okJoined(n int) {
	var wg sync.WaitGroup
	for range n {
		wg.Add(1)
		done := make(chan bool)
		go func() {
			use(1)
			wg.Done()
		}()
		go func() {
			wg.Wait()
			done <- true
		}()
		wg.Wait()
		<-done
	}
}

// okAlone waits by itself.
func okAlone(n int) {
	var wg sync.WaitGroup
	for range n {
		wg.Add(1)
		go func() {
			use(1)
			wg.Done()
		}()
		wg.Wait()
	}
}

// okOwn has a WaitGroup for each round.
func okOwn(n int) {
	for range n {
		var wg sync.WaitGroup
		wg.Add(1)
		go func() {
			use(1)
			wg.Done()
		}()
		go func() {
			wg.Wait()
			use("all done")
		}()
		wg.Wait()
	}
}

// okLater adds while the counter is up.
func okLater() {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		wg.Wait()
		use("all done")
	}()
	wg.Add(1)
	go func() { wg.Done() }()
	go func() { wg.Done() }()
	wg.Wait()
}
