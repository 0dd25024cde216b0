// Package a has goroutines that are left blocked by others that leave.
package a

import (
	"context"
	"errors"
	"log"
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func compute() int { return len(os.Args) }

func dial() error { return errors.New(os.Args[0]) }

// The receiver gives up after a while (kubernetes/kubernetes#5316).
func badTimeout(fn func() error, d time.Duration) error {
	ch := make(chan bool)
	errCh := make(chan error)
	go func() {
		if err := fn(); err != nil {
			errCh <- err // want `this send on errCh blocks for ever when badTimeout leaves on a timeout, without a receive`
		} else {
			ch <- true
		}
	}()
	select {
	case <-ch:
		return nil
	case err := <-errCh:
		return err
	case <-time.After(d):
		return errors.New("timeout")
	}
}

func okTimeout(fn func() error, d time.Duration) error {
	ch := make(chan bool, 1)
	errCh := make(chan error, 1)
	go func() {
		if err := fn(); err != nil {
			errCh <- err
		} else {
			ch <- true
		}
	}()
	select {
	case <-ch:
		return nil
	case err := <-errCh:
		return err
	case <-time.After(d):
		return errors.New("timeout")
	}
}

// One channel or the other: that only one of them is received from is no leak.
func okEither(fn func() error) error {
	ch := make(chan bool)
	errCh := make(chan error)
	go func() {
		if err := fn(); err != nil {
			errCh <- err
		} else {
			ch <- true
		}
	}()
	select {
	case <-ch:
		return nil
	case err := <-errCh:
		return err
	}
}

func badCancelled(ctx context.Context) int {
	ch := make(chan int)
	go func() {
		ch <- compute() // want `this send on ch blocks for ever when badCancelled leaves on cancellation, without a receive`
	}()
	select {
	case v := <-ch:
		return v
	case <-ctx.Done():
		return 0
	}
}

func okCancelled(ctx context.Context) int {
	ch := make(chan int)
	go func() {
		select {
		case ch <- compute():
		case <-ctx.Done():
		}
	}()
	select {
	case v := <-ch:
		return v
	case <-ctx.Done():
		return 0
	}
}

// The stop case of a loop that makes a channel in each round (grpc/grpc-go#660).
func badLoop(stop chan bool) {
	for {
		done := make(chan bool)
		go func() {
			done <- compute() > 0 // want `this send on done blocks for ever when badLoop leaves by another case of its select, without a receive`
		}()
		select {
		case <-stop:
			return
		case <-done:
		}
	}
}

func okLoop(stop chan bool) {
	for {
		done := make(chan bool, 1)
		go func() {
			done <- compute() > 0
		}()
		select {
		case <-stop:
			return
		case <-done:
		}
	}
}

// The stop case forgets what the timeout case does (moby/moby#33781).
func badProbe(stop chan bool) {
	for {
		results := make(chan bool)
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		go func() {
			results <- compute() > 0 // want `this send on results blocks for ever when badProbe leaves by another case of its select, without a receive`
			close(results)
		}()
		select {
		case <-stop:
			cancel()
			return
		case <-results:
		case <-ctx.Done():
			<-results
		}
		cancel()
	}
}

func okProbe(stop chan bool) {
	for {
		results := make(chan bool)
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		go func() {
			results <- compute() > 0
			close(results)
		}()
		select {
		case <-stop:
			cancel()
			<-results
			return
		case <-results:
		case <-ctx.Done():
			<-results
		}
		cancel()
	}
}

func badEarlyReturn() (int, error) {
	ch := make(chan int)
	go func() {
		ch <- compute() // want `this send on ch blocks for ever when badEarlyReturn leaves early, without a receive`
	}()
	if err := dial(); err != nil {
		return 0, err
	}
	return <-ch, nil
}

func okDeferred() error {
	ch := make(chan int)
	go func() {
		ch <- compute()
	}()
	defer func() { <-ch }()
	return dial()
}

func badDefault() int {
	ch := make(chan int)
	go func() {
		ch <- compute() // want `this send on ch blocks for ever when badDefault leaves by the default of its select, without a receive`
	}()
	select {
	case v := <-ch:
		return v
	default:
		return 0
	}
}

func badFirst(urls []string) string {
	ch := make(chan string)
	for _, u := range urls {
		go func() {
			ch <- u + "/" // want `this send on ch blocks for ever when badFirst leaves without another receive`
		}()
	}
	return <-ch
}

func okFirst(urls []string) string {
	ch := make(chan string, len(urls))
	for _, u := range urls {
		go func() { ch <- u + "/" }()
	}
	return <-ch
}

type result struct {
	v   int
	err error
}

func badFirstError(xs []int) error {
	ch := make(chan result)
	for range xs {
		go func() {
			ch <- result{compute(), dial()} // want `this send on ch blocks for ever when badFirstError leaves early, without another receive`
		}()
	}
	for range xs {
		if r := <-ch; r.err != nil {
			return r.err
		}
	}
	return nil
}

func okAll(xs []int) (err error) {
	ch := make(chan result)
	for range xs {
		go func() { ch <- result{compute(), dial()} }()
	}
	for range xs {
		if r := <-ch; r.err != nil {
			err = r.err
		}
	}
	return err
}

// Each round receives what it has started.
func okOneByOne(xs []int) error {
	ch := make(chan error)
	for range xs {
		go func() { ch <- dial() }()
		if err := <-ch; err != nil {
			return err
		}
	}
	return nil
}

// A bounded number at a time, then the rest.
func okBounded(xs []int) {
	ch := make(chan int)
	running := 0
	for range xs {
		if running == 4 {
			<-ch
			running--
		}
		go func() { ch <- compute() }()
		running++
	}
	for ; running > 0; running-- {
		<-ch
	}
}

// The loop leaves when it has counted all.
func okCounted(n int) {
	ch := make(chan int)
	for range n {
		go func() { ch <- compute() }()
	}
	got := 0
	for {
		<-ch
		if got++; got == n {
			return
		}
	}
}

func badThreeForTwo() int {
	ch := make(chan int, 1)
	for range 3 {
		go func() {
			ch <- compute() // want `this send on ch blocks for ever when badThreeForTwo leaves without another receive`
		}()
	}
	return <-ch
}

func okThree() int {
	ch := make(chan int, 1)
	for range 3 {
		go func() { ch <- compute() }()
	}
	return <-ch + <-ch
}

// The sender goes on after it has reported the error.
func badDoubleSend() error {
	ch := make(chan error)
	go func() {
		err := dial()
		if err != nil {
			ch <- err
		}
		ch <- nil // want `this send on ch blocks for ever when badDoubleSend leaves without another receive`
	}()
	return <-ch
}

func okSingleSend() error {
	ch := make(chan error)
	go func() {
		err := dial()
		if err != nil {
			ch <- err
			return
		}
		ch <- nil
	}()
	return <-ch
}

// A range over what a goroutine sends is left early (cockroachdb/cockroach#18101).
func consume(ctx context.Context) bool {
	ch := make(chan bool, 6)
	go func() {
		defer close(ch)
		badProduce(ch)
	}()
	for v := range ch {
		select {
		case <-ctx.Done():
			return v
		default:
		}
	}
	return true
}

func badProduce(ch chan bool) {
	for i := 0; i < 8; i++ {
		ch <- i > 0 // want `this send on ch blocks for ever when consume leaves .*, without another receive`
	}
}

func okConsumer(ctx context.Context) bool {
	ch := make(chan bool, 6)
	go func() {
		defer close(ch)
		for i := 0; i < 8; i++ {
			select {
			case ch <- i > 0:
			case <-ctx.Done():
				return
			}
		}
	}()
	for v := range ch {
		select {
		case <-ctx.Done():
			return v
		default:
		}
	}
	return true
}

// What is received says that nothing more comes.
func okSentinel() error {
	ch := make(chan result)
	go func() {
		for {
			r := result{compute(), dial()}
			ch <- r
			if r.err != nil {
				return
			}
		}
	}()
	for {
		if r := <-ch; r.err != nil {
			return r.err
		}
	}
}

func okDrained(ctx context.Context) {
	ch := make(chan int)
	go func() {
		defer close(ch)
		for i := range compute() {
			ch <- i
		}
	}()
	defer func() {
		for range ch {
		}
	}()
	for range ch {
		if ctx.Err() != nil {
			return
		}
	}
}

func okDrainer(ctx context.Context) {
	ch := make(chan int)
	go func() {
		defer close(ch)
		for i := range compute() {
			ch <- i
		}
	}()
	for range ch {
		if ctx.Err() != nil {
			go func() {
				for range ch {
				}
			}()
			return
		}
	}
}

// The same condition starts the goroutine and receives.
func okSameCondition(wait bool) {
	ch := make(chan int)
	if wait {
		go func() { ch <- compute() }()
	}
	log.Print("waiting")
	if wait {
		<-ch
	}
}

type options struct{ async bool }

func okSameField(o *options) {
	ch := make(chan int)
	if !o.async {
		go func() { ch <- compute() }()
	}
	log.Print("waiting")
	if o.async {
		return
	}
	<-ch
}

// The goroutine asks what makes its parent leave.
func okBothAsk(wait bool) {
	ch := make(chan int)
	go func() {
		v := compute()
		if wait {
			ch <- v
		}
	}()
	if !wait {
		return
	}
	<-ch
}

// These end the program or the test, or are a bug of another kind.
func okFatal() int {
	ch := make(chan int)
	go func() { ch <- compute() }()
	if err := dial(); err != nil {
		log.Fatal(err)
	}
	if compute() > 7 {
		panic("too many")
	}
	return <-ch
}

func okTestFatal(t *testing.T) {
	ch := make(chan int)
	go func() { ch <- compute() }()
	if err := dial(); err != nil {
		t.Fatal(err)
	}
	<-ch
}

// The workers leave on an error, and the parent does not notice.
func badWorkers(jobs []int, do func(int) error) {
	ch := make(chan int)
	for range 4 {
		go func() {
			for j := range ch {
				if err := do(j); err != nil {
					return
				}
			}
		}()
	}
	for _, j := range jobs {
		ch <- j // want `this send on ch blocks for ever when the goroutine that receives from it leaves early, without another receive`
	}
	close(ch)
}

func okWorkers(jobs []int, do func(int) error) {
	ch := make(chan int)
	for range 4 {
		go func() {
			for j := range ch {
				if err := do(j); err != nil {
					log.Print(err)
				}
			}
		}()
	}
	for _, j := range jobs {
		ch <- j
	}
	close(ch)
}

// The sender itself tells the worker to leave.
func okQuit(jobs []int) {
	ch, quit := make(chan int), make(chan struct{})
	go func() {
		for {
			select {
			case <-ch:
			case <-quit:
				return
			}
		}
	}()
	for _, j := range jobs {
		ch <- j
	}
	close(quit)
}

func okCancels(jobs []int) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	ch := make(chan int)
	go func() {
		for {
			select {
			case <-ch:
			case <-ctx.Done():
				return
			}
		}
	}()
	for _, j := range jobs {
		ch <- j
	}
}

