package a

import "sync"

type transport struct {
	mu     sync.Mutex
	awake  chan struct{}
	active []int
}

// Whether somebody has to be woken is asked by both, of the same state under
// the same lock (grpc/grpc-go#1460, as repaired).
func okShared() {
	t := &transport{awake: make(chan struct{}, 1)}
	go t.keepalive()
	go t.newStream()
}

func (t *transport) keepalive() {
	t.mu.Lock()
	if len(t.active) < 1 {
		t.mu.Unlock()
		<-t.awake
		t.mu.Lock()
	}
	t.mu.Unlock()
}

func (t *transport) newStream() {
	t.mu.Lock()
	t.active = append(t.active, 1)
	if len(t.active) == 1 {
		t.awake <- struct{}{}
	}
	t.mu.Unlock()
}

// Who leaves by other state than what the receiver asks for leaves it behind.
func badShared(failed bool) {
	ch := make(chan int)
	n := compute()
	go func() {
		if n > 1 {
			<-ch // want `this receive from ch blocks for ever when badShared leaves early, without a send`
		}
	}()
	if failed {
		return
	}
	ch <- n
}
