package a

import (
	"errors"
	"time"
)

// What a helper returns decides what its caller does. As in grpc's server
// tester: who has waited in vain once does not wait again.
type frames struct {
	frames chan int
	errs   chan error
	read   func() (int, error)
}

func (f *frames) next() (int, error) {
	go func() {
		v, err := f.read()
		if err != nil {
			f.errs <- err
		} else {
			f.frames <- v
		}
	}()
	t := time.NewTimer(time.Second)
	defer t.Stop()
	select {
	case v := <-f.frames:
		return v, nil
	case err := <-f.errs:
		return 0, err
	case <-t.C:
		return 0, errors.New("timeout")
	}
}

func (f *frames) skip() (int, error) {
	for {
		v, err := f.next()
		if err != nil {
			return 0, err
		}
		if v != 0 {
			return v, nil
		}
	}
}

func (f *frames) must() int {
	v, err := f.skip()
	if err != nil {
		panic(err)
	}
	return v
}

func okFrames(read func() (int, error)) int {
	f := &frames{frames: make(chan int, 1), errs: make(chan error, 1), read: read}
	return f.must() + f.must()
}

// As in net/rpc: a loop that ends with the first error turns once if there
// always is one.
type codec struct{ responded chan int }

func (c *codec) header() error {
	c.responded <- 1
	return errors.New("shut down")
}

func (c *codec) input() {
	var err error
	for err == nil {
		if err = c.header(); err != nil {
			break
		}
	}
}

func okOneHeader() {
	c := &codec{responded: make(chan int)}
	go c.input()
	<-c.responded
}