// The goroutine forgets its answer on an error.
func badNoAnswer() int {
	ch := make(chan int)
	go func() {
		if err := dial(); err != nil {
			log.Print(err)
			return
		}
		ch <- compute()
	}()
	return <-ch // want `this receive from ch blocks for ever when the goroutine that it waits for leaves early, without a send`
}

func okAnswer() int {
	ch := make(chan int)
	go func() {
		defer close(ch)
		if err := dial(); err != nil {
			log.Print(err)
			return
		}
		ch <- compute()
	}()
	return <-ch
}

// The parent returns without closing what its goroutine waits for.
func badNoClose() error {
	stop := make(chan struct{})
	go func() {
		<-stop // want `this receive from stop blocks for ever when badNoClose leaves early, without closing it`
		log.Print("stopped")
	}()
	if err := dial(); err != nil {
		return err
	}
	close(stop)
	return nil
}

func okClose() error {
	stop := make(chan struct{})
	defer close(stop)
	go func() {
		<-stop
		log.Print("stopped")
	}()
	return dial()
}

func badRangeNoClose(xs []int) error {
	ch := make(chan int)
	go func() {
		for x := range ch { // want `this receive from ch blocks for ever when badRangeNoClose leaves early, without closing it`
			log.Print(x)
		}
	}()
	for _, x := range xs {
		if err := dial(); err != nil {
			return err
		}
		ch <- x
	}
	close(ch)
	return nil
}

