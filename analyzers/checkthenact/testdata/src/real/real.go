// Package real has the kernels of reported lost updates, rewritten, and what
// fixed them.
package real

import (
	"sync"
	"sync/atomic"
)

// A controller counts what its workers have checked, and where the next
// milestone is (Z3NTL3/ProxyBeast#20).
type controller struct {
	checked atomic.Int64
	wg      sync.WaitGroup
}

func (c *controller) badDone() {
	defer c.wg.Done()
	n := c.checked.Load()
	c.checked.Store(n + 1) // want "a goroutine that all starts stores in c.checked what it computes from an earlier load while another atomically writes it"
}

func (c *controller) all(proxies []string) int64 {
	for range proxies {
		c.wg.Add(1)
		go c.badDone()
	}
	c.wg.Wait()
	return c.checked.Load()
}

func (c *controller) okDone() {
	defer c.wg.Done()
	c.checked.Add(1)
}

func (c *controller) allRight(proxies []string) int64 {
	for range proxies {
		c.wg.Add(1)
		go c.okDone()
	}
	c.wg.Wait()
	return c.checked.Load()
}

// badCount counts requests in an entry of a map for concurrent use
// (SaveTheRbtz/generic-sync-map-go#1).
func badCount(urls []string) {
	var counts sync.Map
	var wg sync.WaitGroup
	for range urls {
		wg.Add(1)
		go func() {
			defer wg.Done()
			v, _ := counts.Load("all")
			n, _ := v.(int)
			counts.Store("all", n+1) // want "stores in counts what it computes from an earlier load while another stores to it"
		}()
	}
	wg.Wait()
}

// okCount keeps a counter in the entry.
func okCount(urls []string) {
	var counts sync.Map
	var wg sync.WaitGroup
	for range urls {
		wg.Add(1)
		go func() {
			defer wg.Done()
			v, _ := counts.LoadOrStore("all", new(atomic.Int64))
			v.(*atomic.Int64).Add(1)
		}()
	}
	wg.Wait()
}
