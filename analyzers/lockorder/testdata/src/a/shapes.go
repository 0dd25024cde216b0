package a

import (
	"sync"

	"fixture/kind"
)

// A ring of four.

type (
	north struct{ mu sync.Mutex }
	east  struct{ mu sync.Mutex }
	south struct{ mu sync.Mutex }
	west  struct{ mu sync.Mutex }
)

func badFour(n *north, e *east) {
	n.mu.Lock()
	e.mu.Lock() // want `badFour locks east.mu .* holding north.mu, four41 locks north.mu .* holding west.mu, four34 locks west.mu .* holding south.mu, four23 locks south.mu .* holding east.mu`
	e.mu.Unlock()
	n.mu.Unlock()
}

func four23(e *east, s *south) {
	e.mu.Lock()
	s.mu.Lock()
	s.mu.Unlock()
	e.mu.Unlock()
}

func four34(s *south, w *west) {
	s.mu.Lock()
	w.mu.Lock()
	w.mu.Unlock()
	s.mu.Unlock()
}

func four41(w *west, n *north) {
	w.mu.Lock()
	n.mu.Lock()
	n.mu.Unlock()
	w.mu.Unlock()
}

// One link of the ring is missing.

type (
	spring struct{ mu sync.Mutex }
	summer struct{ mu sync.Mutex }
	autumn struct{ mu sync.Mutex }
)

func okChain12(a *spring, b *summer) {
	a.mu.Lock()
	b.mu.Lock()
	b.mu.Unlock()
	a.mu.Unlock()
}

func okChain23(b *summer, c *autumn) {
	b.mu.Lock()
	c.mu.Lock()
	c.mu.Unlock()
	b.mu.Unlock()
}

func okChain13(a *spring, c *autumn) {
	a.mu.Lock()
	c.mu.Lock()
	c.mu.Unlock()
	a.mu.Unlock()
}

// Locks of a type of another package, an embedded one, one behind an interface,
// and the lock of a condition.

type registry struct {
	mu kind.Lock
	n  int
}

type visitor struct {
	kind.Lock
	r *registry
}

func (r *registry) badVisit(v *visitor) {
	r.mu.Lock()
	defer r.mu.Unlock()
	v.Lock.Lock() // want `badVisit calls Lock .*, which locks visitor.Lock .* holding registry.mu, enter calls Lock .*, which locks registry.mu .* holding visitor.Lock`
	v.Unlock()
}

func (v *visitor) enter() {
	v.Lock.Lock()
	defer v.Unlock()
	v.r.mu.Lock()
	v.r.n++
	v.r.mu.Unlock()
}

// A type that is a lock by its one field, as large programs have it to put checks
// in, and a third lock of that type between.

type mutex struct{ sync.Mutex }

type (
	outer  struct{ mu mutex }
	middle struct{ mu *mutex }
	inner  struct{ mu mutex }
)

func (o *outer) badIn(m *middle) {
	o.mu.Lock()
	defer o.mu.Unlock()
	m.mu.Lock() // want `badIn locks middle.mu .* holding outer.mu, out locks outer.mu .* holding middle.mu`
	m.mu.Unlock()
}

func (m *middle) out(o *outer) {
	m.mu.Lock()
	defer m.mu.Unlock()
	o.mu.Lock()
	o.mu.Unlock()
}

func (o *outer) okIn(i *inner) {
	o.mu.Lock()
	i.mu.Lock()
	i.mu.Unlock()
	o.mu.Unlock()
}

func (m *middle) okIn(i *inner) {
	m.mu.Lock()
	i.mu.Lock()
	i.mu.Unlock()
	m.mu.Unlock()
}

type hub struct {
	l     sync.Locker
	ports []*port
}

type port struct {
	cond *sync.Cond
	h    *hub
	n    int
}

func (h *hub) badEach() {
	h.l.Lock()
	defer h.l.Unlock()
	for _, p := range h.ports {
		p.cond.L.Lock() // want `badEach locks .* holding hub.l, up locks hub.l .* holding `
		p.n++
		p.cond.L.Unlock()
	}
}

func (p *port) up() {
	p.cond.L.Lock()
	defer p.cond.L.Unlock()
	p.h.l.Lock()
	p.h.l.Unlock()
}

// The read lock by way of RLocker, against a writer.

type catalog struct {
	rw    sync.RWMutex
	pages []*page
}

type page struct {
	mu sync.Mutex
	c  *catalog
}

func (c *catalog) badRLocker() {
	l := c.rw.RLocker()
	l.Lock()
	defer l.Unlock()
	for _, p := range c.pages {
		p.mu.Lock() // want `badRLocker locks page.mu .* read-holding catalog.rw, write locks catalog.rw .* holding page.mu`
		p.mu.Unlock()
	}
}

func (p *page) write() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.c.rw.Lock()
	p.c.rw.Unlock()
}

// Locks in a map and in an array: their class.

type table struct {
	mu   sync.Mutex
	rows map[string]*sync.Mutex
	cols [8]sync.Mutex
}

func (t *table) badRow(key string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.rows[key].Lock() // want `badRow locks table.rows.…. .* holding table.mu, row locks table.mu .* holding table.rows`
	t.rows[key].Unlock()
}

func (t *table) row(key string) {
	r := t.rows[key]
	r.Lock()
	defer r.Unlock()
	t.mu.Lock()
	t.mu.Unlock()
}

func (t *table) okCols() {
	t.cols[0].Lock()
	t.cols[1].Lock()
	t.cols[1].Unlock()
	t.cols[0].Unlock()
}

// A way round by goto and a lock that is tried: no order.

func (t *table) okBackOff() {
again:
	t.cols[2].Lock()
	if !t.mu.TryLock() {
		t.cols[2].Unlock()
		goto again
	}
	t.mu.Unlock()
	t.cols[2].Unlock()
}

func (t *table) okCol() {
	t.mu.Lock()
	t.cols[2].Lock()
	t.cols[2].Unlock()
	t.mu.Unlock()
}

// A generic function that locks what it is given, instantiated with two types.

type locked[T any] struct {
	mu sync.Mutex
	v  T
}

func (l *locked[T]) with(f func(*T)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	f(&l.v)
}

type ledger struct {
	mu    sync.Mutex
	total locked[int]
}

func (l *ledger) badTotal() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.total.with(func(n *int) { *n++ }) // want `badTotal calls with .*, which locks locked.mu .* holding ledger.mu, check calls with .*, which calls the function literal .*, which locks ledger.mu .* holding locked.mu`
}

func (l *ledger) check() {
	l.total.with(func(n *int) {
		l.mu.Lock()
		*n = 0
		l.mu.Unlock()
	})
}
