// Package ticks ranges over tickers.
package ticks

import (
	"os"
	"sync"
	"time"
)

func work() { os.Remove("x") }

type checker struct {
	ticker *time.Ticker
	wg     sync.WaitGroup
	mu     sync.Mutex
	states map[string]int
}

// Stop is meant to end the goroutine. (As in InVisionApp/go-health#35, where the fix
// adds a channel that Stop closes.)
func (c *checker) badStart() {
	c.ticker = time.NewTicker(time.Second)
	go func() {
		for range c.ticker.C { // want `stopping the ticker does not close c.ticker.C: this range over it then waits for ever`
			c.check()
		}
	}()
}

func (c *checker) check() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.states["x"]++
}

func (c *checker) stop() { c.ticker.Stop() }

// A rate is sampled while something is measured. (As in showwin/speedtest-go#142.)
func badSample(measure func()) {
	ticker := time.NewTicker(time.Second)
	go func() {
		for range ticker.C { // want `stopping the ticker does not close ticker.C`
			work()
		}
	}()
	measure()
	ticker.Stop()
}

func okSample(measure func()) {
	ticker := time.NewTicker(time.Second)
	done := make(chan struct{})
	go func() {
		for {
			select {
			case <-ticker.C:
				work()
			case <-done:
				return
			}
		}
	}()
	measure()
	ticker.Stop()
	close(done)
}

func okLeaves(measure func() bool) {
	ticker := time.NewTicker(time.Second)
	go func() {
		for range ticker.C {
			if measure() {
				return
			}
		}
	}()
	ticker.Stop()
}

// The loop is not meant to end.
func okOwn() {
	go func() {
		ticker := time.NewTicker(time.Second)
		defer ticker.Stop()
		for range ticker.C {
			work()
		}
	}()
}

type pausing struct{ ticker *time.Ticker }

func newPausing() *pausing {
	p := &pausing{ticker: time.NewTicker(time.Second)}
	go p.okRun()
	return p
}

func (p *pausing) okRun() {
	for range p.ticker.C {
		work()
	}
}

func (p *pausing) pause()  { p.ticker.Stop() }
func (p *pausing) resume() { p.ticker.Reset(time.Second) }

// That what is behind the loop does not happen is not said.
func fnBehind(wg *sync.WaitGroup) {
	ticker := time.NewTicker(time.Second)
	for range ticker.C {
		work()
	}
	wg.Done()
}

func okTick() {
	for range time.Tick(time.Second) {
		work()
	}
}

// Who calls run is not known.
type runner struct{ ticker *time.Ticker }

func (r *runner) FnRun() {
	for range r.ticker.C {
		work()
	}
}

func (r *runner) Stop() { r.ticker.Stop() }
