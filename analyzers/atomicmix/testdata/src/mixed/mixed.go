// Package mixed uses variables atomically and plainly.
package mixed

import (
	"sync"
	"sync/atomic"
)

func use(...any) {}

func badRead() {
	var n int64
	go func() {
		atomic.AddInt64(&n, 1)
	}()
	use(n) // want "n is read by badRead while the goroutine that badRead starts atomically writes it"
}

func badWrite() {
	var n uint32
	go func() {
		use(atomic.LoadUint32(&n))
	}()
	n = 1 // want "n is written by badWrite while the goroutine that badWrite starts atomically reads it"
}

func badIncrement() {
	var n int32
	for range 4 {
		go func() {
			atomic.AddInt32(&n, 1)
		}()
	}
	n++ // want "n is .* by badIncrement while"
}

type server struct {
	mu   sync.Mutex
	hits int64
}

// badField adds atomically in the workers and resets with an assignment.
func (s *server) badField() {
	go s.serve()
	s.hits = 0 // want "s.hits is written by badField while"
}

func (s *server) serve() { atomic.AddInt64(&s.hits, 1) }

// badOneLock locks on one side only.
func (s *server) badOneLock() {
	go s.serve()
	s.mu.Lock()
	use(s.hits) // want "s.hits is read by badOneLock while"
	s.mu.Unlock()
}

var total int64

func badGlobal() {

	go count()
	total = 0 // want "total is written by badGlobal while"
}

func count() { atomic.AddInt64(&total, 1) }

// badStop is the flag of a worker's loop, set plainly: the worker may never
// see it. In the manner of golang/go#35541.
func badStop() {
	var stop int32
	go func() {
		for atomic.LoadInt32(&stop) == 0 {
			use()
		}
	}()
	stop = 1 // want "stop is written by badStop while"
}

func okBefore() {
	var n int64
	n = 1
	go func() {
		atomic.AddInt64(&n, 1)
	}()
}

func okAfter() {
	var n int64
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			atomic.AddInt64(&n, 1)
		}()
	}
	wg.Wait()
	use(n)
}

func okBothAtomic() {
	var n int64
	go func() {
		atomic.AddInt64(&n, 1)
	}()
	use(atomic.LoadInt64(&n))
}

func okTyped() {
	var n atomic.Int64
	go func() {
		n.Add(1)
	}()
	use(n.Load())
}

func okReads() {
	var n int64 = 7
	go func() {
		use(atomic.LoadInt64(&n))
	}()
	use(n)
}

func okCommonLock() {
	var mu sync.Mutex
	var n int64
	go func() {
		mu.Lock()
		atomic.AddInt64(&n, 1)
		mu.Unlock()
	}()
	mu.Lock()
	use(n)
	mu.Unlock()
}

// okPublished reads plainly what an atomic flag says is ready.
func okPublished() {
	var ready, n int64
	go func() {
		atomic.AddInt64(&n, 1)
		atomic.StoreInt64(&ready, 1)
	}()
	if atomic.LoadInt64(&ready) == 1 {
		use(n)
	}
}

// fnMethods is not seen: no function starts both sides.
type fnMethods struct{ n int64 }

func (f *fnMethods) fnAdd() { atomic.AddInt64(&f.n, 1) }

func (f *fnMethods) fnGet() int64 { return f.n }
