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
