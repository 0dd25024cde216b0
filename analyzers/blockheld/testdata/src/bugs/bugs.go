// Package bugs has deadlocks of known programs, each with its repair.
package bugs

import (
	"sync"
	"time"
)

// As in kubernetes/kubernetes#10182: the loop that takes the updates takes the
// lock for each, and who sends them holds it.
type badStatus struct {
	mu      sync.RWMutex
	updates chan bool
	pods    map[string]bool
}

func newBadStatus() *badStatus { return &badStatus{updates: make(chan bool), pods: map[string]bool{}} }

func (s *badStatus) start() {
	go func() {
		for {
			s.syncOne()
		}
	}()
}

func (s *badStatus) syncOne() {
	<-s.updates
	s.forget("pod")
}

func (s *badStatus) forget(pod string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.pods, pod)
}

func (s *badStatus) set(pod string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.pods[pod] {
		s.pods[pod] = true
		s.updates <- true // want `set sends on s.updates, holding s.mu since bugs.go:\d+: syncOne, the only receiver, has to lock s.mu in between: both wait for ever`
	}
}

// Its repair: the loop does not wait for the lock itself.
type okStatus struct {
	mu      sync.RWMutex
	updates chan bool
	pods    map[string]bool
}

func newOkStatus() *okStatus { return &okStatus{updates: make(chan bool), pods: map[string]bool{}} }

func (s *okStatus) start() {
	go func() {
		for {
			s.syncOne()
		}
	}()
}

func (s *okStatus) syncOne() {
	<-s.updates
	go s.forget("pod")
}

func (s *okStatus) forget(pod string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.pods, pod)
}

func (s *okStatus) set(pod string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.pods[pod] {
		s.pods[pod] = true
		s.updates <- true
	}
}

// As in etcd-io/etcd#6873: stop waits, with the lock, for a loop that takes the
// lock for what is left.
type badWatches struct {
	mu      sync.Mutex
	updatec chan int
	donec   chan struct{}
}

func newBadWatches() *badWatches {
	w := &badWatches{updatec: make(chan int, 1), donec: make(chan struct{})}
	go func() {
		defer close(w.donec)
		for x := range w.updatec {
			w.coalesce(x)
		}
	}()
	return w
}

func (w *badWatches) coalesce(int) {
	w.mu.Lock()
	w.mu.Unlock()
}

func (w *badWatches) stop() {
	w.mu.Lock()
	defer w.mu.Unlock()
	close(w.updatec)
	<-w.donec // want `stop receives from w.donec, holding w.mu since bugs.go:\d+: the goroutine of bugs.go:\d+, the only closer, has to lock w.mu in between`
}

// Its repair.
type okWatches struct {
	mu      sync.Mutex
	updatec chan int
	donec   chan struct{}
}

func newOkWatches() *okWatches {
	w := &okWatches{updatec: make(chan int, 1), donec: make(chan struct{})}
	go func() {
		defer close(w.donec)
		for x := range w.updatec {
			w.coalesce(x)
		}
	}()
	return w
}

func (w *okWatches) coalesce(int) {
	w.mu.Lock()
	w.mu.Unlock()
}

func (w *okWatches) stop() {
	w.mu.Lock()
	close(w.updatec)
	w.mu.Unlock()
	<-w.donec
}

// As in grpc/grpc-go#1460: keepalive sleeps with the lock that newStream takes to
// wake it.
type badClient struct {
	mu      sync.Mutex
	awaken  chan struct{}
	streams []int
}

func newBadClient() *badClient { return &badClient{awaken: make(chan struct{})} }

func (t *badClient) keepalive() {
	t.mu.Lock()
	if len(t.streams) < 1 {
		<-t.awaken // want `keepalive receives from t.awaken, holding t.mu since bugs.go:\d+: newStream, the only sender, does so under t.mu`
	}
	t.mu.Unlock()
}

func (t *badClient) newStream() {
	t.mu.Lock()
	t.streams = append(t.streams, 1)
	if len(t.streams) == 1 {
		select {
		case t.awaken <- struct{}{}:
		default:
		}
	}
	t.mu.Unlock()
}

// Its repair.
type okClient struct {
	mu      sync.Mutex
	awaken  chan struct{}
	streams []int
}

func newOkClient() *okClient { return &okClient{awaken: make(chan struct{})} }

func (t *okClient) keepalive() {
	t.mu.Lock()
	if len(t.streams) < 1 {
		t.mu.Unlock()
		<-t.awaken
		return
	}
	t.mu.Unlock()
}

func (t *okClient) newStream() {
	t.mu.Lock()
	t.streams = append(t.streams, 1)
	if len(t.streams) == 1 {
		select {
		case t.awaken <- struct{}{}:
		default:
		}
	}
	t.mu.Unlock()
}

// As in moby/moby#28462: who stops the monitor of a container holds the container,
// for which the monitor waits between two looks at its channel.
type container struct {
	sync.Mutex
	health *health
}

type health struct{ stop chan struct{} }

func newContainer() *container { return &container{health: &health{make(chan struct{})}} }

func (c *container) watch() { go monitor(c, c.health.stop) }

func monitor(c *container, stop chan struct{}) {
	for {
		select {
		case <-stop:
			return
		default:
			probe(c)
		}
	}
}

func probe(c *container) {
	c.Lock()
	defer c.Unlock()
}

func badStateChanged(c *container) {
	c.Lock()
	defer c.Unlock()
	c.health.close() // want `badStateChanged calls close \(bugs.go:\d+\), which sends on h.stop \(bugs.go:\d+\), holding c since bugs.go:\d+: monitor, the only receiver, has to lock c in between: both wait for ever`
}

func (h *health) close() {
	if h.stop != nil {
		h.stop <- struct{}{}
	}
}

// Its repair: close does not wait.
type okContainer struct {
	sync.Mutex
	stop chan struct{}
}

func newOkContainer() *okContainer { return &okContainer{stop: make(chan struct{})} }

func (c *okContainer) watch() { go okMonitor(c, c.stop) }

func okMonitor(c *okContainer, stop chan struct{}) {
	for {
		select {
		case <-stop:
			return
		default:
			c.Lock()
			c.Unlock()
		}
	}
}

func (c *okContainer) stateChanged() {
	c.Lock()
	defer c.Unlock()
	close(c.stop)
}

// As in etcd-io/etcd#7492: the keeper's loop calls back for a lock that is held
// over sends to it.
type keeper struct {
	tokens map[string]time.Time
	add    chan string
	remove func(string)
}

func newKeeper(remove func(string)) *keeper {
	k := &keeper{tokens: map[string]time.Time{}, add: make(chan string, 1), remove: remove}
	go k.run()
	return k
}

func (k *keeper) run() {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case t := <-k.add:
			k.tokens[t] = time.Now()
		case <-tick.C:
			for t := range k.tokens {
				k.remove(t)
				delete(k.tokens, t)
			}
		}
	}
}

func (k *keeper) addToken(t string) { k.add <- t }

type badTokens struct {
	mu     sync.RWMutex
	keeper *keeper
	users  map[string]string
}

func (b *badTokens) enable() {
	b.keeper = newKeeper(func(t string) {
		b.mu.Lock()
		defer b.mu.Unlock()
		delete(b.users, t)
	})
}

func (b *badTokens) assign(user, t string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.users[t] = user
	b.keeper.addToken(t) // want `assign calls addToken \(bugs.go:\d+\), which sends on k.add \(bugs.go:\d+\), holding b.mu since bugs.go:\d+: run, the only receiver, has to lock b.mu in between`
}
