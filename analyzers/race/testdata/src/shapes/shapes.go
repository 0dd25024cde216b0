// Package shapes has the shapes in which shared variables hide: captured errors
// and results, method values, deferred calls, bodies of iterators, pools,
// recursion and timers.
package shapes

import (
	"errors"
	"iter"
	"os"
	"slices"
	"sync"
	"time"
)

func use(...any) {}

// badErr shares err with its goroutine.
func badErr(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	go func() {
		_, err = f.Stat() // want "err is written by the goroutine that badErr starts while badErr reads it"
		use(err)
	}()
	return err
}

// badNamedReturn writes its result by return.
func badNamedReturn() (n int, err error) {
	go func() {
		n = 2 // want "n is written by the goroutine that badNamedReturn starts while badNamedReturn writes it"
	}()
	return 1, nil
}

// badNamedBare returns what its goroutine writes.
func badNamedBare() (n int) {
	go func() {
		n = 2 // want "n is written by the goroutine that badNamedBare starts while badNamedBare reads it"
	}()
	return
}

// badDeferredResult sets the result behind the return.
func badDeferredResult() (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = errors.New("panic") // want "err is written by badDeferredResult while the goroutine that badDeferredResult starts reads it"
		}
	}()
	go func() { use(err) }()
	use()
	panic("x")
}

type counter struct {
	n    int
	list []int
	mu   sync.Mutex
}

func (c *counter) badBump() {
	c.n++ // want "c.n is written by a goroutine that startValues starts while another writes it"
}

func run(fs ...func()) {}

// startValues starts a method value in a loop.
func startValues() {
	c := &counter{}
	bump := c.badBump
	for range 3 {
		go bump()
	}
}

func (c *counter) badStep() {
	c.n++ // want "c.n is written by a goroutine that startGroup starts while another writes it"
}

// startGroup gives it to a WaitGroup.
func startGroup() {
	c := &counter{}
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(c.badStep)
	}
	wg.Wait()
}

func (c counter) show() { use(c.n) }

// badValueReceiver copies the struct when it is called, in the goroutine.
func badValueReceiver(c *counter) {
	go func() { c.show() }()
	c.n = 1 // want "c.n is written by badValueReceiver while the goroutine that badValueReceiver starts reads"
}

// badRangeOver starts goroutines in the body of an iterator.
func badRangeOver(seq iter.Seq[int]) {
	sum := 0
	for x := range seq {
		go func() {
			sum += x // want "sum is written by a goroutine that badRangeOver starts while another writes it"
		}()
	}
}

// badRangeValues does so over a slice.
func badRangeValues(xs []int) {
	sum := 0
	for x := range slices.Values(xs) {
		go func() {
			sum += x // want "sum is written by a goroutine that badRangeValues starts while another writes it"
		}()
	}
}

func each(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

// badRangeOwn iterates with a function of the package.
func badRangeOwn() {
	sum := 0
	for x := range each(3) {
		go func() {
			sum += x // want "sum is written by a goroutine that badRangeOwn starts while another writes it"
		}()
	}
}

// okRangeWait waits in the body.
func okRangeWait(xs []int) {
	sum := 0
	for x := range slices.Values(xs) {
		done := make(chan bool)
		go func() {
			sum += x
			close(done)
		}()
		<-done
	}
	use(sum)
}

// okRangeAfter waits behind the loop.
func okRangeAfter(seq iter.Seq[int]) {
	sum := 0
	var mu sync.Mutex
	var wg sync.WaitGroup
	for x := range seq {
		wg.Go(func() {
			mu.Lock()
			defer mu.Unlock()
			sum += x
		})
	}
	wg.Wait()
	use(sum)
}

// badRangeBody changes in the body what the goroutine reads.
func badRangeBody(seq iter.Seq[int]) {
	last := 0
	go func() { use(last) }()
	for x := range seq {
		last = x // want "last is written by badRangeBody while the goroutine that badRangeBody starts reads it"
	}
}

// badPool has many workers of one channel that share a variable.
func badPool(jobs []int) int {
	in := make(chan int)
	best := 0
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for j := range in {
				if j > best {
					best = j // want "best is written by a goroutine that badPool starts while another writes it"
				}
			}
		}()
	}
	for _, j := range jobs {
		in <- j
	}
	close(in)
	wg.Wait()
	return best
}

type tree struct{ left, right *tree }

// badSpread counts in goroutines that start each other.
func badSpread(t *tree, total *int) {
	if t == nil {
		return
	}
	go badSpread(t.left, total)
	*total++ // want `\*total is written by the goroutine that badSpread starts while badSpread writes it`
}

// badWalk starts two of itself.
func badWalk(t *tree, seen map[*tree]bool, wg *sync.WaitGroup) {
	defer wg.Done()
	if t == nil {
		return
	}
	wg.Add(2)
	go badWalk(t.left, seen, wg)
	go badWalk(t.right, seen, wg)
	seen[t] = true // want "seen is updated by"
}

// badTimer has its function write what the caller reads.
func badTimer() bool {
	fired := false
	time.AfterFunc(time.Second, func() {
		fired = true // want "fired is written by the function that badTimer gives to time.AfterFunc while badTimer reads it"
	})
	time.Sleep(time.Second)
	return fired
}

// badHeader hands out the slice without the lock.
func badHeader(c *counter) []int {
	go func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.list = append(c.list, 1)
	}()
	return c.list // want "c.list is read by badHeader while the goroutine that badHeader starts appends to it: nothing orders the two, and only the other holds c.mu"
}

// badPanicPath writes on the way out of a panic.
func badPanicPath(f func() int) {
	state := "new"
	go func() {
		defer func() {
			if recover() != nil {
				state = "failed" // want "state is written by the goroutine that badPanicPath starts while badPanicPath writes it"
			}
		}()
		panic("x")
	}()
	state = "started"
	use(state)
}

// okErr waits for the goroutine first.
func okErr(f func() error) (err error) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		err = f()
	}()
	<-done
	return err
}

// okResult waits in a deferred call.
func okResult() (n int) {
	var wg sync.WaitGroup
	defer wg.Wait()
	wg.Go(func() { n = 1 })
	return
}

// okPool has an element for each worker.
func okPool(jobs []int) []int {
	out := make([]int, len(jobs))
	var wg sync.WaitGroup
	for i, j := range jobs {
		wg.Go(func() { out[i] = j * j })
	}
	wg.Wait()
	return out
}

// okValueCopy copies before the goroutine starts.
func okValueCopy(c *counter) {
	go c.show()
	use(c.n)
}

// okRangeOver has a variable for each body.
func okRangeOver(seq iter.Seq[int]) {
	for x := range seq {
		y := x
		go func() { y++ }()
	}
}

// okSpread waits for what it started.
func okSpread(t *tree) int {
	if t == nil {
		return 0
	}
	n := 0
	done := make(chan struct{})
	go func() {
		n = okSpread(t.left)
		close(done)
	}()
	m := okSpread(t.right)
	<-done
	return n + m + 1
}

// okTimer waits for the timer's function.
func okTimer() bool {
	fired := false
	done := make(chan bool)
	time.AfterFunc(time.Second, func() {
		fired = true
		close(done)
	})
	<-done
	return fired
}
