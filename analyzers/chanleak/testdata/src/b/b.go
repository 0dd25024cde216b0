// Package b has workers of another package send on its channels.
package b

import (
	"errors"
	"time"

	"fixture/lib"
)

// What another package runs as a goroutine of its own is not followed.
func fnDirect(f func() int) (int, error) {
	c := make(chan int)
	go lib.Send(c, f)
	select {
	case n := <-c:
		return n, nil
	case <-time.After(time.Second):
		return 0, errors.New("timeout")
	}
}

func badEarly(f func() int, ready bool) (int, error) {
	c := make(chan int)
	go func() {
		lib.Send(c, f) // want `blocks for ever`
	}()
	if !ready {
		return 0, errors.New("not ready")
	}
	return lib.Take(c), nil
}

func okRoom(f func() int) (int, error) {
	c := make(chan int, 1)
	go lib.Send(c, f)
	select {
	case n := <-c:
		return n, nil
	case <-time.After(time.Second):
		return 0, errors.New("timeout")
	}
}

func okOffer(f func() int) (int, error) {
	c := make(chan int)
	go lib.Offer(c, f)
	select {
	case n := <-c:
		return n, nil
	case <-time.After(time.Second):
		return 0, errors.New("timeout")
	}
}

func okTaken(f func() int, ready bool) (int, error) {
	c := make(chan int)
	go lib.Send(c, f)
	if !ready {
		lib.Take(c)
		return 0, errors.New("not ready")
	}
	return lib.Take(c), nil
}
