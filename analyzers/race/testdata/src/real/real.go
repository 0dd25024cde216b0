// Package real has the kernels of published races, rewritten.
package real

import (
	"sync"
	"time"
)

func use(...any) {}

// badRotate: the callback of an authenticator is set by every caller
// (kubernetes/kubernetes#80284).
type authenticator struct{ onRotate func() }

type dialer struct{}

func (*dialer) closeAll() {}

func (a *authenticator) badUpdate() {
	d := new(dialer)
	a.onRotate = d.closeAll // want "a.onRotate is written by a goroutine that updateTwice starts while another writes it"
}

func updateTwice() {
	var wg sync.WaitGroup
	a := &authenticator{}
	wg.Add(2)
	for range 2 {
		go func() {
			defer wg.Done()
			a.badUpdate()
		}()
	}
	wg.Wait()
}

// A test changes a package-level rate that a goroutine of another one still
// reads (etcd-io/etcd#8194).
var revokeRate = 1000

type lessor struct{ stop, done chan struct{} }

func (l *lessor) loop() {
	defer close(l.done)
	for range 10 {
		if revokeRate/2 < 1 {
			return
		}
		select {
		case <-time.After(time.Millisecond):
		case <-l.stop:
			return
		}
	}
}

func newLessor() *lessor {
	l := &lessor{}
	go l.loop()
	return l
}

func grant() { newLessor() }

func badPileup() {
	old := revokeRate
	defer func() { revokeRate = old }()
	revokeRate = 10 // want "revokeRate is written by the goroutine that tests starts while the goroutine that newLessor starts reads it"
}

func tests() {
	var wg sync.WaitGroup
	wg.Add(2)
	go func() {
		defer wg.Done()
		grant()
	}()
	go func() {
		defer wg.Done()
		badPileup()
	}()
	wg.Wait()
}

// A test shortens an interval while a server reads it
// (etcd-io/etcd#4876).
var reportInterval = 10 * time.Second

type stream struct{}

func (*stream) sendLoop() { use(time.NewTicker(reportInterval)) }

type watchServer struct{}

func (watchServer) watch() {
	s := stream{}
	go s.sendLoop()
}

func badShortened() {
	w := watchServer{}
	go func() {
		reportInterval = time.Second // want "reportInterval is written by the goroutine that badShortened starts while the goroutine that watch starts reads it"
	}()
	go w.watch()
}

// A recorder is called back by the goroutine of a cache and read by the test
// (istio/istio#8144).
type recorder struct{ calls int }

func (r *recorder) badCallback() {
	r.calls++ // want "r.calls is written by the goroutine that newCache starts while evicted reads it"
}

type cache struct {
	entries  sync.Map
	callback func()
}

func (c *cache) evict() {
	c.callback()
}

func newCache(callback func()) *cache {
	c := &cache{callback: callback}
	go c.evict()
	return c
}

func evicted() bool {
	r := &recorder{}
	c := newCache(r.badCallback)
	c.entries.Store(1, 1)
	return r.calls == 1
}

// A volume is changed by the test while the controller copies it
// (kubernetes/kubernetes#82239).
type volume struct{ notes map[string]string }

func (v *volume) clone() *volume {
	out := &volume{notes: map[string]string{}}
	for k, n := range v.notes {
		out.notes[k] = n
	}
	return out
}

type controller struct{ v *volume }

func (c *controller) run(stop <-chan struct{}) {
	for {
		select {
		case <-stop:
			return
		default:
		}
		use(c.v.clone())
	}
}

func badVolume() {
	v := &volume{notes: map[string]string{}}
	c := &controller{v: v}
	stop := make(chan struct{})
	go c.run(stop)
	v.notes["a"] = "b" // want "v.notes is updated by badVolume while the goroutine that badVolume starts reads it"
	close(stop)
}

// The timer is set while its own function may already use it
// (golang/go wiki, unprotected timer).
func badOwnTimer() {
	var t *time.Timer
	t = time.AfterFunc(time.Second, func() { // want "t is written by badOwnTimer while the function that badOwnTimer gives to time.AfterFunc reads it"
		t.Reset(time.Second)
	})
}

// The error of a deferred close is written beside the goroutine's
// (Uber's study of races, listing 3: named result).
func badNamed(f func() error) (result int, err error) {
	go func() {
		err = f() // want "err is written by the goroutine that badNamed starts while badNamed writes it"
	}()
	return 20, nil
}

// A counter of a plugin behind an interface is counted by parallel workers
// (kubernetes/kubernetes#81091).
type plugin interface{ filter() }

type countingPlugin struct{ n int }

func (p *countingPlugin) fnFilter() { p.n++ }
func (p *countingPlugin) filter()   { p.fnFilter() }

func parallelize(plugins []plugin) {
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			for _, p := range plugins {
				p.filter()
			}
		})
	}
	wg.Wait()
}

func filterAll() { parallelize([]plugin{&countingPlugin{}}) }

// The slice header is passed while others append to it under the lock
// (Uber's study of races, listing 5).
type results struct {
	mu  sync.Mutex
	all []string
}

func badHeader(ids []string) {
	var r results
	for _, id := range ids {
		go func(shared []string) {
			r.mu.Lock()
			r.all = append(r.all, id)
			r.mu.Unlock()
			use(shared)
		}(r.all) // want "r.all is read by badHeader while a goroutine that badHeader starts appends to it: nothing orders the two, and only the other holds r.mu"
	}
}
