// Package onesided has fields for which just one of two goroutines takes the lock
// of the struct, with input and output on the way.
package onesided

import (
	"io"
	"net"
	"os/exec"
	"sync"
)

type server struct {
	mu    sync.Mutex
	l     net.Listener
	conns map[net.Conn]bool
	total int
	out   io.Writer
}

func (s *server) badServe() error {
	for {
		c, err := s.l.Accept()
		if err != nil {
			return err
		}
		s.conns[c] = true // want "s.conns is updated by badServe while a goroutine that badServe starts updates it: nothing orders the two, and only the other holds s.mu"
		go s.handle(c)
	}
}

func (s *server) okServe() error {
	for {
		c, err := s.l.Accept()
		if err != nil {
			return err
		}
		s.mu.Lock()
		s.conns[c] = true
		s.mu.Unlock()
		go s.handle(c)
	}
}

func (s *server) handle(c net.Conn) {
	_, _ = io.Copy(io.Discard, c)
	s.mu.Lock()
	delete(s.conns, c)
	s.mu.Unlock()
}

// Nobody holds a lock: the answer may be what the other goroutine waits for.
func (s *server) okExchange(c, d net.Conn) int {
	go func() {
		s.total++
		_, _ = c.Write([]byte("x"))
	}()
	var b [1]byte
	_, _ = d.Read(b[:])
	return s.total
}

// A process is waited for.
func (s *server) okWait(cmd *exec.Cmd) int {
	go func() {
		s.mu.Lock()
		s.total++
		s.mu.Unlock()
		_ = cmd.Process.Kill()
	}()
	_ = cmd.Wait()
	return s.total
}

// A channel does order them, whatever locks are held.
func (s *server) okChannel(c net.Conn) int {
	done := make(chan bool)
	go func() {
		_, _ = io.Copy(io.Discard, c)
		s.mu.Lock()
		s.total++
		s.mu.Unlock()
		close(done)
	}()
	<-done
	return s.total
}

// What is sent behind the section lets the one go on who reads it.
func (s *server) okReply(c, d net.Conn) int {
	go func() {
		s.mu.Lock()
		s.total++
		s.mu.Unlock()
		_, _ = c.Write([]byte("x"))
	}()
	var b [1]byte
	_, _ = d.Read(b[:])
	return s.total
}