func okWaited(xs []int) error {
	ch := make(chan int)
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		for range xs {
			ch <- compute()
		}
	}()
	for range xs {
		<-ch
	}
	wg.Wait()
	return nil
}

func okSemaphore(xs []int) {
	sem := make(chan struct{}, 4)
	for range xs {
		sem <- struct{}{}
		go func() {
			defer func() { <-sem }()
			compute()
		}()
	}
}

// In another goroutine's scope: the go statement is two functions away.
func through(ctx context.Context) {
	ch := make(chan int)
	start(ch)
	select {
	case <-ch:
	case <-ctx.Done():
	}
}

func start(ch chan<- int) {
	go badSend(ch)
}

func badSend(ch chan<- int) {
	ch <- compute() // want `this send on ch blocks for ever when through leaves on cancellation, without a receive`
}

// The channel gets away: others may receive.
func okEscapes(ctx context.Context, keep *[]chan int) {
	ch := make(chan int)
	go func() { ch <- compute() }()
	*keep = append(*keep, ch)
	select {
	case <-ch:
	case <-ctx.Done():
	}
}

// A capacity that is not constant may be enough.
func fnCapacity(n int) int {
	ch := make(chan int, n-1)
	for range n {
		go func() { ch <- compute() }()
	}
	if n > 7 {
		return 0
	}
	return <-ch
}

