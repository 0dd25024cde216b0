// Package updates has loads of atomic values followed by stores of what is
// computed from them.
package updates

import (
	"maps"
	"sync"
	"sync/atomic"
)

func use(...any) {}

// badCounter: the updates of two workers can overlap.
func badCounter() int64 {
	var n atomic.Int64
	var wg sync.WaitGroup
	for range 10 {
		wg.Go(func() {
			n.Store(n.Load() + 1) // want "a goroutine that badCounter starts stores in n what it computes from an earlier load while another atomically writes it: what is stored between the two is lost"
		})
	}
	wg.Wait()
	return n.Load()
}

// badOldStyle uses the functions instead of the types.
func badOldStyle(ids []int64) {
	var sum int64
	for _, id := range ids {
		go func() {
			atomic.StoreInt64(&sum, atomic.LoadInt64(&sum)+(id)) // want "stores in sum what it computes"
		}()
	}
}

// badParentAdds: one side adds as it should.
func badParentAdds() {
	var n atomic.Int64
	go func() {
		v := n.Load()
		n.Store(v * 2) // want "the goroutine that badParentAdds starts stores in n what it computes from an earlier load while badParentAdds atomically writes it"
	}()
	n.Add(1)
}

type registry struct {
	mu    sync.Mutex
	names atomic.Pointer[map[string]int]
	value atomic.Value
}

// badCopyOnWrite copies and changes without a lock.
func (r *registry) badCopyOnWrite(name string) {
	next := map[string]int{}
	for k, v := range *r.names.Load() {
		next[k] = v
	}
	next[name] = 1
	r.names.Store(&next) // want "stores in r.names what it computes from an earlier load while another"
}

func fill(r *registry, names []string) {
	var wg sync.WaitGroup
	for _, n := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			r.badCopyOnWrite(n)
		}()
	}
	wg.Wait()
}

// badClone lets a library copy.
func (r *registry) badClone(name string) {
	old, _ := r.value.Load().(map[string]int)
	next := maps.Clone(old)
	next[name] = 1
	r.value.Store(next) // want "stores in r.value what it computes"
}

func fillClones(r *registry, names []string) {
	for _, n := range names {
		go r.badClone(n)
	}
}

// badMapEntry counts in one entry of a sync.Map.
func badMapEntry() {
	var m sync.Map
	for range 3 {
		go func() {
			v, _ := m.Load("n")
			n, _ := v.(int)
			m.Store("n", n+1) // want "stores in m what it computes from an earlier load while another stores to it"
		}()
	}
}

// badTwoLocks holds locks that do not help.
func badTwoLocks() {
	var a, b sync.Mutex
	var n atomic.Int64
	go func() {
		a.Lock()
		defer a.Unlock()
		n.Store(n.Load() + 1) // want "stores in n what it computes"
	}()
	b.Lock()
	n.Store(0)
	b.Unlock()
}

// okLocked holds a lock over both.
func (r *registry) okLocked(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	next := maps.Clone(*r.names.Load())
	next[name] = 1
	r.names.Store(&next)
}

func fillLocked(r *registry, names []string) {
	for _, n := range names {
		go r.okLocked(n)
	}
}

// okOneWriter is updated by one goroutine and read by many.
func okOneWriter(stop chan struct{}) {
	var n atomic.Int64
	go func() {
		for {
			select {
			case <-stop:
				return
			default:
				n.Store(n.Load() + 1)
			}
		}
	}()
	for range 3 {
		go func() { use(n.Load()) }()
	}
}

// okAdd is what the fix makes.
func okAdd() {
	var n atomic.Int64
	for range 3 {
		go func() { n.Add(1) }()
	}
}

// okCompareAndSwap tries again.
func okCompareAndSwap() {
	var n atomic.Int64
	for range 3 {
		go func() {
			for {
				old := n.Load()
				if n.CompareAndSwap(old, old*2) {
					return
				}
			}
		}()
	}
}

// okWaited updates when the others are gone.
func okWaited() {
	var n atomic.Int64
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() { n.Add(1) })
	}
	wg.Wait()
	n.Store(n.Load() * 2)
}

// okBefore updates when there are no others yet.
func okBefore() {
	var n atomic.Int64
	n.Store(n.Load() + 1)
	go func() { n.Add(1) }()
}

// okOwn has a variable for each goroutine.
func okOwn() {
	for range 3 {
		go func() {
			var n atomic.Int64
			n.Store(n.Load() + 1)
			use(n.Load())
		}()
	}
}

// okFresh stores what does not depend on the old value.
func okFresh(load func() int64) {
	var n atomic.Int64
	for range 3 {
		go func() {
			if n.Load() == 0 {
				n.Store(load())
			}
		}()
	}
}

// okChosen lets one of them update.
func okChosen() {
	var n atomic.Int64
	var once atomic.Bool
	for range 3 {
		go func() {
			if once.CompareAndSwap(false, true) {
				n.Store(n.Load() + 1)
			}
		}()
	}
}

// okKeys has an entry for each goroutine.
func okKeys(names []string) {
	var m sync.Map
	for _, name := range names {
		go func() {
			v, _ := m.Load(name)
			n, _ := v.(int)
			m.Store(name, n+1)
		}()
	}
}

// okToken takes turns by a channel.
func okToken() {
	var n atomic.Int64
	turn := make(chan struct{}, 1)
	for range 3 {
		go func() {
			turn <- struct{}{}
			n.Store(n.Load() + 1)
			<-turn
		}()
	}
}

// fnSplit loads in one function and stores in another.
func fnSplit() {
	var n atomic.Int64
	get := func() int64 { return n.Load() }
	for range 3 {
		go func() { n.Store(get() + 1) }()
	}
}
