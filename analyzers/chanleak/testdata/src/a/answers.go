package a

import (
	"context"
	"errors"
	"sync"
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

var errNoFile = errors.New("no such file")

// The deferred call closes whenever an error is returned. (false report on
// syncthing/syncthing's requests)
func okClosedOnError(name string, open func(string) error) (res *answer, err error) {
	closed := make(chan struct{})
	go func() {
		<-closed
		println("given back")
	}()
	defer func() {
		if err != nil {
			close(closed)
		}
	}()
	if err := open(name); err != nil {
		return nil, errNoFile
	}
	close(closed)
	return &answer{}, nil
}

func badClosedOnError(name string, open func(string) error) (res *answer, err error) {
	closed := make(chan struct{})
	go func() {
		<-closed // want "this receive from closed blocks for ever when badClosedOnError leaves early, without closing it"
		println("given back")
	}()
	defer func() {
		if err != nil {
			close(closed)
		}
	}()
	if err := open(name); err != nil {
		return nil, nil
	}
	close(closed)
	return &answer{}, nil
}

type answer struct{}

// Each goroutine gives back what has been taken for it. (false report on
// libp2p/go-libp2p's listener)
func okSemaphoreArm(ctx context.Context, limit int, accept func() (func(), error)) {
	sem := make(chan struct{}, limit)
	for {
		select {
		case sem <- struct{}{}:
		case <-ctx.Done():
			return
		}
		handle, err := accept()
		if err != nil {
			return
		}
		go func() {
			defer func() { <-sem }()
			handle()
		}()
	}
}

// The Once has not run before: the deferred call closes. (false report on
// moby/buildkit's containers)
func okDeferredOnce(next func() (bool, error)) {
	done := make(chan struct{})
	go func() {
		<-done
		println("shut down")
	}()
	var once sync.Once
	defer once.Do(func() { close(done) })
	for {
		more, err := next()
		if err != nil {
			return
		}
		if !more {
			once.Do(func() { close(done) })
		}
	}
}

// Each round starts a goroutine that receives what the round has sent. (false
// report on dgraph-io/badger's writes)
func okPendingWrites(in, stop chan int, write func(int)) {
	pending := make(chan struct{}, 1)
	flush := func(v int) {
		write(v)
		<-pending
	}
	go func() {
		for {
			select {
			case v := <-in:
				pending <- struct{}{}
				go flush(v)
			case <-stop:
				pending <- struct{}{}
				flush(0)
				return
			}
		}
	}()
}

// Reply is closed by whoever gets it.
type Reply interface {
	Close()
	Data() []byte
}

type reply struct {
	data   []byte
	closed chan struct{}
}

func (r *reply) Data() []byte { return r.data }

func (r *reply) Close() { close(r.closed) }

func newReply(release func()) *reply {
	r := &reply{closed: make(chan struct{})}
	go func() {
		<-r.closed
		release()
	}()
	return r
}

// The caller closes what he gets. (false report on syncthing/syncthing's requests)
func okHandedOut(release func(), read func([]byte) error) (Reply, error) {
	r := newReply(release)
	if err := read(r.data); err != nil {
		r.Close()
		return nil, err
	}
	return r, nil
}

// Its input is nil only once it has been closed. (false report on
// eclipse/paho.mqtt.golang)
func okNilAfterClose(start func() (<-chan int, <-chan error)) {
	out := make(chan int)
	go func() {
		for v := range out {
			println(v)
		}
	}()
	in, errs := start()
	go func() {
		for {
			if in == nil && errs == nil {
				break
			}
			select {
			case v, ok := <-in:
				if !ok {
					close(out)
					in = nil
					continue
				}
				out <- v
			case _, ok := <-errs:
				if !ok {
					errs = nil
				}
			}
		}
	}()
}

type cache interface {
	Start(ctx context.Context) error
}

// One error is received, and none once the context has ended; the caches that fail
// then stay. (kubernetes-sigs/controller-runtime#3565, where the fix is an errgroup)
func badStartAll(ctx context.Context, caches []cache) error {
	errs := make(chan error)
	for _, c := range caches {
		go func() {
			if err := c.Start(ctx); err != nil {
				errs <- err // want `this send on errs blocks for ever when badStartAll leaves on cancellation, without a receive`
			}
		}()
	}
	select {
	case <-ctx.Done():
		return nil
	case err := <-errs:
		return err
	}
}

func okStartAll(ctx context.Context, caches []cache) error {
	errs := make(chan error, len(caches))
	for _, c := range caches {
		go func() {
			if err := c.Start(ctx); err != nil {
				errs <- err
			}
		}()
	}
	select {
	case <-ctx.Done():
		return nil
	case err := <-errs:
		return err
	}
}
