// Package alias has locks that are reached by two ways: through what a child
// knows of its parent, a condition variable of its lock, and the like.
package alias

import "sync"

type store struct {
	mu       sync.RWMutex
	replicas map[int]*replica
	queue    *queue
}

type replica struct{ store *store }

type queue struct {
	sync.Mutex
	len int
}

func newStore(n int) *store {
	s := &store{replicas: make(map[int]*replica), queue: &queue{}}
	for i := range n {
		s.replicas[i] = &replica{store: s}
	}
	return s
}

// After cockroachdb/cockroach#3710: every replica knows its store.
func (s *store) badScan() {
	s.mu.RLock()
	for _, r := range s.replicas {
		s.queue.maybeAdd(r) // want "badScan calls maybeAdd .alias.go:32., which calls status .alias.go:52., which read-locks s.mu again .alias.go:56., read-locked since alias.go:30: if a writer comes to wait in between, both block for ever"
	}
	s.mu.RUnlock()
}

func (s *store) okScan() {
	s.mu.RLock()
	var all []*replica
	for _, r := range s.replicas {
		all = append(all, r)
	}
	s.mu.RUnlock()
	for _, r := range all {
		s.queue.maybeAdd(r)
	}
}

func (q *queue) maybeAdd(r *replica) {
	q.Lock()
	defer q.Unlock()
	q.len += r.store.status()
}

func (s *store) status() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return len(s.replicas)
}

func (s *store) drop(i int) {
	s.mu.Lock()
	delete(s.replicas, i)
	s.mu.Unlock()
}

// The lock of a condition variable. (After cockroachdb/cockroach#16167, where
// it is the reader's side.)
type executor struct {
	mu     sync.RWMutex
	change *sync.Cond
	config int
}

func newExecutor() *executor {
	e := &executor{}
	e.change = sync.NewCond(e.mu.RLocker())
	return e
}

func (e *executor) badExec() {
	e.change.L.Lock()
	defer e.change.L.Unlock()
	e.cache() // want "badExec calls cache .alias.go:84., which read-locks e.change.L again .alias.go:93., read-locked since alias.go:82: if a writer comes to wait in between, both block for ever"
}

func (e *executor) okExec() {
	e.change.L.Lock()
	e.change.L.Unlock()
	e.cache()
}

func (e *executor) cache() int { e.mu.RLock(); defer e.mu.RUnlock(); return e.config }

func (e *executor) update(n int) {
	e.mu.Lock()
	e.config = n
	e.mu.Unlock()
	e.change.Broadcast()
}

type ring struct {
	mu   sync.Mutex
	full sync.Cond
	n    int
}

func newRing() *ring {
	r := &ring{}
	r.full.L = &r.mu
	return r
}

func (r *ring) badPush() {
	r.full.L.Lock()
	for r.n == 8 {
		r.full.Wait()
	}
	r.n++
	r.pop() // want "badPush calls pop .alias.go:120., which locks r.full.L again .alias.go:125., held since alias.go:115: the goroutine blocks itself for ever"
	r.full.L.Unlock()
}

func (r *ring) pop() {
	r.mu.Lock()
	r.n--
	r.mu.Unlock()
}

// Both names of one lock in one section.
func (r *ring) okNames() {
	r.full.L.Lock()
	r.n++
	r.mu.Unlock()
	r.mu.Lock()
	defer r.full.L.Unlock()
	r.n--
}

// A constructor keeps what it is given. (After etcd-io/etcd#6708.)
type client struct {
	sync.RWMutex
	endpoints []string
}

type doer interface{ do() int }

type members struct{ client doer }

func newMembers(d doer) *members { return &members{client: d} }

func (m *members) leader() int { return m.client.do() }

func (c *client) do() int {
	c.RLock()
	defer c.RUnlock()
	return len(c.endpoints)
}

