// Package atomics has plain accesses around atomic operations.
package atomics

import (
	"sync"
	"sync/atomic"
)

func use(...any) {}

// badUnrelated has an atomic counter beside a plain variable.
func badUnrelated() {
	var hits atomic.Int64
	n := 0
	go func() {
		hits.Add(1)
		n = 1 // want "n is written by the goroutine that badUnrelated starts while badUnrelated reads it"
	}()
	use(n)
}

func okPublish() {
	var ready atomic.Bool
	n := 0
	go func() {
		n = 1
		ready.Store(true)
	}()
	for !ready.Load() {
	}
	use(n)
}

func okPointer(load func() map[string]int) {
	var conf atomic.Pointer[map[string]int]
	go func() {
		m := load()
		m["a"] = 1
		conf.Store(&m)
	}()
	if m := conf.Load(); m != nil {
		use((*m)["a"])
	}
}

// okCopyOnWrite replaces what others may read.
func okCopyOnWrite(v *atomic.Value, mu *sync.Mutex, keys []string) {
	for _, k := range keys {
		go func() {
			mu.Lock()
			defer mu.Unlock()
			old := v.Load().(map[string]int)
			m := make(map[string]int, len(old))
			for k, n := range old {
				m[k] = n
			}
			m[k] = 1
			v.Store(m)
		}()
	}
	use(v.Load().(map[string]int)["a"])
}

// okElected has one goroutine win.
func okElected() {
	var won atomic.Bool
	winner := 0
	use(&winner)
	for i := range 3 {
		go func() {
			if won.CompareAndSwap(false, true) {
				winner = i
			}
		}()
	}
}

func okSwapped() {
	var started atomic.Int32
	n := 0
	for range 3 {
		go func() {
			if started.Swap(1) == 0 {
				n++
			}
		}()
	}
}

func okLoadOrStore(m *sync.Map) {
	n := 0
	for range 3 {
		go func() {
			if _, loaded := m.LoadOrStore("k", 1); !loaded {
				n++
			}
		}()
	}
}

type limiter struct {
	mu   sync.Mutex
	used bool
}

func (l *limiter) take() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.used {
		return false
	}
	l.used = true
	return true
}

// okLimiter asks under a lock who may.
func okLimiter(l *limiter) {
	n := 0
	for range 3 {
		go func() {
			if l.take() {
				n++
			}
		}()
	}
}

// okDoubleChecked reads again under the lock.
type lazy struct {
	mu   sync.Mutex
	done atomic.Bool
	v    map[string]int
}

func (l *lazy) okDoubleChecked() {
	for range 3 {
		go func() {
			if !l.done.Load() {
				l.mu.Lock()
				if !l.done.Load() {
					l.v = map[string]int{}
					l.done.Store(true)
				}
				l.mu.Unlock()
			}
			use(l.v["a"])
		}()
	}
}

// okOldFunctions uses the functions on a plain integer.
func okOldFunctions() {
	var flag int32
	n := 0
	go func() {
		n = 1
		atomic.StoreInt32(&flag, 1)
	}()
	for atomic.LoadInt32(&flag) == 0 {
	}
	use(n)
}

type mode struct {
	off atomic.Bool
	n   int
}

func (m *mode) hit() {
	if m.off.Load() {
		return
	}
	m.n++
}

// okSwitchedOff never gets to the write.
func okSwitchedOff() {
	m := &mode{}
	m.off.Store(true)
	for range 3 {
		go m.hit()
	}
}

// badSwitchedOff switches too late.
func startHitOn() {
	m := &mode{}
	for range 3 {
		go m.badHitOn()
	}
	m.off.Store(true)
}

func (m *mode) badHitOn() {
	if m.off.Load() {
		return
	}
	m.n++ // want "m.n is written by a goroutine that startHitOn starts while another writes it"
}

// okStarted cleans up only if it did not start.
func okStarted(f func() error, s *mode) (err error) {
	started := false
	defer func() {
		if !started {
			s.n = 0
		}
	}()
	if err := f(); err != nil {
		return err
	}
	started = true
	go func() { s.n++ }()
	return nil
}

// okStartedAfter sets the flag behind the go statement.
func okStartedAfter(f func() error, s *mode) error {
	started := false
	if f() == nil {
		go func() { s.n++ }()
		started = true
	}
	if !started {
		s.n = 0
	}
	return nil
}
