// Package chains locks again at the end of chains of calls that have conditions.
package chains

import "sync"

type client struct {
	mu  sync.Mutex
	key *int
	id  string
}

// post signs with the client's key, and its id, if it is given no other. (As in
// golang.org/x/crypto/acme.)
func (c *client) post(key *int, body string) string {
	if key == nil {
		if c.key == nil {
			return ""
		}
		return c.account() + body
	}
	return body
}

func (c *client) account() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.id
}

func (c *client) okRegister() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.id = c.post(c.key, "new")
}

func (c *client) badRegister() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.id = c.post(nil, "new") // want `badRegister calls post .*, which calls account .*, which locks c.mu again`
}

type cache struct {
	mu     sync.Mutex
	buffer chan int
	on     bool
}

// okSet has room: each step has reasons of its own to go on. (As in
// maypok86/otter.)
func (c *cache) okSet() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.set(1)
}

func (c *cache) set(n int)     { c.put(n) }
func (c *cache) put(n int)     { c.publish(n) }
func (c *cache) publish(n int) { c.after(n) }
func (c *cache) after(n int) {
	if c.on {
		c.task(n)
	}
}

func (c *cache) task(n int) {
	select {
	case c.buffer <- n:
		return
	default:
	}
	c.clean()
}

func (c *cache) clean() {
	if len(c.buffer) > 0 {
		c.reset()
	}
}

func (c *cache) reset() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.on = false
}

type deep struct {
	mu sync.Mutex
	n  int
}

// A chain without conditions is as sure as it is long.
func (d *deep) badDeep() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.one() // want `badDeep calls one .*, which locks d.mu again`
}

func (d *deep) one()   { d.two() }
func (d *deep) two()   { d.three() }
func (d *deep) three() { d.four() }
func (d *deep) four()  { d.five() }
func (d *deep) five()  { d.six() }
func (d *deep) six() {
	d.mu.Lock()
	d.n++
	d.mu.Unlock()
}
