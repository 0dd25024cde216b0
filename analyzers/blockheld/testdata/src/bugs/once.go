package bugs

import "sync"

type configStore struct{ handlers []func(int) }

func (m *configStore) run(events chan int) {
	for e := range events {
		for _, h := range m.handlers {
			h(e)
		}
	}
}

// One value is received, and there is room for it (istio/istio#16224, repaired
// by a buffer).
func okRoomForAll() {
	var mu sync.Mutex
	m, events, done := &configStore{}, make(chan int), make(chan bool, 1)
	m.handlers = append(m.handlers, func(int) {
		mu.Lock()
		defer mu.Unlock()
		done <- true
	})
	go m.run(events)
	events <- 1
	close(events)
	mu.Lock()
	mu.Unlock()
	<-done
}

func badNoRoom() {
	var mu sync.Mutex
	m, events, done := &configStore{}, make(chan int), make(chan bool)
	m.handlers = append(m.handlers, func(int) {
		mu.Lock()
		defer mu.Unlock()
		done <- true // want `sends on done, holding mu since`
	})
	go m.run(events)
	events <- 1
	close(events)
	mu.Lock()
	mu.Unlock()
	<-done
}

// What a go statement runs by itself needs no lock.
type dispatcher struct {
	mu   sync.Mutex
	wg   sync.WaitGroup
	quit chan struct{}
	jobs chan int
}

func (d *dispatcher) okGoClose() {
	d.quit = make(chan struct{})
	d.mu.Lock()
	defer d.mu.Unlock()
	go close(d.quit)
	<-d.quit
}

func (d *dispatcher) okGoDone() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.wg.Add(1)
	go d.wg.Done()
	d.wg.Wait()
}

func (d *dispatcher) badDispatch(job int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.jobs <- job // want `sends on d.jobs, holding d.mu since`
}

func badDispatcher() *dispatcher {
	d := &dispatcher{jobs: make(chan int)}
	go func() {
		for {
			d.mu.Lock()
			<-d.jobs // want `receives from d.jobs, holding d.mu since`
			d.mu.Unlock()
		}
	}()
	return d
}
