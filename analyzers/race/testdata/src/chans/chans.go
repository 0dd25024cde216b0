// Package chans has accesses that channels do or do not order.
package chans

import "time"

func use(...any) {}

// badBuffered sends without waiting: the receive may come much later.
func badBuffered() {
	c := make(chan int, 1)
	n := 0
	go func() {
		<-c
		n = 1 // want "n is written by the goroutine that badBuffered starts while badBuffered reads it"
	}()
	c <- 1
	use(n)
}

// badOneOfTwo waits for one of two goroutines.
func badOneOfTwo() {
	c := make(chan bool)
	n := 0
	for range 2 {
		go func() {
			n++ // want "n is written by a goroutine that badOneOfTwo starts while badOneOfTwo reads it"
			c <- true
		}()
	}
	<-c
	use(n)
}

// badWrongChannel waits for the other goroutine.
func badWrongChannel() {
	c, d := make(chan bool), make(chan bool)
	n := 0
	go func() {
		n = 1 // want "n is written by the goroutine that badWrongChannel starts while badWrongChannel reads it"
		c <- true
	}()
	go func() { d <- true }()
	<-d
	use(n)
	<-c
}

// badAfterSend goes on after it told.
func badAfterSend() {
	c := make(chan bool)
	n := 0
	go func() {
		c <- true
		n = 1 // want "n is written by the goroutine that badAfterSend starts while badAfterSend reads it"
	}()
	<-c
	use(n)
}

// badSelect may take the other case.
func badSelect() {
	c, d := make(chan bool, 1), make(chan bool, 1)
	n := 0
	go func() {
		n = 1 // want "n is written by the goroutine that badSelect starts while badSelect reads it"
		c <- true
	}()
	d <- true
	select {
	case <-c:
	case <-d:
	}
	use(n)
}

// badDefault does not wait.
func badDefault() {
	c := make(chan bool)
	n := 0
	go func() {
		n = 1 // want "n is written by the goroutine that badDefault starts while badDefault reads it"
		close(c)
	}()
	select {
	case <-c:
	default:
	}
	use(n)
}

// badTwoTokens has a semaphore that lets two in.
func badTwoTokens(items []int) {
	sem := make(chan bool, 2)
	n := 0
	for range items {
		go func() {
			sem <- true
			n++ // want "n is written by a goroutine that badTwoTokens starts while another writes it"
			<-sem
		}()
	}
}

// badCloseOrdersReceives: a send is not ordered by close.
func badSleep() {
	n := 0
	go func() {
		n = 1 // want "n is written by the goroutine that badSleep starts while badSleep reads it"
	}()
	time.Sleep(time.Second)
	use(n)
}

func badTimeout() {
	c := make(chan bool)
	n := 0
	go func() {
		n = 1 // want "n is written by the goroutine that badTimeout starts while badTimeout reads it"
		close(c)
	}()
	select {
	case <-c:
	case <-time.After(time.Second):
	}
	use(n)
}

func okSend() {
	c := make(chan bool)
	n := 0
	go func() {
		n = 1
		c <- true
	}()
	<-c
	use(n)
}

func okClose() {
	c := make(chan struct{})
	n := 0
	go func() {
		defer close(c)
		n = 1
	}()
	<-c
	use(n)
}

// okRendezvous is ordered the other way: no buffer.
func okRendezvous() {
	c := make(chan bool)
	n := 0
	go func() {
		n = 1
		<-c
	}()
	c <- true
	use(n)
}

func okRangeUntilClosed(items []int) {
	c := make(chan int)
	n := 0
	go func() {
		defer close(c)
		for _, it := range items {
			n += it
			c <- it
		}
	}()
	for x := range c {
		use(x)
	}
	use(n)
}

func okCounted() {
	c := make(chan bool)
	var a, b int
	go func() { a = 1; c <- true }()
	go func() { b = 1; c <- true }()
	<-c
	<-c
	use(a, b)
}

func okCountedLoop() {
	c := make(chan bool)
	var res [4]int
	for i := range 4 {
		go func() {
			res[i] = i
			c <- true
		}()
	}
	for range 4 {
		<-c
	}
	use(res)
}

// okSameLength waits as often as it starts, though nobody knows how often.
func okSameLength(items []int) {
	c := make(chan bool)
	last := make([]int, 1)
	for range items {
		go func() { use(last[0]); c <- true }()
	}
	for range items {
		<-c
	}
	last[0] = 1
}

// okNested makes a channel for each test and waits for all of its own.
func okNested(tests []string) {
	for range tests {
		n, c := 0, make(chan bool)
		for range 3 {
			go func() { use(n); c <- true }()
		}
		for range 3 {
			<-c
		}
		n = 1
	}
}

// okEach waits for each of many, be it none.
func okEach(waits []chan bool) {
	n := 0
	go func() {
		n = 1
		for _, w := range waits {
			w <- true
		}
	}()
	for _, w := range waits {
		<-w
	}
	use(n)
}

// okMutexChannel is a lock with a channel of one slot.
func okMutexChannel() {
	sem := make(chan bool, 1)
	n := 0
	go func() {
		sem <- true
		n++
		<-sem
	}()
	sem <- true
	use(n)
	<-sem
}

// okField waits for a channel in a field, which anybody may close.
type job struct {
	done chan struct{}
	n    int
}

func (j *job) okField() {
	go func() {
		j.n = 1
		close(j.done)
	}()
	<-j.done
	use(j.n)
}

// okLoopOfJobs waits for the jobs of a slice one by one.
func okLoopOfJobs(jobs []*job) {
	total := 0
	go func() {
		for _, j := range jobs {
			total += j.n
			close(j.done)
		}
	}()
	for _, j := range jobs {
		<-j.done
	}
	use(total)
}

// okEventLoop has all state in one goroutine.
func okEventLoop(reqs chan func()) {
	state := map[string]int{}
	go func() {
		for f := range reqs {
			f()
		}
	}()
	reqs <- func() { state["a"]++ }
	reqs <- func() { state["b"]++ }
}

// okDoneOnly leaves when told, with what the other prepared.
func okDoneOnly(c chan int, stop chan struct{}) {
	n := 0
	go func() {
		n = 1
		close(stop)
	}()
	for {
		select {
		case x := <-c:
			use(x)
		case <-stop:
			use(n)
			return
		}
	}
}
