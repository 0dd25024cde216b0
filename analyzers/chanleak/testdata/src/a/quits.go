package a

import (
	"sync/atomic"
	"time"
)

func ping(addr string) error {
	if addr == "" {
		return errEmpty
	}
	return nil
}

var errEmpty error

// The loop may be gone when it is told to stop.
type poller struct{ stop chan struct{} }

func newPoller() *poller {
	p := &poller{stop: make(chan struct{})}
	go p.run()
	return p
}

func (p *poller) run() {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-p.stop:
			return
		case <-tick.C:
			if err := ping("a"); err != nil {
				println(err.Error())
				return
			}
		}
	}
}

func (p *poller) badStop() {
	p.stop <- struct{}{} // want `send on p.stop blocks for ever once run, the only receiver, has returned by itself at an error`
}

// Who stops it asks first whether it runs.
type asked struct {
	stop chan struct{}
	ends atomic.Bool
}

func newAsked() *asked {
	p := &asked{stop: make(chan struct{})}
	go p.run()
	return p
}

func (p *asked) run() {
	defer p.ends.Store(true)
	for {
		select {
		case <-p.stop:
			return
		case <-time.After(time.Second):
			if ping("a") != nil {
				return
			}
		}
	}
}

func (p *asked) okStop() {
	if !p.ends.Load() {
		p.stop <- struct{}{}
	}
}

// It waits to be stopped, also after an error.
type patient struct{ stop chan struct{} }

func newPatient() *patient {
	p := &patient{stop: make(chan struct{})}
	go p.run()
	return p
}

func (p *patient) run() {
	for {
		select {
		case <-p.stop:
			return
		case <-time.After(time.Second):
			if ping("a") != nil {
				<-p.stop
				return
			}
		}
	}
}

func (p *patient) okStop() { p.stop <- struct{}{} }

// There is room for one.
type roomy struct{ stop chan struct{} }

func newRoomy() *roomy {
	p := &roomy{stop: make(chan struct{}, 1)}
	go p.run()
	return p
}

func (p *roomy) run() {
	for {
		select {
		case <-p.stop:
			return
		case <-time.After(time.Second):
			if ping("a") != nil {
				return
			}
		}
	}
}

func (p *roomy) okStop() { p.stop <- struct{}{} }

// It is started again when it has ended.
type restarted struct{ stop chan struct{} }

func newRestarted() *restarted {
	p := &restarted{stop: make(chan struct{})}
	go func() {
		for {
			p.run()
		}
	}()
	return p
}

func (p *restarted) run() {
	for {
		select {
		case <-p.stop:
			return
		case <-time.After(time.Second):
			if ping("a") != nil {
				return
			}
		}
	}
}

func (p *restarted) okStop() { p.stop <- struct{}{} }
