package count

import "sync"

type copier struct{ wg *sync.WaitGroup }

func (c copier) there() { defer c.wg.Done() }
func (c copier) back()  { defer c.wg.Done() }

// What is copied with the receiver is a pointer (caddyserver/caddy).
func okPointerInCopy() {
	wg := &sync.WaitGroup{}
	c := copier{wg: wg}
	wg.Add(2)
	go c.there()
	go c.back()
	wg.Wait()
}

type holder struct{ wg sync.WaitGroup }

func (h holder) badRun() {
	defer h.wg.Done() // want `h.wg.Done counts down a copy`
}

func copied() {
	h := &holder{}
	h.wg.Add(1)
	go h.badRun()
	h.wg.Wait()
}
