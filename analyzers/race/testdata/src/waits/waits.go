// Package waits has accesses that WaitGroups, errgroups, Once and Cond order.
package waits

import (
	"context"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

func use(...any) {}

// okDoneEarly says Done before it is: wgdone reports that.
func okDoneEarly() {
	var wg sync.WaitGroup
	n := 0
	wg.Add(1)
	go func() {
		wg.Done()
		n = 1
	}()
	wg.Wait()
	use(n)
}

// badNotCounted is not waited for.
func badNotCounted() {
	var wg sync.WaitGroup
	n := 0
	wg.Add(1)
	go func() { defer wg.Done() }()
	go func() {
		n = 1 // want "n is written by the goroutine that badNotCounted starts while badNotCounted reads it"
	}()
	wg.Wait()
	use(n)
}

func badBeforeWait() {
	var wg sync.WaitGroup
	n := 0
	wg.Go(func() {
		n = 1 // want "n is written by the goroutine that badBeforeWait starts while badBeforeWait reads it"
	})
	use(n)
	wg.Wait()
}

// badGroup has the goroutines of an errgroup share a variable.
func badGroup(items []string) error {
	var g errgroup.Group
	longest := ""
	for _, it := range items {
		g.Go(func() error {
			if len(it) > 3 {
				longest = it // want "longest is written by a goroutine that badGroup starts while another writes it"
			}
			return nil
		})
	}
	err := g.Wait()
	use(longest)
	return err
}

func badTimer() {
	n := 0
	time.AfterFunc(time.Second, func() {
		n = 1 // want "n is written by the function that badTimer gives to time.AfterFunc while badTimer reads it"
	})
	use(n)
}

func okWait() {
	var wg sync.WaitGroup
	n := 0
	wg.Add(1)
	go func() {
		defer wg.Done()
		n = 1
	}()
	wg.Wait()
	use(n)
}

func okWGGo() {
	var wg sync.WaitGroup
	n := 0
	wg.Go(func() { n = 1 })
	wg.Wait()
	use(n)
}

func okGroup(ctx context.Context) error {
	g, ctx := errgroup.WithContext(ctx)
	var a, b int
	g.Go(func() error { a = 1; return ctx.Err() })
	g.Go(func() error { b = 1; return nil })
	if err := g.Wait(); err != nil {
		return err
	}
	use(a, b)
	return nil
}

type pool struct {
	wg    sync.WaitGroup
	once  sync.Once
	state int
	conn  *int
}

// okElsewhere waits in another method.
func (p *pool) okElsewhere() {
	p.wg.Add(1)
	go p.work()
	p.close()
	use(p.state)
}

func (p *pool) work() {
	defer p.wg.Done()
	p.state = 1
}

func (p *pool) close() { p.wg.Wait() }

// okPassed waits for a WaitGroup that it is given.
func okPassed(wg *sync.WaitGroup) {
	n := 0
	wg.Add(1)
	go func() {
		n = 1
		wg.Done()
	}()
	wg.Wait()
	use(n)
}

// okOnce sets up once and reads behind it.
func (p *pool) okOnce() {
	for range 3 {
		go func() {
			p.once.Do(func() { p.conn = new(int) })
			use(p.conn)
		}()
	}
}

func okOnceFunc() {
	n := 0
	set := sync.OnceFunc(func() { n = 1 })
	for range 3 {
		go func() {
			set()
			use(n)
		}()
	}
}

func okCond() {
	var mu sync.Mutex
	c := sync.NewCond(&mu)
	ready, n := false, 0
	go func() {
		n = 1
		mu.Lock()
		ready = true
		mu.Unlock()
		c.Broadcast()
	}()
	mu.Lock()
	for !ready {
		c.Wait()
	}
	mu.Unlock()
	use(n)
}

func okContext() {
	ctx, cancel := context.WithCancel(context.Background())
	n := 0
	go func() {
		n = 1
		cancel()
	}()
	<-ctx.Done()
	use(n)
}

// okReuse counts again after it waited.
func okReuse() {
	var wg sync.WaitGroup
	n := 0
	for range 3 {
		wg.Add(1)
		go func() {
			n++
			wg.Done()
		}()
		wg.Wait()
	}
	use(n)
}

// okCloser closes the channel when all are done.
func okCloser(items []int) (sum int) {
	var wg sync.WaitGroup
	c := make(chan int)
	for _, it := range items {
		wg.Go(func() { c <- it })
	}
	go func() {
		wg.Wait()
		close(c)
	}()
	for x := range c {
		sum += x
	}
	return sum
}

// okStopped may have stopped the timer.
func okStopped() {
	n := 0
	t := time.AfterFunc(time.Second, func() { n = 1 })
	if t.Stop() {
		use(n)
	}
}
