package a

import (
	"testing"
	"time"
)

// Which query it is given is for the test to know. (false report on
// prometheus/prometheus' tests of rules)
func okTestData(t *testing.T, eval func(query func(string) int) error) {
	started, done := make(chan struct{}), make(chan struct{})
	query := func(q string) int {
		if q == "slow" {
			close(started)
			<-done
		}
		return len(q)
	}
	go func() {
		<-started
		close(done)
	}()
	query("slow")
	if err := eval(query); err != nil {
		t.Log(err)
	}
}

func okTestSkips(t *testing.T, rounds int) {
	ch := make(chan int)
	go func() { ch <- 1 }()
	if rounds == 0 {
		return
	}
	t.Log(<-ch)
}

// A timeout is something else.
func badTestTimeout(t *testing.T, work func() int) {
	ch := make(chan int)
	go func() {
		ch <- work() // want "this send on ch blocks for ever when badTestTimeout leaves on a timeout, without a receive"
	}()
	select {
	case v := <-ch:
		t.Log(v)
	case <-time.After(time.Second):
	}
}

// The test has failed by then. (false reports on pion/dtls' tests)
func okTestHelper(t *testing.T, work func() int) {
	ch := make(chan int)
	go func() {
		ch <- work()
	}()
	select {
	case <-ch:
	case <-time.After(time.Second):
		assert{}.Fail(t, "timeout")
	}
}

type assert struct{}

func (assert) Fail(t testing.TB, msg string) { t.Error(msg) }

// How many packets there are is for the test to know. (false report on
// pion/transport's tests)
func okTestWorker(t *testing.T, read func() error, n int) {
	all := make(chan struct{})
	go func() {
		for range n {
			if read() != nil {
				return
			}
		}
		close(all)
	}()
	<-all
	t.Log("done")
}
