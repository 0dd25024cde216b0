package uses

import (
	"sync"

	"fixture/leaf"
)

type counter struct {
	mu sync.Mutex
	n  int
}

func (c *counter) fnLeaf() {
	c.mu.Lock()
	defer c.mu.Unlock()
	leaf.Each(3, func(i int) {
		c.mu.Lock()
		c.n += i
		c.mu.Unlock()
	})
}
