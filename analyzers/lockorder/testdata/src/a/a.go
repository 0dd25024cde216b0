// Package a has the basic cases of lockorder.
package a

import "sync"

// Two functions.

type bank struct {
	mu       sync.Mutex
	accounts []*account
	sum      int
}

type account struct {
	mu   sync.Mutex
	bank *bank
	sum  int
}

func (b *bank) badAudit() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, a := range b.accounts {
		a.mu.Lock() // want `badAudit locks account.mu \(a.go:\d+\) holding bank.mu, pay locks bank.mu \(a.go:\d+\) holding account.mu: goroutines that do this at once wait for each other for ever`
		b.sum += a.sum
		a.mu.Unlock()
	}
}

func (a *account) pay() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.bank.mu.Lock() // the other end of badAudit's
	a.bank.sum--
	a.bank.mu.Unlock()
}

// Through calls. (As in cockroachdb/cockroach#10214.)

type store struct {
	coalesced struct {
		sync.Mutex
		queue []int
	}
	replicas map[int]*replica
}

type replica struct {
	mu    sync.Mutex
	store *store
	n     int
}

func (s *store) badSend() {
	s.coalesced.Lock()
	defer s.coalesced.Unlock()
	s.sendAll() // want `badSend calls sendAll .*, which calls report .*, which locks replica.mu .* holding store.coalesced.Mutex, tick calls quiesce .*, which locks store.coalesced.Mutex .* holding replica.mu`
}

func (s *store) sendAll() {
	for _, r := range s.replicas {
		r.report()
	}
}

func (r *replica) report() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.n++
}

func (r *replica) tick() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.quiesce()
}

func (r *replica) quiesce() {
	r.store.coalesced.Lock()
	r.store.coalesced.queue = nil
	r.store.coalesced.Unlock()
}

// A callee gives up a lock and takes it again, under another one: two calls of
// one function meet. (As in moby/moby#4951.)

type devices struct {
	sync.Mutex
	infos map[string]*info
}

type info struct {
	lock sync.Mutex
}

func (d *devices) badDelete(name string) {
	d.Lock()
	defer d.Unlock()
	i := d.infos[name]
	i.lock.Lock() // want `badDelete locks info.lock .* holding devices.Mutex, badDelete calls wait .*, which locks devices.Mutex .* holding info.lock`
	defer i.lock.Unlock()
	d.wait()
}

func (d *devices) wait() {
	d.Unlock()
	d.Lock()
}

// Globals, a wrapper, an RWMutex whose writer is in the ring.

var (
	first  sync.Mutex
	second sync.RWMutex
)

func lockFirst()   { first.Lock() }
func unlockFirst() { first.Unlock() }

func badGlobals() {
	lockFirst()
	defer unlockFirst()
	second.RLock() // want `badGlobals read-locks second .* holding first, globals locks first .* holding second`
	second.RUnlock()
}

func globals() {
	second.Lock()
	first.Lock()
	first.Unlock()
	second.Unlock()
}

// Three.

type one struct{ mu sync.Mutex }
type two struct{ mu sync.Mutex }
type three struct{ mu sync.Mutex }

func badRing(a *one, b *two) {
	a.mu.Lock()
	b.mu.Lock() // want `badRing locks two.mu .* holding one.mu, ring31 locks one.mu .* holding three.mu, ring23 locks three.mu .* holding two.mu`
	b.mu.Unlock()
	a.mu.Unlock()
}

func ring23(b *two, c *three) {
	b.mu.Lock()
	c.mu.Lock()
	c.mu.Unlock()
	b.mu.Unlock()
}

func ring31(c *three, a *one) {
	c.mu.Lock()
	a.mu.Lock()
	a.mu.Unlock()
	c.mu.Unlock()
}

// A goroutine, a callback, a generic type.

type cache[K comparable] struct {
	mu sync.Mutex
	m  map[K]*entry
}

type entry struct {
	mu sync.Mutex
	n  int
}

func (c *cache[K]) each(f func(*entry)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, e := range c.m {
		f(e)
	}
}

func badCallback(c *cache[int]) {
	go c.each(func(*entry) {})
	c.each(func(e *entry) { // want `badCallback calls each .*, which calls the function literal .*, which locks entry.mu .* holding cache.mu, drop locks cache.mu .* holding entry.mu`
		e.mu.Lock()
		e.n = 0
		e.mu.Unlock()
	})
}

func (c *cache[K]) drop(k K, e *entry) {
	e.mu.Lock()
	defer e.mu.Unlock()
	c.mu.Lock()
	delete(c.m, k)
	c.mu.Unlock()
}

// What is right.

// False reports of others: both orders, but a third lock comes first.

type gated struct {
	gate sync.Mutex
	a, b sync.Mutex
}

func (g *gated) okGate1() {
	g.gate.Lock()
	defer g.gate.Unlock()
	g.a.Lock()
	g.b.Lock()
	g.b.Unlock()
	g.a.Unlock()
}

func (g *gated) okGate2() {
	g.gate.Lock()
	defer g.gate.Unlock()
	g.b.Lock()
	g.a.Lock()
	g.a.Unlock()
	g.b.Unlock()
}

// The gate is held by the callers.

type helper struct {
	gate sync.Mutex
	a, b sync.Mutex
}

func (h *helper) ab() {
	h.a.Lock()
	h.b.Lock()
	h.b.Unlock()
	h.a.Unlock()
}

func (h *helper) ba() {
	h.b.Lock()
	h.a.Lock()
	h.a.Unlock()
	h.b.Unlock()
}