func (c *client) badSync() {
	c.Lock()
	defer c.Unlock()
	newMembers(c).leader() // want "badSync calls leader .alias.go:163., which calls do .alias.go:152., which read-locks c again .alias.go:155., held since alias.go:161: the goroutine blocks itself for ever"
}

func (c *client) okSync() {
	c.Lock()
	c.endpoints = nil
	c.Unlock()
	newMembers(c).leader()
}

func okOtherClient(c, d *client) {
	c.Lock()
	defer c.Unlock()
	newMembers(d).leader()
}

// Of two servers, the parent of the one's child is another one.
type server struct {
	mu    sync.Mutex
	child *child
}

type child struct{ parent *server }

func newServer() *server {
	s := &server{}
	s.child = &child{parent: s}
	return s
}

func (c *child) done() {
	c.parent.mu.Lock()
	c.parent.mu.Unlock()
}

func (s *server) badStop() {
	s.mu.Lock()
	s.child.done() // want "badStop calls done .alias.go:200., which locks s.mu again .alias.go:194., held since alias.go:199: the goroutine blocks itself for ever"
	s.mu.Unlock()
}

func okOtherServer(s, t *server) {
	s.mu.Lock()
	t.child.done()
	s.mu.Unlock()
}

// This child may be of another server.
type adopter struct {
	mu    sync.Mutex
	child *adopted
}

type adopted struct{ parent *adopter }

func newAdopter(from *adopter) *adopter {
	a := &adopter{}
	a.child = &adopted{parent: a}
	if from != nil {
		a.child = from.child
	}
	return a
}

func (a *adopter) okAdopted() {
	a.mu.Lock()
	a.child.parent.mu.Lock()
	a.child.parent.mu.Unlock()
	a.mu.Unlock()
}

// This child may change its parent.
type mover struct {
	mu    sync.Mutex
	child *moved
}

type moved struct{ parent *mover }

func newMover() *mover {
	m := &mover{}
	m.child = &moved{parent: m}
	return m
}

func (c *moved) moveTo(m *mover) { c.parent = m }

func (m *mover) okMoved() {
	m.mu.Lock()
	m.child.parent.mu.Lock()
	m.child.parent.mu.Unlock()
	m.mu.Unlock()
}

// This one may be a copy, of which the child is the original's.
type copied struct {
	mu    *sync.Mutex
	child *ofCopied
}

type ofCopied struct{ parent *copied }

func newCopied() *copied {
	c := &copied{mu: new(sync.Mutex)}
	c.child = &ofCopied{parent: c}
	return c
}

func (c *copied) clone() *copied {
	d := *c
	d.mu = new(sync.Mutex)
	return &d
}

func (c *copied) okCopied() {
	c.mu.Lock()
	c.child.parent.mu.Lock()
	c.child.parent.mu.Unlock()
	c.mu.Unlock()
}

// Children in a slice, and one that somebody else puts there.
type tree struct {
	mu   sync.Mutex
	kids []*leaf
	more []*leaf
}

type leaf struct{ root *tree }

func (t *tree) grow() {
	t.kids = append(t.kids, &leaf{root: t})
	t.more = append(t.more, &leaf{root: t})
}

func (t *tree) graft(l *leaf) { t.more = append(t.more, l) }

func (l *leaf) fall() {
	l.root.mu.Lock()
	l.root.mu.Unlock()
}

func (t *tree) badShake() {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, l := range t.kids {
		l.fall() // want "badShake calls fall .alias.go:309., which locks t.mu again .alias.go:301., held since alias.go:306: the goroutine blocks itself for ever"
	}
}

func (t *tree) okShake() {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, l := range t.more {
		l.fall()
	}
}

// What is put in the field later may be of another tree.
type current struct {
	mu  sync.Mutex
	cur *sync.Mutex
}

func (c *current) first() { c.cur = &c.mu }

func (c *current) second(mu *sync.Mutex) { c.cur = mu }

func (c *current) okCurrent() {
	c.mu.Lock()
	c.cur.Lock()
	c.cur.Unlock()
	c.mu.Unlock()
}
