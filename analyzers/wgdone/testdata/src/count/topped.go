package count

import "sync"

// The first Done says that the goroutine runs, the second that it has ended, and
// each is added for. (As in go-redis's tests of subscriptions.)
func okTopped(work chan int) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		wg.Done()
		defer wg.Done()
		<-work
	}()
	wg.Wait()
	wg.Add(1)
	close(work)
	wg.Wait()
}
