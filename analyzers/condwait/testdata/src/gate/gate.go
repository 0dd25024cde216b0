// Package gate has a condition that its users may signal.
package gate

import "sync"

// A Gate opens.
type Gate struct {
	Cond   *sync.Cond
	Open   bool
	Inside int
	shut   *sync.Cond
}

// New returns a gate that is shut.
func New() *Gate {
	return &Gate{Cond: sync.NewCond(&sync.Mutex{}), shut: sync.NewCond(&sync.Mutex{})}
}

func (g *Gate) okPass() {
	g.Cond.L.Lock()
	for !g.Open {
		g.Cond.Wait()
	}
	g.Cond.L.Unlock()
}

func (g *Gate) badShut() {
	g.shut.L.Lock()
	for g.Open {
		g.shut.Wait() // want `g.shut.Wait never returns`
	}
	g.shut.L.Unlock()
}