func (h *helper) okHelpers() {
	h.gate.Lock()
	h.ab()
	h.ba()
	h.gate.Unlock()
}

// False reports of others: both orders, but of read locks only.

type readers struct{ a, b sync.RWMutex }

func (r *readers) okReaders1() {
	r.a.RLock()
	r.b.RLock()
	r.b.RUnlock()
	r.a.RUnlock()
}

func (r *readers) okReaders2() {
	r.b.RLock()
	r.a.RLock()
	r.a.RUnlock()
	r.b.RUnlock()
}

// False reports of others: one after the other, not one in the other.

type pair struct{ a, b sync.Mutex }

func (p *pair) okNested() {
	p.a.Lock()
	p.b.Lock()
	p.b.Unlock()
	p.a.Unlock()
}

func (p *pair) okAfter() {
	p.b.Lock()
	p.b.Unlock()
	p.a.Lock()
	p.a.Unlock()
}

func (p *pair) okTry() {
	p.b.Lock()
	defer p.b.Unlock()
	if p.a.TryLock() {
		p.a.Unlock()
	}
}

// The goroutine waits, while its starter goes on.
func (p *pair) okStart() {
	p.b.Lock()
	defer p.b.Unlock()
	go func() {
		p.a.Lock()
		p.a.Unlock()
	}()
}

// A new object, which nobody else can lock.
func okNew(a *account) *bank {
	b := &bank{}
	b.mu.Lock()
	defer b.mu.Unlock()
	a.mu.Lock()
	b.sum = a.sum
	a.mu.Unlock()
	return b
}

// Before there is anybody to wait for.

type early struct{ a, b sync.Mutex }

var shared early

func init() {
	shared.a.Lock()
	shared.b.Lock()
	shared.b.Unlock()
	shared.a.Unlock()
}

func okInit() {
	shared.b.Lock()
	shared.a.Lock()
	shared.a.Unlock()
	shared.b.Unlock()
}

// Two objects of one type: perhaps there is an order among them.

func okSame(x, y *account) {
	x.mu.Lock()
	y.mu.Lock()
	y.mu.Unlock()
	x.mu.Unlock()
}

// Known misses.

// Both orders in one function.

type both struct{ a, b sync.Mutex }

func (x *both) fnOne(swap bool) {
	if swap {
		x.b.Lock()
		x.a.Lock()
	} else {
		x.a.Lock()
		x.b.Lock()
	}
	x.a.Unlock()
	x.b.Unlock()
}

// Through an interface that one type implements.

type notifier interface{ notify() }

type queue struct {
	mu sync.Mutex
	n  notifier
}

type worker struct {
	mu sync.Mutex
	q  *queue
}

func (q *queue) badInterface() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.n.notify() // want `badInterface calls notify .*, which locks worker.mu .* holding queue.mu, push locks queue.mu .* holding worker.mu`
}

func (w *worker) notify() {
	w.mu.Lock()
	defer w.mu.Unlock()
}

func (w *worker) push() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.q.mu.Lock()
	w.q.mu.Unlock()
}

// Through one that several types implement, one of which takes no lock.

type closer interface{ close() }

type pool struct {
	mu sync.Mutex
	c  closer
}

type conn struct {
	mu sync.Mutex
	p  *pool
}

type nopCloser struct{}

func (nopCloser) close() {}

func (p *pool) fnInterface() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.c.close()
}

func (c *conn) close() {
	c.mu.Lock()
	defer c.mu.Unlock()
}

func (c *conn) release() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.p.mu.Lock()
	c.p.mu.Unlock()
}

// A callee gives up the lock before it takes the other. (As in grpc-go's
// addrConn and in database/sql.)
type transport struct {
	mu sync.Mutex
	cc *clientConn
}

type clientConn struct {
	mu    sync.Mutex
	addrs []*transport
}

func (t *transport) okConnect() {
	t.mu.Lock()
	t.resetAndUnlock()
}

func (t *transport) resetAndUnlock() {
	t.mu.Unlock()
	t.cc.mu.Lock()
	t.cc.mu.Unlock()
}

func (t *transport) okDeferred() {
	t.mu.Lock()
	defer func() {
		t.mu.Unlock()
		t.report()
	}()
}

func (t *transport) report() {
	t.cc.mu.Lock()
	t.cc.mu.Unlock()
}

func (t *transport) unlocked(f func()) {
	t.mu.Unlock()
	f()
	t.mu.Lock()
}

func (t *transport) okCallback() {
	t.mu.Lock()
	t.unlocked(func() { t.report() })
	t.mu.Unlock()
}

func (c *clientConn) update() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, t := range c.addrs {
		t.mu.Lock()
		t.mu.Unlock()
	}
}

// A chain of calls that comes to one function again is about another object.
// (As in go/types.)
type typ struct {
	mu   sync.Mutex
	orig *typ
	ctx  *context
}

type context struct {
	mu    sync.Mutex
	types []*typ
}

func (t *typ) fnUnpack() {
	t.mu.Lock()
	if t.orig != nil {
		t.orig.fnUnpack()
	}
	t.mu.Unlock()
	t.ctx.id()
}

func (c *context) id() {
	c.mu.Lock()
	c.mu.Unlock()
}

func (c *context) lookup() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, t := range c.types {
		t.fnUnpack()
	}
}

type served struct {
	mu   sync.Mutex
	peer *peer
}

type peer struct {
	mu sync.Mutex
	n  int
}

func (s *served) shutdown() {
	s.mu.Lock()
	s.mu.Unlock()
}

func (s *served) okCount() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.peer.mu.Lock()
	s.peer.n++
	s.peer.mu.Unlock()
}
