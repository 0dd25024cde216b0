// Package signed has a WaitGroup that is counted down by adding less than zero.
package signed

import "sync"

// As in the event clock of k8s.io/apiserver.
type counter struct{ wg sync.WaitGroup }

func (c *counter) add(delta int) { c.wg.Add(delta) }

func (c *counter) okWait() { c.wg.Wait() }

func okCount(c *counter, f func()) {
	c.add(1)
	go func() {
		defer c.add(-1)
		f()
	}()
	c.okWait()
}