type server struct{ results chan int }

// A channel in a field, of which this function has all operations.
func badField(ctx context.Context) int {
	s := &server{results: make(chan int)}
	go func() {
		s.results <- compute() // want `this send on s.results blocks for ever when badField leaves on cancellation, without a receive`
	}()
	select {
	case v := <-s.results:
		return v
	case <-ctx.Done():
		return 0
	}
}

// The goroutine may have set the flag because it is done, or before.
func fnFlag(mu *sync.Mutex) int {
	ch := make(chan int)
	var failed bool
	go func() {
		v := compute()
		mu.Lock()
		failed = v > 7
		mu.Unlock()
		ch <- v
	}()
	mu.Lock()
	defer mu.Unlock()
	if failed {
		return 0
	}
	return <-ch
}

func stop(c chan struct{}) { close(c) }

// A select all of whose cases are the parent's to serve.
func badSelect() error {
	work, quit := make(chan int), make(chan struct{})
	go func() {
		select { // want `this select blocks for ever when badSelect leaves early, without serving any of its cases`
		case v := <-work:
			log.Print(v)
		case <-quit:
		}
	}()
	if err := dial(); err != nil {
		return err
	}
	if compute() > 7 {
		work <- 1
	} else {
		stop(quit)
	}
	return nil
}

func okSelect(ctx context.Context) error {
	work := make(chan int)
	go func() {
		select {
		case v := <-work:
			log.Print(v)
		case <-ctx.Done():
		}
	}()
	if err := dial(); err != nil {
		return err
	}
	select {
	case work <- 1:
	case <-ctx.Done():
	}
	return nil
}

// The buffer may have been chosen to be enough.
func okEnough(names [3]string) string {
	ch := make(chan string, 3)
	for _, n := range names {
		go func() { ch <- n + "/" }()
	}
	return <-ch
}

func okEnoughFor(names []string) string {
	ch := make(chan string, 3)
	for _, n := range names {
		go func() { ch <- n + "/" }()
	}
	return <-ch
}

// The test has failed by then.
func okTestFails(ctx context.Context, t *testing.T) {
	done := make(chan struct{})
	go func() {
		compute()
		done <- struct{}{}
	}()
	select {
	case <-done:
	case <-ctx.Done():
		t.Error("too slow")
	}
}

