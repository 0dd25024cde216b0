package a

import "sync"

type parent struct {
	mu   sync.Mutex
	kids []*kid
}

type kid struct {
	mu  sync.Mutex
	age int
}

func (p *parent) grow() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.kids = p.kids[:0]
}

func (p *parent) okAges() (n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, k := range p.kids {
		k.mu.Lock()
		n += k.age
		k.mu.Unlock()
	}
	return n
}

// One function holds a lock over many others, each of which is held elsewhere
// while that one is taken: one mistake. (As in mocks that counterfeiter makes.)

type mock struct {
	calls                  sync.RWMutex
	openMu, readMu, doneMu sync.RWMutex
	n                      int
}

func (m *mock) open() {
	m.openMu.Lock()
	m.record()
	m.openMu.Unlock()
}

func (m *mock) read() {
	m.readMu.Lock()
	m.record()
	m.readMu.Unlock()
}

func (m *mock) done() {
	m.doneMu.Lock()
	m.record()
	m.doneMu.Unlock()
}

func (m *mock) record() {
	m.calls.Lock()
	m.n++
	m.calls.Unlock()
}

func (m *mock) badCalls() int {
	m.calls.RLock()
	defer m.calls.RUnlock()
	m.openMu.RLock() // want `badCalls read-locks mock.openMu .* read-holding mock.calls, open calls record .*, which locks mock.calls`
	defer m.openMu.RUnlock()
	m.readMu.RLock()
	defer m.readMu.RUnlock()
	m.doneMu.RLock()
	defer m.doneMu.RUnlock()
	return m.n
}

// Objects of one type that different fields hold, each its own: two kinds of
// locks. (As in go-libp2p's resource manager.)

type scope struct {
	sync.Mutex
	n int
}

func newScope() *scope { return &scope{n: 1} }

func (s *scope) inc() {
	s.Lock()
	defer s.Unlock()
	s.n++
}

type scopes struct {
	mu    sync.Mutex
	peers map[string]*peerScope
}

type peerScope struct{ *scope }

type connScope struct {
	*scope
	all *scopes
}

func (s *scopes) newConn() *connScope { return &connScope{newScope(), s} }

func (s *scopes) okPeer(name string) *peerScope {
	s.mu.Lock()
	defer s.mu.Unlock()
	p, ok := s.peers[name]
	if !ok {
		p = &peerScope{newScope()}
		s.peers[name] = p
	}
	p.inc()
	return p
}

func (c *connScope) okSet(name string) {
	c.Lock()
	defer c.Unlock()
	c.all.okPeer(name)
}
