package a

import (
	"net"
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

// okTestServer passes on what its clients send: two, here. (false reports on
// quic-go's tests)
func okTestServer(t *testing.T, conn net.Conn, send func()) {
	packets := make(chan []byte, 1)
	go func() {
		for {
			buf := make([]byte, 100)
			n, err := conn.Read(buf)
			if err != nil {
				return
			}
			packets <- buf[:n]
		}
	}()
	send()
	t.Log(<-packets)
	send()
	t.Log(<-packets)
}

// The connection of a program brings whatever others send.
func badServer(conn net.Conn, quit chan bool) []byte {
	packets := make(chan []byte, 1)
	go func() {
		for {
			buf := make([]byte, 100)
			n, err := conn.Read(buf)
			if err != nil {
				return
			}
			packets <- buf[:n] // want "this send on packets blocks for ever"
		}
	}()
	select {
	case p := <-packets:
		return p
	case <-quit:
		return nil
	}
}

// badTestSpins sends without end.
func badTestSpins(t *testing.T, size func() int) {
	sizes := make(chan int)
	go func() {
		for {
			sizes <- size() // want "this send on sizes blocks for ever"
		}
	}()
	t.Log(<-sizes)
}
