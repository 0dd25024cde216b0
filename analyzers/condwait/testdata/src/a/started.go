package a

import "sync"

// A go statement can run Broadcast itself.
func okGoBroadcast() {
	c := sync.NewCond(&sync.Mutex{})
	c.L.Lock()
	go c.Broadcast()
	for range 1 {
		c.Wait()
	}
	c.L.Unlock()
}

func badGoBroadcastOfAnother() {
	c, other := sync.NewCond(&sync.Mutex{}), sync.NewCond(&sync.Mutex{})
	c.L.Lock()
	go other.Broadcast()
	c.Wait() // want `c.Wait never returns: nothing calls c.Signal or c.Broadcast`
	c.L.Unlock()
}

func okGoWait() {
	c := sync.NewCond(&sync.Mutex{})
	c.L.Lock()
	defer c.L.Unlock()
	go c.Wait()
	c.Broadcast()
}
