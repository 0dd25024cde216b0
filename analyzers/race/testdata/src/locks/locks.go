// Package locks has accesses under locks that do or do not keep them apart.
package locks

import "sync"

func use(...any) {}

func badOneSide() {
	var mu sync.Mutex
	n := 0
	go func() {
		mu.Lock()
		n++
		mu.Unlock()
	}()
	use(n) // want "n is read by badOneSide while the goroutine that badOneSide starts writes it: nothing orders the two, and only the other holds mu"
}

func badTwoLocks() {
	var a, b sync.Mutex
	n := 0
	go func() {
		a.Lock()
		defer a.Unlock()
		n++ // want "n is written by the goroutine that badTwoLocks starts while badTwoLocks reads it: nothing orders the two, and one holds a, the other b"
	}()
	b.Lock()
	use(n)
	b.Unlock()
}

func badAfterUnlock() {
	var mu sync.Mutex
	n := 0
	go func() {
		mu.Lock()
		mu.Unlock()
		n++ // want "n is written by the goroutine that badAfterUnlock starts while badAfterUnlock reads it: nothing orders the two, and only the other holds mu"
	}()
	mu.Lock()
	defer mu.Unlock()
	use(n)
}

// badBranch unlocks on one path only, and accesses behind both.
func badBranch(c bool) {
	var mu sync.Mutex
	n := 0
	go func() {
		mu.Lock()
		if c {
			mu.Unlock()
		}
		n++ // want "n is written by the goroutine that badBranch starts"
	}()
	mu.Lock()
	use(n)
	mu.Unlock()
}

type cache struct {
	mu sync.RWMutex
	m  map[string]int
	n  int
}

func (c *cache) badUnlocked() {
	go c.fill()
	use(c.m["a"]) // want "c.m is read by badUnlocked while the goroutine that badUnlocked starts updates it: nothing orders the two, and only the other holds c.mu"
}

func (c *cache) fill() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.m["a"] = 1
}

// badEmbedded uses the embedded lock on one side.
type guarded struct {
	sync.Mutex
	n int
}

func (g *guarded) badEmbedded() {
	go func() {
		g.Lock()
		defer g.Unlock()
		g.n++
	}()
	g.n = 0 // want "g.n is written by badEmbedded while the goroutine that badEmbedded starts writes it: nothing orders the two, and only the other holds g.Mutex"
}

func okMutex() {
	var mu sync.Mutex
	n := 0
	go func() {
		mu.Lock()
		defer mu.Unlock()
		n++
	}()
	mu.Lock()
	use(n)
	mu.Unlock()
}

func (c *cache) okMethods() {
	go c.fill()
	c.mu.RLock()
	defer c.mu.RUnlock()
	use(c.m["a"])
}

// okLocked is for callers that hold the lock.
func (c *cache) okCallerHolds() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.startLocked()
}

func (c *cache) startLocked() {
	go c.add()
	c.n++
}

func (c *cache) add() {
	c.mu.Lock()
	c.n++
	c.mu.Unlock()
}

// okWrapper locks in a method of its own.
func (c *cache) okWrapper() {
	go func() {
		c.lock()
		c.n++
		c.unlock()
	}()
	c.lock()
	c.n++
	c.unlock()
}

func (c *cache) lock()   { c.mu.Lock() }
func (c *cache) unlock() { c.mu.Unlock() }

// okHandOff gives the lock to the goroutine.
func okHandOff() {
	var mu sync.Mutex
	n := 0
	mu.Lock()
	n = 1
	go func() {
		n = 2
		mu.Unlock()
	}()
	mu.Lock()
	use(n)
	mu.Unlock()
}

// okFlag reads under the lock whether the other is done.
func okFlag() {
	var mu sync.Mutex
	done, n := false, 0
	go func() {
		n = 1
		mu.Lock()
		done = true
		mu.Unlock()
	}()
	for {
		mu.Lock()
		d := done
		mu.Unlock()
		if d {
			break
		}
	}
	use(n)
}

// okTry only writes if it has the lock.
func okTry() {
	var mu sync.Mutex
	n := 0
	go func() {
		if mu.TryLock() {
			n++
			mu.Unlock()
		}
	}()
	mu.Lock()
	use(n)
	mu.Unlock()
}

// okLocker locks through an interface.
func okLocker(l sync.Locker) {
	n := 0
	go func() {
		l.Lock()
		n++
		l.Unlock()
	}()
	l.Lock()
	use(n)
	l.Unlock()
}

// okMapOfLocks locks an element of a map of locks.
func okMapOfLocks(locks map[string]*sync.Mutex, k string) {
	n := 0
	go func() {
		locks[k].Lock()
		n++
		locks[k].Unlock()
	}()
	locks[k].Lock()
	use(n)
	locks[k].Unlock()
}

// badDoubleChecked looks without the lock first.
func badDoubleChecked(xs []int) int {
	best := 0
	var mu sync.Mutex
	var wg sync.WaitGroup
	for _, x := range xs {
		wg.Go(func() {
			if x > best { // want "best is read by a goroutine that badDoubleChecked starts while another writes it: nothing orders the two, and only the other holds mu"
				mu.Lock()
				if x > best {
					best = x
				}
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	return best
}

// okTurns has each wait for the one before.
func okTurns(xs []int) int {
	best := 0
	turn := make(chan bool, 1)
	for _, x := range xs {
		turn <- true
		go func() {
			if x > best {
				best = x
			}
			<-turn
		}()
	}
	turn <- true
	return best
}

// okJoinedTurns waits for each before it starts the next.
func okJoinedTurns(xs []int) int {
	best := 0
	for _, x := range xs {
		done := make(chan bool)
		go func() {
			if x > best {
				best = x
			}
			close(done)
		}()
		<-done
	}
	return best
}

// okWaitsFirst has each wait for its turn.
func okWaitsFirst(xs []int, turn chan bool) int {
	best := 0
	for _, x := range xs {
		go func() {
			<-turn
			if x > best {
				best = x
			}
			turn <- true
		}()
	}
	turn <- true
	return 0
}
