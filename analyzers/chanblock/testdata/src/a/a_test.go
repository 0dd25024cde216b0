package a

import "testing"

func TestBadNobody(t *testing.T) {
	done := make(chan bool)
	go func() {
		done <- true // want `send on done blocks for ever: nothing receives from it`
	}()
}

func TestOkSkipped(t *testing.T) {
	c := make(chan bool)
	go func() { c <- true }()
	t.Skip("flaky")
	<-c
}

func TestOkMethod(t *testing.T) {
	h := &hook{fired: make(chan int)}
	go h.fire()
	<-h.fired
}

func TestOkHook(t *testing.T) {
	(&hook{fired: make(chan int, 1)}).fire()
}

type hook struct{ fired chan int }

func (h *hook) fire() { h.fired <- 1 }

func TestOkHang(t *testing.T) {
	go func() { select {} }()
	go func() { <-make(chan int) }()
}

type sink struct{ onUpdate func(int) }

// The callback is there to satisfy the type: in this test nothing updates.
func TestOkCallback(t *testing.T) {
	updated := make(chan int)
	s := &sink{onUpdate: func(v int) { updated <- v }}
	record(s)
}

func record(s *sink) {
	if s.onUpdate == nil {
		panic("no sink")
	}
}
