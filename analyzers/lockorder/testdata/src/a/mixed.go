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