// A channel for each round, on which one of several sends (hashicorp/raft).
func okRounds(work chan int) {
	for n := range work {
		done := make(chan error, 1)
		go func() { log.Print(<-done) }()
		if n < 0 {
			done <- errors.New("negative")
			continue
		}
		if err := dial(); err != nil {
			done <- err
			continue
		}
		done <- nil
	}
}

type pool struct{ results chan int }

func newPool() *pool { return &pool{results: make(chan int)} }

func (p *pool) work() { p.results <- compute() }

func (p *pool) Next() int { return <-p.results }

// A channel in a field that others receive from too.
func fnField(ctx context.Context) int {
	p := newPool()
	go p.work()
	select {
	case v := <-p.results:
		return v
	case <-ctx.Done():
		return 0
	}
}

// One of many goroutines sends: the last.
func okElected(n int32) {
	done := make(chan bool)
	var left atomic.Int32
	left.Store(n)
	for range n {
		go func() {
			compute()
			if left.Add(-1) == 0 {
				done <- true
			}
		}()
	}
	<-done
}

// All must have ended for the other case to come (containerd).
func okAllEnd(t *testing.T, xs []int) {
	errs := make(chan error, 1)
	var wg sync.WaitGroup
	for range xs {
		wg.Go(func() {
			if err := dial(); err != nil {
				errs <- err
			}
		})
	}
	finished := make(chan struct{})
	go func() {
		defer close(finished)
		wg.Wait()
	}()
	select {
	case err := <-errs:
		t.Fatal(err)
	case <-finished:
	}
}

// The arguments say who sends.
func okSome(in, out []byte) {
	done := make(chan struct{}, 2)
	copied := func(name string, b []byte) {
		log.Print(name, len(b))
		if name != "in" {
			done <- struct{}{}
		}
	}
	go copied("in", in)
	go copied("out", out)
	go copied("err", out)
	<-done
}

// The deferred receive is passed on the way (the Go distribution's sync).
func okDeferredIf(block bool) {
	if block {
		done := make(chan bool)
		go func() {
			compute()
			done <- true
		}()
		defer func() { <-done }()
	}
	compute()
}

// Whether the peer runs is for who gets it to know (the Go distribution's net).
func okPeers(t *testing.T) {
	done := make(chan struct{})
	peers(t, func() { <-done }, func() { defer close(done) })
}

func peers(t *testing.T, a, b func()) {
	errs := make(chan error, 2)
	for _, peer := range []func(){a, b} {
		go func() {
			if err := dial(); err != nil {
				errs <- err
				return
			}
			peer()
			errs <- nil
		}()
	}
	for range 2 {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
}

// An error before the close that the other side ranges up to (containerd's
// metadata/db.go).
func badScan() (xs []int, err error) {
	roots := make(chan int)
	var wg sync.WaitGroup
	wg.Go(func() {
		for x := range roots { // want `this receive from roots blocks for ever when badScan leaves early, without closing it`
			xs = append(xs, x)
		}
	})
	if err := scanAll(roots); err != nil {
		return nil, err
	}
	close(roots)
	wg.Wait()
	return xs, nil
}

func scanAll(roots chan<- int) error {
	for i := range compute() {
		roots <- i
	}
	return dial()
}

func okScan() (xs []int, err error) {
	roots := make(chan int)
	var wg sync.WaitGroup
	wg.Go(func() {
		for x := range roots {
			xs = append(xs, x)
		}
	})
	err = scanAll(roots)
	close(roots)
	wg.Wait()
	return xs, err
}

type stream struct{ events chan int }

func newStream() *stream {
	s := &stream{events: make(chan int)}
	go s.run()
	return s
}

func (s *stream) run() {
	for e := range s.events {
		log.Print(e)
	}
}

func (s *stream) stop() { close(s.events) }

// Who makes the stream stops it (hashicorp/serf).
func okStream(t *testing.T) {
	s := newStream()
	defer s.stop()
	if err := dial(); err != nil {
		t.Log(err)
	}
}
