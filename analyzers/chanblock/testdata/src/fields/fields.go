package fields

import "sync"

// Nobody receives, so that distribute blocks with the lock held that who would
// close the channel needs. (kubernetes/kubernetes#1321)
type badMux struct {
	mu       sync.Mutex
	watchers map[int]*badWatcher
}

type badWatcher struct{ result chan int }

func (m *badMux) watch(id int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.watchers[id] = &badWatcher{result: make(chan int)}
}

func (m *badMux) distribute(v int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, w := range m.watchers {
		w.result <- v // want "send on w.result blocks for ever: nothing receives from it"
	}
}

func (m *badMux) stop(id int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if w, ok := m.watchers[id]; ok {
		delete(m.watchers, id)
		close(w.result)
	}
}

// Its users get the channel.
type okMux struct {
	mu       sync.Mutex
	watchers map[int]*okWatcher
}

type okWatcher struct{ result chan int }

func (w *okWatcher) Results() <-chan int { return w.result }

func (m *okMux) watch(id int) *okWatcher {
	m.mu.Lock()
	defer m.mu.Unlock()
	w := &okWatcher{result: make(chan int)}
	m.watchers[id] = w
	return w
}

func (m *okMux) distribute(v int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, w := range m.watchers {
		w.result <- v
	}
}

func (m *okMux) stop(id int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if w, ok := m.watchers[id]; ok {
		delete(m.watchers, id)
		close(w.result)
	}
}

// The loop that would receive is only closed down. (kubernetes/kubernetes#6632)
type badFramer struct {
	mu    sync.Mutex
	reset chan bool
	end   chan bool
}

func newBadFramer() *badFramer {
	f := &badFramer{reset: make(chan bool), end: make(chan bool)}
	go f.monitor()
	return f
}

func (f *badFramer) monitor() {
	<-f.end
	f.mu.Lock()
	close(f.reset)
	f.reset = nil
	f.mu.Unlock()
}

func (f *badFramer) write() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.reset != nil {
		f.reset <- true // want "send on f.reset blocks for ever: nothing receives from it"
	}
}

func (f *badFramer) stop() { close(f.end) }

// The fixed form receives.
type okFramer struct {
	mu    sync.Mutex
	reset chan bool
	end   chan bool
}

func newOkFramer() *okFramer {
	f := &okFramer{reset: make(chan bool), end: make(chan bool)}
	go f.monitor()
	return f
}

func (f *okFramer) monitor() {
	reset := f.reset
	for {
		select {
		case <-reset:
		case <-f.end:
			go func() {
				for range reset {
				}
			}()
			f.mu.Lock()
			close(f.reset)
			f.reset = nil
			f.mu.Unlock()
			return
		}
	}
}

func (f *okFramer) write() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.reset != nil {
		f.reset <- true
	}
}

func (f *okFramer) stop() { close(f.end) }

// A hook that only a test sets.
type okHook struct{ hook chan int }

func (h *okHook) run(v int) {
	if h.hook != nil {
		h.hook <- v
	}
}
