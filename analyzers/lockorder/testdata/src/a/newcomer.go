package a

import "sync"

// A function lists what its callers have just made, and takes its lock before
// anybody can get it off the list.

type mockNet struct {
	mu    sync.Mutex
	conns map[*mockConn]bool
}

type mockConn struct {
	notify sync.Mutex
	net    *mockNet
}

func newMockConn(n *mockNet) *mockConn { return &mockConn{net: n} }

func (n *mockNet) open() *mockConn {
	c := newMockConn(n)
	n.okList(c)
	return c
}

// After addConnPair of libp2p's mock network.
func (n *mockNet) okList(c *mockConn) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.conns[c] = true
	c.notify.Lock()
	c.notify.Unlock()
}

func (c *mockConn) close() {
	c.notify.Lock()
	defer c.notify.Unlock()
	c.net.mu.Lock()
	defer c.net.mu.Unlock()
	delete(c.net.conns, c)
}

// The same after it has been on the list for a while.

type busNet struct {
	mu    sync.Mutex
	conns map[*busConn]bool
}

type busConn struct {
	notify sync.Mutex
	net    *busNet
}

func (n *busNet) open() *busConn {
	c := &busConn{net: n}
	n.badList(c)
	return c
}

func (n *busNet) badList(c *busConn) {
	n.mu.Lock()
	n.conns[c] = true
	n.mu.Unlock()
	n.mu.Lock()
	c.notify.Lock() // want `badList locks busConn.notify .* holding busNet.mu`
	c.notify.Unlock()
	n.mu.Unlock()
}

func (c *busConn) close() {
	c.notify.Lock()
	defer c.notify.Unlock()
	c.net.mu.Lock()
	defer c.net.mu.Unlock()
	delete(c.net.conns, c)
}

// The same where one of the callers gives it one that others know.

type railNet struct {
	mu    sync.Mutex
	conns map[*railConn]bool
	last  *railConn
}

type railConn struct {
	notify sync.Mutex
	net    *railNet
}

func (n *railNet) open() *railConn {
	c := &railConn{net: n}
	n.badAgain(c)
	return c
}

func (n *railNet) reopen() { n.badAgain(n.last) }

func (n *railNet) badAgain(c *railConn) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.conns[c] = true
	c.notify.Lock() // want `badAgain locks railConn.notify .* holding railNet.mu`
	c.notify.Unlock()
}

func (c *railConn) close() {
	c.notify.Lock()
	defer c.notify.Unlock()
	c.net.mu.Lock()
	defer c.net.mu.Unlock()
	delete(c.net.conns, c)
}
