// Package held has locks that are held over a Wait.
package held

import (
	"errors"
	"sync"

	"fixture/pool"
)

type cache struct {
	mu    sync.Mutex
	items map[string]int
}

func badLiteral(c *cache, keys []string) {
	var wg sync.WaitGroup
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, k := range keys {
		wg.Add(1)
		go func() {
			defer wg.Done()
			c.mu.Lock()
			c.items[k]++
			c.mu.Unlock()
		}()
	}
	wg.Wait() // want `c.mu is held over wg.Wait, but a goroutine that this waits for locks it before it is done: both wait for ever`
}

func (c *cache) bump(k string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.items[k]++
}

// The lock is taken in a method, on the path of errors only, and the goroutine
// is counted down by another package.
func badMethod(c *cache, keys []string) {
	var wg sync.WaitGroup
	c.mu.Lock()
	for _, k := range keys {
		wg.Add(1)
		go func() {
			defer pool.Finish(&wg)
			if err := check(k); err != nil {
				c.bump(k)
			}
		}()
	}
	wg.Wait() // want `c.mu is held over wg.Wait`
	c.mu.Unlock()
}

func check(k string) error {
	if k == "" {
		return errors.New("empty")
	}
	return nil
}

// A writer waits for readers to be done.
func badReaders(mu *sync.RWMutex, m map[string]int) {
	var wg sync.WaitGroup
	wg.Add(2)
	for range 2 {
		go func() {
			defer wg.Done()
			mu.RLock()
			defer mu.RUnlock()
			_ = m["a"]
		}()
	}
	mu.Lock()
	wg.Wait() // want `mu is held over wg.Wait`
	mu.Unlock()
}

func badOnce(wg *sync.WaitGroup) {
	var once sync.Once
	var started sync.WaitGroup
	once.Do(func() {
		started.Add(1)
		go func() {
			defer started.Done()
			once.Do(func() {})
		}()
		started.Wait() // want `once is held over started.Wait`
	})
}

func okReadBoth(mu *sync.RWMutex, m map[string]int) {
	var wg sync.WaitGroup
	mu.RLock()
	defer mu.RUnlock()
	wg.Add(1)
	go func() {
		defer wg.Done()
		mu.RLock()
		defer mu.RUnlock()
		_ = m["a"]
	}()
	wg.Wait()
}

func okUnlockedFirst(c *cache) {
	var wg sync.WaitGroup
	c.mu.Lock()
	wg.Add(1)
	go func() {
		defer wg.Done()
		c.bump("a")
	}()
	c.mu.Unlock()
	wg.Wait()
}

// The goroutine is done with the lock when it says so.
func okDoneFirst(c *cache) {
	var wg sync.WaitGroup
	wg.Add(1)
	c.mu.Lock()
	go func() {
		wg.Done()
		c.bump("a")
	}()
	wg.Wait()
	c.mu.Unlock()
}

func okOtherLock(c, d *cache) {
	var wg sync.WaitGroup
	c.mu.Lock()
	defer c.mu.Unlock()
	wg.Add(1)
	go func() {
		defer wg.Done()
		d.bump("a")
	}()
	wg.Wait()
}

func okTry(c *cache) {
	var wg sync.WaitGroup
	c.mu.Lock()
	defer c.mu.Unlock()
	wg.Add(1)
	go func() {
		defer wg.Done()
		if c.mu.TryLock() {
			c.mu.Unlock()
		}
	}()
	wg.Wait()
}

// The goroutine has had the lock when the parent takes it.
func okTold(c *cache) {
	var wg sync.WaitGroup
	had := make(chan struct{})
	wg.Add(1)
	go func() {
		defer wg.Done()
		c.bump("a")
		close(had)
	}()
	<-had
	c.mu.Lock()
	defer c.mu.Unlock()
	wg.Wait()
}

// The goroutine gives up the lock that its starter took.
func okHandedOver(c *cache) {
	var wg sync.WaitGroup
	c.mu.Lock()
	wg.Add(1)
	go func() {
		defer wg.Done()
		c.items["a"]++
		c.mu.Unlock()
		c.bump("b")
	}()
	wg.Wait()
}

// A third goroutine unlocks in time.
func okUnlockedByOther(mu *sync.Mutex) {
	var wg sync.WaitGroup
	mu.Lock()
	go func() { mu.Unlock() }()
	wg.Add(1)
	go func() {
		defer wg.Done()
		mu.Lock()
		mu.Unlock()
	}()
	wg.Wait()
}

// What waits is another goroutine, without the lock.
func okWaitsApart(c *cache, done chan struct{}) {
	var wg sync.WaitGroup
	c.mu.Lock()
	defer c.mu.Unlock()
	wg.Add(1)
	go func() {
		defer wg.Done()
		c.bump("a")
	}()
	go func() {
		wg.Wait()
		close(done)
	}()
}

// The lock is an element: it is not known to be the same.
func fnElement(mus []sync.Mutex, i int) {
	var wg sync.WaitGroup
	mus[i].Lock()
	defer mus[i].Unlock()
	wg.Add(1)
	go func() {
		defer wg.Done()
		mus[i].Lock()
		mus[i].Unlock()
	}()
	wg.Wait()
}
