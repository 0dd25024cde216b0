// Package b opens gates of another package.
package b

import (
	"sync"

	"fixture/gate"
)

type keeper struct {
	mu sync.Mutex
	g  *gate.Gate
}

func okOpen(g *gate.Gate) {
	g.Cond.L.Lock()
	g.Open = true
	g.Cond.L.Unlock()
	g.Cond.Broadcast()
}

func badEnter(g *gate.Gate) {
	g.Cond.L.Lock()
	defer g.Cond.L.Unlock()
	if !g.Open {
		g.Cond.Wait() // want `g.Cond.Wait is not in a loop`
	}
	g.Inside++
}

// Whoever calls it may look again, as a queue's only reader does with an empty one.
func fnEnter(g *gate.Gate) bool {
	g.Cond.L.Lock()
	if g.Open {
		g.Cond.L.Unlock()
		return true
	}
	g.Cond.Wait()
	g.Cond.L.Unlock()
	return true
}
