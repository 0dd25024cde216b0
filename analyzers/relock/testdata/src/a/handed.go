package a

import (
	"sync"
	"time"
)

type lessor struct {
	mu sync.Mutex
	cp func()
	n  int
}

func (le *lessor) checkpoint() {
	le.mu.Lock()
	defer le.mu.Unlock()
	le.n++
}

// What is deferred unlocks if nothing has before (etcd-io/etcd#10492).
func (le *lessor) okUnlockReplaced() {
	le.mu.Lock()
	unlock := le.mu.Unlock
	defer func() { unlock() }()
	if le.n > 0 {
		unlock()
		unlock = func() {}
		le.checkpoint()
	}
}

type lease struct {
	mu sync.Mutex
	n  int
}

// A variable that is never assigned again is the method.
func (l *lease) badUnlockDeferred() {
	l.mu.Lock()
	unlock := l.mu.Unlock
	defer func() { unlock() }()
	l.renew() // want `badUnlockDeferred calls renew .*, which locks l.mu again`
}

func (l *lease) renew() {
	l.mu.Lock()
	l.n++
	l.mu.Unlock()
}

// Turnstiles: the second Lock waits for whoever unlocks.
func okUnlockLater() {
	var mu sync.Mutex
	mu.Lock()
	time.AfterFunc(time.Second, mu.Unlock)
	mu.Lock()
	mu.Unlock()
}

func okGoUnlock() {
	var mu sync.Mutex
	mu.Lock()
	go mu.Unlock()
	mu.Lock()
	mu.Unlock()
}

type turnstile struct{ mu sync.Mutex }

func after(f func()) { go f() }

func (t *turnstile) okUnlockByCallee() {
	t.mu.Lock()
	after(t.mu.Unlock)
	t.mu.Lock()
	t.mu.Unlock()
}

type gateway struct{ mu sync.Mutex }

func (g *gateway) okUnlockSent(c chan func()) {
	g.mu.Lock()
	c <- g.mu.Unlock
	g.mu.Lock()
	g.mu.Unlock()
}

// The goroutine gives up what its starter holds, and takes it again. (As in a
// test of prometheus' remote storage.)
func okGoTurns(stop chan bool) {
	var mu sync.Mutex
	mu.Lock()
	go func() {
		for {
			mu.Unlock()
			mu.Lock()
			select {
			case stop <- true:
				return
			default:
			}
		}
	}()
	for range 3 {
		mu.Lock()
		mu.Unlock()
	}
	<-stop
}
