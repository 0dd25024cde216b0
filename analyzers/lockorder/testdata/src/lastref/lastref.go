// Package lastref has objects that are counted.
package lastref

import (
	"sync"
	"sync/atomic"
)

// After golang.org/x/net/trace: what has no references left has its lock to
// itself.
type page struct {
	mu   sync.Mutex
	refs int32
	text string
	in   *shelf
}

type shelf struct {
	mu    sync.Mutex
	pages []*page
}

func (p *page) reset() {
	p.mu.Lock()
	p.text = ""
	p.mu.Unlock()
}

func (p *page) drop() {
	if atomic.AddInt32(&p.refs, -1) == 0 {
		p.mu.Lock()
		p.in = nil
		p.mu.Unlock()
		recycle(p)
	}
}

func recycle(p *page) { p.reset() }

func (s *shelf) okEvict() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pages[0].drop()
}

func (p *page) okFile(s *shelf) {
	p.mu.Lock()
	defer p.mu.Unlock()
	s.mu.Lock()
	s.pages = append(s.pages, p)
	s.mu.Unlock()
}

// A count that is still there says nothing.
type leaf struct {
	mu   sync.Mutex
	refs atomic.Int32
}

type tray struct {
	mu     sync.Mutex
	leaves []*leaf
}

func (l *leaf) touch() {
	if l.refs.Add(1) != 0 {
		l.mu.Lock()
		l.mu.Unlock()
	}
}

func (t *tray) badTouch() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.leaves[0].touch() // want `badTouch calls touch`
}

func (l *leaf) put(t *tray) {
	l.mu.Lock()
	defer l.mu.Unlock()
	t.mu.Lock()
	t.leaves = append(t.leaves, l)
	t.mu.Unlock()
}
