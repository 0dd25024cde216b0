package a

import (
	"context"
	"errors"
	"io"
	"testing"
	"time"
)

// The stream cannot be made, and nobody takes what has been read from the first.
func okLeftStreams(open func() (io.Reader, error)) error {
	first, err := open()
	if err != nil {
		return err
	}
	errc := make(chan error)
	go func() {
		_, err := io.ReadAll(first)
		errc <- err // for rule chanleak
	}()
	if _, err := open(); err != nil {
		return err
	}
	return <-errc
}

func okStreams(open func() (io.Reader, error)) error {
	first, err := open()
	if err != nil {
		return err
	}
	errc := make(chan error, 1)
	go func() {
		_, err := io.ReadAll(first)
		errc <- err
	}()
	if _, err := open(); err != nil {
		return err
	}
	return <-errc
}

// A test that has failed may leave goroutines behind.
func okFailed(t *testing.T, work func() error) {
	ch := make(chan error)
	go func() { ch <- work() }()
	select {
	case err := <-ch:
		if err != nil {
			t.Fatal(err)
		}
	case <-time.After(time.Second):
		t.Error("timeout")
	}
}

func okFailedWorker(t *testing.T, work func() error) {
	done := make(chan bool)
	go func() {
		if err := work(); err != nil {
			t.Error(err)
			return
		}
		done <- true
	}()
	<-done
}

// The context is cancelled by nobody but this function, behind the loop.
func okOwnContext() {
	gen := func(ctx context.Context) <-chan int {
		ch := make(chan int)
		go func() {
			for {
				select {
				case <-ctx.Done():
					return
				case ch <- 1:
				}
			}
		}()
		return ch
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	n := 0
	for v := range gen(ctx) {
		if n += v; n == 5 {
			break
		}
	}
}

// Cancelled too early: the generator does not close what it sends on.
func badEndedContext() {
	ctx, cancel := context.WithCancel(context.Background())
	ch := make(chan int)
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case ch <- 1:
			}
		}
	}()
	<-ch
	cancel()
	<-ch // want `the receive from ch never ends: no goroutine is left that sends or closes`
}

// The channel that ends the wait is another one by then: what it says, and
// when, is not known.
func okReplaced(work func() error) error {
	errc, done := make(chan error), make(chan struct{})
	go func() {
		if err := work(); err != nil {
			errc <- err
			return
		}
		close(done)
	}()
	select {
	case err := <-errc:
		return err
	case <-done:
	}
	done = make(chan struct{})
	go func() { close(done) }()
	<-done
	return nil
}

// What comes out of the channel ends the loops.
func okTickets(n int) {
	work, result := make(chan bool, n+2), make(chan int)
	for range n {
		work <- true
	}
	for range 2 {
		work <- false
	}
	for range 2 {
		go func() {
			for <-work {
			}
			result <- 1
		}()
	}
	for range 2 {
		<-result
	}
}

// Messages of others come in their own order.
func okEvents(asked, closed chan bool) {
	stop := make(chan bool)
	go func() { <-stop }()
	for {
		select {
		case <-asked:
			stop <- true
		case <-closed:
			return
		}
	}
}

// Whoever waits for the notes is woken, or there is a note for him.
func okNote(closed chan error) error {
	note := make(chan struct{}, 1)
	go func() {
		select {
		case note <- struct{}{}:
		default:
		}
	}()
	select {
	case <-note:
		return nil
	case err := <-closed:
		return errors.Join(err, io.EOF)
	}
}

// The worker is left with nothing to do when the test ends.
func okIdle(t *testing.T) {
	queue := make(chan func())
	go func() {
		for {
			f := <-queue
			f()
		}
	}()
	queue <- func() { t.Log("done") }
}

func okLeftLeftSend(t *testing.T) {
	ch := make(chan int)
	go func() {
		for i := range 2 {
			ch <- i // for rule chanleak
		}
	}()
	t.Log(<-ch)
}

// What has been slept for has happened by then, however long it takes.
func okSlept(t *testing.T, push func()) {
	finished := make(chan struct{})
	go func() {
		push()
		finished <- struct{}{}
	}()
	time.Sleep(time.Millisecond)
	select {
	case <-finished:
		t.Fatal("not blocked")
	default:
	}
}

type pool struct{ vals map[string]int }

func (p *pool) load(key string, make func() int) int {
	v, ok := p.vals[key]
	if !ok {
		v = make()
		p.vals[key] = v
	}
	return v
}

// The pool is empty.
func okPool() {
	p := &pool{vals: map[string]int{}}
	started := make(chan struct{})
	go p.load("a", func() int {
		close(started)
		return 1
	})
	<-started
}

type listener struct{ ch chan int }

func (l *listener) dial(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case l.ch <- 1:
		return nil
	}
}

// Nobody cancels Background.
func okBackground() error {
	l := &listener{ch: make(chan int)}
	done := make(chan struct{})
	go func() {
		<-l.ch
		close(done)
	}()
	if err := l.dial(context.Background()); err != nil {
		return errors.Join(err, io.EOF)
	}
	<-done
	return nil
}

type notice struct{ ok bool }

type notifier struct{ notices []chan notice }

func (n *notifier) notify(yes, no chan int) {
	c := make(chan notice, 4)
	n.notices = append(n.notices, c)
	go func() {
		for x := range c {
			if x.ok {
				yes <- 1
			} else {
				no <- 1
			}
		}
		close(yes)
	}()
}

// Nothing comes that would have to be told. (As in streadway/amqp's
// TestNotifyConfirm….)
func testOkNotices(t *testing.T, n *notifier) {
	both := make(chan int)
	n.notify(both, both)
}
