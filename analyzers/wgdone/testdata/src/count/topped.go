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

type queue struct {
	wg sync.WaitGroup
	in chan int
}

func (q *queue) put(i int) {
	q.wg.Add(1)
	q.in <- i
}

// okForTwo is done with what was put as well. (As in the tests of
// certificate-transparency-go's fixchain.)
func okForTwo(items []int) {
	q := &queue{in: make(chan int)}
	for _, it := range items {
		q.wg.Add(1)
		go func() {
			defer q.wg.Done()
			work(<-q.in)
			q.wg.Done()
		}()
		q.put(it)
		q.wg.Wait()
	}
}
