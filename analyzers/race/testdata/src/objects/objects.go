// Package objects has accesses through fields and results of functions, which
// are one object or are not.
package objects

import (
	"errors"
	"sync"
)

func use(...any) {}

type server struct {
	mu    sync.Mutex
	state int
	peers map[string]int
	next  *server
	log   *logger
	trace *logger
}

type logger struct{ lines int }

// newServer starts a goroutine before it returns.
func newServer() *server {
	s := &server{peers: map[string]int{}}
	go s.badRun()
	return s
}

func (s *server) badRun() {
	s.state++      // want "s.state is written by the goroutine that newServer starts while useResult writes it"
	s.peers["a"]++ // want "s.peers is updated by the goroutine that newServer starts while useResult reads it"
}

func useResult() {
	s := newServer()
	use(s.peers["b"])
	s.state = 2
}

func open(name string) (*server, error) {
	if name == "" {
		return nil, errors.New("no name")
	}
	s := &server{}
	go s.badOpened()
	return s, nil
}

func (s *server) badOpened() {
	s.state = 1 // want "s.state is written by the goroutine that open starts while useResultOfTwo reads it"
}

func useResultOfTwo() error {
	s, err := open("x")
	if err != nil {
		return err
	}
	use(s.state)
	return nil
}

// badConstructor writes after it started.
func badConstructor(l *logger) *server {
	s := &server{log: l}
	go s.report()
	s.log = nil // want "s.log is written by badConstructor while the goroutine that badConstructor starts reads it"
	return s
}

func (s *server) report() { use(s.log) }

// badShared gives one logger to two servers.
func badShared() {
	l := &logger{}
	a := &server{log: l}
	b := &server{log: l}
	go func() {
		a.log.lines++ // want "a.log.lines is written by the goroutine that badShared starts while badShared reads b.log.lines"
	}()
	use(b.log.lines)
}

// okOwnLoggers gives each its own.
func okOwnLoggers() {
	a := &server{log: &logger{}}
	b := &server{log: &logger{}}
	go func() { a.log.lines++ }()
	use(b.log.lines)
}

// okReplaced may have another logger by then.
func okReplaced(get func() *logger) {
	l := &logger{}
	a := &server{next: &server{}}
	a.next = get2()
	go func() { a.next.state++ }()
	use(l.lines)
}

func get2() *server { return &server{} }

// okChild uses a child of the object that its goroutine uses.
func okChild(s *server) {
	go func() { s.next.state++ }()
	use(s.state)
}

// okElements uses elements that nobody knows to be the same.
func okElements(all []*server, i, j int) {
	go func() { all[i].state++ }()
	use(all[j].state)
}

// okPublish fills the object, then starts.
func okPublish() *server {
	s := &server{}
	s.state = 1
	s.peers = map[string]int{}
	s.log = &logger{}
	go s.okRun()
	return s
}

func (s *server) okRun() {
	s.state++
	s.peers["a"]++
}

// okCopy hands over a copy of the struct.
func okCopy(l logger) {
	go func(l logger) {
		l.lines++
		use(l)
	}(l)
	l.lines++
	use(l)
}

// okPool takes an object for each goroutine.
func okPool(p *sync.Pool) {
	for range 3 {
		go func() {
			l := p.Get().(*logger)
			l.lines++
			p.Put(l)
		}()
	}
}

// okMethodLock locks in one method and unlocks in another.
type iter struct {
	mu  sync.Mutex
	pos int
}

func (it *iter) begin() { it.mu.Lock() }
func (it *iter) end()   { it.mu.Unlock() }

func (it *iter) okBeginEnd() {
	go func() {
		it.begin()
		it.pos++
		it.end()
	}()
	it.begin()
	defer it.end()
	it.pos++
}

// okStriped has a lock for each stripe.
type stripes struct {
	locks [4]sync.Mutex
	parts [4]map[string]int
}

func (s *stripes) okStriped(keys []string) {
	for i, k := range keys {
		go func() {
			s.locks[i%4].Lock()
			s.parts[i%4][k]++
			s.locks[i%4].Unlock()
		}()
	}
}

// okImmutable is only read once it is there.
type conf struct{ names []string }

func load() *conf { return &conf{names: []string{"a"}} }

func okImmutable() {
	c := load()
	for range 3 {
		go func() { use(c.names[0]) }()
	}
	use(len(c.names))
}

// okLifetime runs as long as the program.
func okLifetime() {
	ticks := make(chan int)
	total := 0
	go func() {
		for t := range ticks {
			total += t
		}
	}()
	ticks <- 1
}

// okLazy is set up before there are goroutines.
func okLazy(s *server) {
	s.ensure()
	for range 3 {
		go s.ensure()
	}
}

func (s *server) ensure() {
	if s.peers == nil {
		s.peers = map[string]int{}
	}
}

// startLazy sets up in the goroutines.
func startLazy() {
	s := &server{}
	for range 3 {
		go s.badLazy()
	}
}

func (s *server) badLazy() {
	if s.trace == nil {
		s.trace = &logger{} // want "s.trace is written by a goroutine that startLazy starts while another writes it"
	}
}
