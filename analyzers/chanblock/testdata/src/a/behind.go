package a

import "context"

// Rows are closed by their context, and the context by closing the rows. (As in
// cockroachdb/cockroach#13755, where the fix closes the rows of a statement that
// is done with.)
type rows struct{ cancel context.CancelFunc }

func (rs *rows) watch(ctx context.Context) {
	ctx, rs.cancel = context.WithCancel(ctx)
	go rs.badAwait(ctx)
}

func (rs *rows) badAwait(ctx context.Context) {
	<-ctx.Done() // want `receive from ctx.Done\(\) blocks for ever: nothing cancels the context, unless it comes after`
	rs.shut()
}

func (rs *rows) shut() { rs.cancel() }

func query() { (&rows{}).watch(context.Background()) }

type okRows struct{ cancel context.CancelFunc }

func (rs *okRows) watch(ctx context.Context) {
	ctx, rs.cancel = context.WithCancel(ctx)
	go rs.await(ctx)
}

func (rs *okRows) await(ctx context.Context) {
	<-ctx.Done()
	rs.shut()
}

func (rs *okRows) shut() { rs.cancel() }

func okQuery() {
	rs := &okRows{}
	rs.watch(context.Background())
	defer rs.shut()
}

// The context of the caller may end.
func okDerived(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	keep = cancel
	go func() { <-ctx.Done() }()
}

var keep func()

func okTimedOut() {
	ctx, cancel := context.WithTimeout(context.Background(), 1)
	go func() {
		<-ctx.Done()
		cancel()
	}()
}

func okParent() {
	up, cancel := context.WithCancel(context.Background())
	ctx, stop := context.WithCancel(context.WithValue(up, okRows{}, 1))
	go func() {
		<-ctx.Done()
		stop()
	}()
	cancel()
}

// Nobody means to cancel it, so far.
func okBackground() {
	ctx := context.Background()
	go func() { <-ctx.Done() }()
}

func okSelectDone() {
	ctx, cancel := context.WithCancel(context.Background())
	c := make(chan int)
	go func() {
		select {
		case <-ctx.Done():
			cancel()
		case <-c:
		}
	}()
	c <- 1
}

func badChild() {
	ctx, cancel := context.WithCancel(context.WithValue(context.Background(), okRows{}, 1))
	go func() {
		<-ctx.Done() // want `receive from ctx.Done\(\) blocks for ever`
		cancel()
	}()
}

// Nobody starts the pump.
type pump struct{ turns chan int }

func newPump() *pump {
	p := &pump{turns: make(chan int)}
	go p.badRun()
	return p
}

func (p *pump) badRun() {
	for {
		n := <-p.turns // want `receive from p.turns blocks for ever: only what comes after it sends on it or closes it`
		go p.next(n)
	}
}

func (p *pump) next(n int) { p.turns <- n + 1 }

type okPump struct{ turns chan int }

func newOkPump() *okPump {
	p := &okPump{turns: make(chan int)}
	go p.run()
	p.next(0)
	return p
}

func (p *okPump) run() {
	for {
		n := <-p.turns
		go p.next(n)
	}
}

func (p *okPump) next(n int) { p.turns <- n + 1 }

// The first turn does not wait.
type okFirst struct{ turns chan int }

func newOkFirst() *okFirst {
	p := &okFirst{turns: make(chan int)}
	go p.run()
	return p
}

func (p *okFirst) run() {
	for n := 0; ; n++ {
		if n > 0 {
			<-p.turns
		}
		go p.next(n)
	}
}

func (p *okFirst) next(n int) { p.turns <- n }

// A token is put in when the semaphore is made.
type okSemaphore struct{ tokens chan int }

func newOkSemaphore() *okSemaphore {
	s := &okSemaphore{tokens: make(chan int, 1)}
	s.tokens <- 1
	return s
}

func (s *okSemaphore) with(f func()) {
	<-s.tokens
	defer func() { s.tokens <- 1 }()
	f()
}
