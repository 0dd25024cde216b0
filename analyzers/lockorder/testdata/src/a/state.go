package a

import (
	"sync"
	"sync/atomic"
)

// A state of the object says who may come for its lock: database/sql closes a
// statement on a connection only if nobody uses that, and who uses it holds its
// lock.

type dbConn struct {
	sync.Mutex
	inUse bool
	open  map[*stmt]bool
}

type stmt struct {
	mu    sync.Mutex
	conns []*dbConn
}

func (s *stmt) okInUse() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.conns {
		if !c.inUse {
			c.Lock()
			delete(c.open, s)
			c.Unlock()
		}
	}
}

func (s *stmt) okPrepare(c *dbConn) {
	c.Lock()
	defer c.Unlock()
	s.mu.Lock()
	s.conns = append(s.conns, c)
	s.mu.Unlock()
}

// As a TLS connection does: the flag says that the other order is over.

type session struct {
	handshake sync.Mutex
	in        half
	out       half
	done      atomic.Bool
}

type half struct {
	sync.Mutex
	seq int
}

func (s *session) okHandshake() {
	s.handshake.Lock()
	defer s.handshake.Unlock()
	if s.done.Load() {
		return
	}
	s.in.Lock()
	defer s.in.Unlock()
	s.in.seq++
	s.done.Store(true)
}

func (s *session) okRead() {
	s.in.Lock()
	defer s.in.Unlock()
	s.in.seq++
	s.handshake.Lock()
	s.handshake.Unlock()
}

// Two fields of one type: two locks.

func (s *session) okWrite() {
	s.handshake.Lock()
	defer s.handshake.Unlock()
	s.out.Lock()
	s.out.seq++
	s.out.Unlock()
}

type handshake struct{ s *session }

func (h *handshake) run() { h.s.alert() }

func (s *session) alert() {
	s.out.Lock()
	s.out.seq++
	s.out.Unlock()
}

func (s *session) okAlert() {
	s.handshake.Lock()
	defer s.handshake.Unlock()
	h := handshake{s: s}
	h.run()
}

// A flag that the held lock guards decides nothing: whoever comes later finds
// it as it is.

type group struct {
	mu     sync.Mutex
	closed bool
	list   []*member
}

type member struct {
	mu sync.Mutex
	g  *group
	n  int
}

func (g *group) badClosed() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed {
		return
	}
	for _, m := range g.list {
		m.mu.Lock() // want `badClosed locks member.mu .* holding group.mu, leave locks group.mu .* holding member.mu`
		m.n++
		m.mu.Unlock()
	}
}

func (m *member) leave() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.g.mu.Lock()
	m.g.closed = true
	m.g.mu.Unlock()
}

// A long chain of calls has a condition at each: this miss is the price.

type root struct {
	mu sync.Mutex
	l  *leaf
}

type leaf struct {
	mu sync.Mutex
	r  *root
}

func (r *root) fnLongChain() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.one()
}

func (r *root) one()   { r.two() }
func (r *root) two()   { r.three() }
func (r *root) three() { r.four() }
func (r *root) four()  { r.five() }
func (r *root) five()  { r.six() }
func (r *root) six()   { r.l.mu.Lock(); r.l.mu.Unlock() }

func (l *leaf) up() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.r.mu.Lock()
	l.r.mu.Unlock()
}
