// Package never has WaitGroups that nobody waits for.
package never

import "sync"

type badServer struct {
	wg   sync.WaitGroup
	quit chan struct{}
}

func (s *badServer) Start() {
	s.wg.Add(1) // want `nothing calls s.wg.Wait: what it counts is waited for by nobody`
	go s.loop()
}

func (s *badServer) loop() {
	defer s.wg.Done()
	<-s.quit
}

func (s *badServer) Stop() { close(s.quit) }

type okServer struct {
	group sync.WaitGroup
	quit  chan struct{}
}

func (s *okServer) Start() {
	s.group.Add(1)
	go s.loop()
}

func (s *okServer) loop() {
	defer s.group.Done()
	<-s.quit
}

func (s *okServer) Stop() {
	close(s.quit)
	s.group.Wait()
}

// Anybody may wait.
type okExported struct {
	Workers sync.WaitGroup
	quit    chan struct{}
}

func (s *okExported) Start() {
	s.Workers.Add(1)
	go func() {
		defer s.Workers.Done()
		<-s.quit
	}()
}

// It is lent to somebody who may wait.
type okLent struct {
	lent sync.WaitGroup
	quit chan struct{}
}

func (s *okLent) Start() {
	s.lent.Add(1)
	go func() {
		defer s.lent.Done()
		<-s.quit
	}()
}

func (s *okLent) Group() *sync.WaitGroup { return &s.lent }
