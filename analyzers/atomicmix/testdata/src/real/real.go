// Package real has the kernels of published races of plain and atomic accesses,
// rewritten, and what fixed them.
package real

import (
	"math"
	"sync"
	"sync/atomic"
)

func use(...any) {}

// badAddFloat reads plainly what the same loop compares and swaps
// (Netflix/spectator-go#21).
func badAddFloat(addr *uint64, delta float64) {
	for {
		old := *addr // want `\*addr is read by a goroutine that sumUp starts while another atomically writes it`
		next := math.Float64bits(math.Float64frombits(old) + delta)
		if atomic.CompareAndSwapUint64(addr, old, next) {
			return
		}
	}
}

func sumUp(xs []float64) uint64 {
	var total uint64
	var wg sync.WaitGroup
	for _, x := range xs {
		wg.Add(1)
		go func() {
			defer wg.Done()
			badAddFloat(&total, x)
		}()
	}
	wg.Wait()
	return total
}

// okAddFloat loads it.
func okAddFloat(addr *uint64, delta float64) {
	for {
		old := atomic.LoadUint64(addr)
		next := math.Float64bits(math.Float64frombits(old) + delta)
		if atomic.CompareAndSwapUint64(addr, old, next) {
			return
		}
	}
}

func sumUpRight(xs []float64) uint64 {
	var total uint64
	var wg sync.WaitGroup
	for _, x := range xs {
		wg.Add(1)
		go func() {
			defer wg.Done()
			okAddFloat(&total, x)
		}()
	}
	wg.Wait()
	return total
}

// A gauge is set atomically by its users and read plainly by the goroutine that
// reports it (netlify/netlify-commons#260).
type gauge struct{ value int32 }

func (g *gauge) set(v int32) { atomic.StoreInt32(&g.value, v) }

func (g *gauge) badReport() {
	for range 10 {
		use(g.value) // want "g.value is read by the goroutine that reported starts while reported atomically writes it"
	}
}

func reported() {
	g := &gauge{}
	go g.badReport()
	g.set(1)
}

func (g *gauge) okReport() {
	for range 10 {
		use(atomic.LoadInt32(&g.value))
	}
}

func reportedRight() {
	g := &gauge{}
	go g.okReport()
	g.set(1)
}

// A counted reference is taken and dropped atomically, and looked at plainly
// (google/gxui#69).
type counted struct{ refs int32 }

func (c *counted) take()    { atomic.AddInt32(&c.refs, 1) }
func (c *counted) badLook() { use(c.refs) } // want "c.refs is read by lookedAt while the goroutine that lookedAt starts atomically writes it"

func lookedAt() {
	c := &counted{}
	go c.take()
	c.badLook()
}

func (c *counted) okLook() { use(atomic.LoadInt32(&c.refs)) }

func lookedAtRight() {
	c := &counted{}
	go c.take()
	c.okLook()
}
