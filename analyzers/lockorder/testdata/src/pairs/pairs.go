// Package pairs has two locks of one type that are taken in both orders.
package pairs

import "sync"

// A parent and its child.

type node struct {
	mu     sync.Mutex
	parent *node
	kids   []*node
	sum    int
}

func (n *node) add(v int) *node {
	k := &node{parent: n, sum: v}
	n.mu.Lock()
	n.kids = append(n.kids, k)
	n.mu.Unlock()
	return k
}

func (n *node) total() (sum int) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, k := range n.kids {
		k.mu.Lock()
		sum += k.sum
		k.mu.Unlock()
	}
	return sum
}

func (n *node) badRaise(v int) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.sum += v
	if n.parent != nil {
		n.parent.mu.Lock() // want `badRaise locks n.parent.mu .pairs.go:\d+. holding n.mu, total locks k.mu .pairs.go:\d+. holding n.mu, the same two: goroutines that do this at once wait for each other for ever`
		n.parent.sum += v
		n.parent.mu.Unlock()
	}
}

// Down by recursion, up through a call.

type dir struct {
	mu   sync.RWMutex
	up   *dir
	subs map[string]*dir
	size int
}

func (d *dir) mkdir(name string) *dir {
	s := &dir{up: d, subs: map[string]*dir{}}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.subs[name] = s
	return s
}

func (d *dir) du() int {
	d.mu.RLock()
	defer d.mu.RUnlock()
	n := d.size
	for _, s := range d.subs {
		n += s.du()
	}
	return n
}

func usage(d *dir) int { return d.du() }

func (d *dir) badWrite(n int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.size += n
	d.up.grow(n) // want `badWrite calls grow .pairs.go:\d+., which locks d.up.mu .pairs.go:\d+. holding d.mu, du calls du .pairs.go:\d+., which read-locks .*mu .pairs.go:\d+. read-holding d.mu, the same two`
}

func (d *dir) grow(n int) {
	d.mu.Lock()
	d.size += n
	d.mu.Unlock()
}

// Two fields of one struct.

type side struct {
	mu sync.Mutex
	n  int
}

type book struct{ bids, asks side }

func (b *book) cross() {
	b.bids.mu.Lock()
	defer b.bids.mu.Unlock()
	b.asks.mu.Lock()
	b.asks.n--
	b.asks.mu.Unlock()
}

func (b *book) badCross() {
	b.asks.mu.Lock()
	defer b.asks.mu.Unlock()
	b.bids.mu.Lock() // want `badCross locks b.bids.mu .* holding b.asks.mu, cross locks b.asks.mu .* holding b.bids.mu, the same two`
	b.bids.n--
	b.bids.mu.Unlock()
}

// Two variables.

type shelf struct {
	mu sync.Mutex
	n  int
}

var left, right shelf

func moveRight() {
	left.mu.Lock()
	right.mu.Lock()
	right.n++
	right.mu.Unlock()
	left.mu.Unlock()
}

func badMoveLeft() {
	right.mu.Lock()
	left.mu.Lock() // want `badMoveLeft locks left.mu .* holding right.mu, moveRight locks right.mu .* holding left.mu, the same two`
	left.n++
	left.mu.Unlock()
	right.mu.Unlock()
}

// What is right.

// Always from the parent to the child.

type tree struct {
	mu     sync.Mutex
	parent *tree
	kids   []*tree
	n      int
}

func (t *tree) add() {
	k := &tree{parent: t}
	t.mu.Lock()
	t.kids = append(t.kids, k)
	t.mu.Unlock()
}

func (t *tree) okDown() {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, k := range t.kids {
		k.mu.Lock()
		k.n++
		k.mu.Unlock()
	}
}

func (t *tree) okUp() {
	t.parent.mu.Lock()
	defer t.parent.mu.Unlock()
	t.mu.Lock()
	t.n++
	t.mu.Unlock()
}

func (t *tree) okUpAfter() {
	t.mu.Lock()
	t.n++
	t.mu.Unlock()
	t.parent.mu.Lock()
	t.parent.n++
	t.parent.mu.Unlock()
}

// One lock for the whole tree comes first.

type forest struct {
	all  sync.Mutex
	root *branch
}

type branch struct {
	mu   sync.Mutex
	f    *forest
	up   *branch
	subs []*branch
	n    int
}

func (b *branch) add() {
	s := &branch{up: b, f: b.f}
	b.subs = append(b.subs, s)
}

func (b *branch) okDownGated() {
	b.f.all.Lock()
	defer b.f.all.Unlock()
	b.mu.Lock()
	for _, s := range b.subs {
		s.mu.Lock()
		s.n++
		s.mu.Unlock()
	}
	b.mu.Unlock()
}

func (b *branch) okUpGated() {
	b.f.all.Lock()
	defer b.f.all.Unlock()
	b.mu.Lock()
	b.up.mu.Lock()
	b.up.n++
	b.up.mu.Unlock()
	b.mu.Unlock()
}

// What a node links to may be any other: there may be an order among them.

type peer struct {
	mu    sync.Mutex
	next  *peer
	other []*peer
}

func (p *peer) okNext() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.next.mu.Lock()
	p.next.mu.Unlock()
}

func (p *peer) okOthers() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, o := range p.other {
		o.mu.Lock()
		o.mu.Unlock()
	}
}

func (p *peer) link(q *peer) {
	p.next = q
	q.other = append(q.other, p)
}

// The child's lock is only tried.

type item struct {
	mu   sync.Mutex
	list *item
	subs []*item
}

func (i *item) add() {
	s := &item{list: i}
	i.subs = append(i.subs, s)
}

func (i *item) okTry() {
	i.mu.Lock()
	defer i.mu.Unlock()
	for _, s := range i.subs {
		if s.mu.TryLock() {
			s.mu.Unlock()
		}
	}
}

func (i *item) okList() {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.list.mu.Lock()
	i.list.mu.Unlock()
}

// Roles that change: which of the two comes first may be known by a number.

type gens struct {
	cur, next *side
	n         int
}

func (g *gens) swap() { g.cur, g.next = g.next, g.cur }

func (g *gens) okForth() {
	g.cur.mu.Lock()
	g.next.mu.Lock()
	g.next.mu.Unlock()
	g.cur.mu.Unlock()
}

func (g *gens) okBack() {
	g.next.mu.Lock()
	g.cur.mu.Lock()
	g.cur.mu.Unlock()
	g.next.mu.Unlock()
}
