package a

import (
	"os"
	"sync"
	"testing"

	"fixture/b"
)

func TestBadCheck(t *testing.T) {
	for _, name := range []string{"x", "yy"} {
		go func() { // want `the test ends while these goroutines have yet to call t.Errorf, which then panics`
			if len(name) != 1 {
				t.Errorf("%s", name)
			}
		}()
	}
}

// TestBadLog is after appsody/appsody#766: "Log in goroutine after TestRun has
// completed", as the test did not wait for what it ran in the background.
func TestBadLog(t *testing.T) {
	results := make(chan string, 1)
	go func() { // want `the test ends while this goroutine has yet to call t.Log, which then panics`
		out, err := os.ReadFile("output")
		t.Log("command finished", err)
		results <- string(out)
	}()
	t.Log("command started")
}

// TestOkLog is what it was changed to.
func TestOkLog(t *testing.T) {
	results := make(chan string, 1)
	go func() {
		out, err := os.ReadFile("output")
		t.Log("command finished", err)
		results <- string(out)
	}()
	t.Log("command started")
	t.Log(<-results)
}

// TestBadFailure is after etcd-io/etcd#10886: each watcher of a test fails the
// test when it may be over.
func TestBadFailure(t *testing.T) {
	for i := range 10 {
		go func(n int) { // want `the test ends while these goroutines have yet to call t.Errorf, which then panics`
			if _, err := os.Stat("revision"); err != nil {
				t.Errorf("#%d: %v", n, err)
			}
		}(i)
	}
}

// TestOkFailure has the WaitGroup that was added.
func TestOkFailure(t *testing.T) {
	var wg sync.WaitGroup
	for i := range 10 {
		wg.Add(1)
		go func(n int) {
			defer wg.Done()
			if _, err := os.Stat("revision"); err != nil {
				t.Errorf("#%d: %v", n, err)
			}
		}(i)
	}
	wg.Wait()
}

func TestBadSubtest(t *testing.T) {
	for _, name := range []string{"x", "y"} {
		t.Run(name, func(t *testing.T) {
			go t.Log(name) // want `the test ends while these goroutines have yet to call t.Log, which then panics`
		})
	}
}

func TestHelper(t *testing.T) {
	badBackground(t, "x")
}

func badBackground(t *testing.T, name string) {
	t.Helper()
	go func() { // want `the test ends while this goroutine has yet to call t.Log, which then panics`
		t.Log(name)
	}()
}

func TestBadCleanup(t *testing.T) {
	t.Cleanup(func() { os.Unsetenv("X") })
	go t.Log("late") // want `the test ends while this goroutine has yet to call t.Log, which then panics`
}

func TestOkCleanup(t *testing.T) {
	var wg sync.WaitGroup
	t.Cleanup(wg.Wait)
	wg.Go(func() { t.Log("in time") })
}

func TestOkCleanupLiteral(t *testing.T) {
	done := make(chan bool)
	t.Cleanup(func() { <-done })
	go func() {
		t.Log("in time")
		close(done)
	}()
}

func TestOkHelperCleanup(t *testing.T) {
	wg := tracked(t)
	wg.Go(func() { t.Log("in time") })
}

func tracked(t testing.TB) *sync.WaitGroup {
	wg := new(sync.WaitGroup)
	t.Cleanup(wg.Wait)
	return wg
}

// TestOkOtherPackage may have registered a cleanup.
func TestOkOtherPackage(t *testing.T) {
	wg := b.Tracked(t)
	wg.Go(func() { t.Log("in time") })
}

// TestOkParent waits for the goroutines of its subtests.
func TestOkParent(t *testing.T) {
	var wg sync.WaitGroup
	for _, name := range []string{"x", "y"} {
		t.Run(name, func(t *testing.T) {
			wg.Add(1)
			go func() {
				defer wg.Done()
				os.Remove(name)
			}()
		})
	}
	wg.Wait()
}

// TestOkParallel goes on when the others are done.
func TestOkParallel(t *testing.T) {
	go t.Log("first")
	t.Parallel()
}

func TestOkForever(t *testing.T) {
	done := make(chan bool)
	defer close(done)
	go func() {
		<-done
		os.Remove("x")
	}()
}

// BenchmarkOk: what a benchmark leaves behind is not looked at.
func BenchmarkOk(b *testing.B) {
	for b.Loop() {
		go b.Log("late")
	}
}

// TestFnAssert asserts something, which takes no time, by a function of which
// nothing is known.
func TestFnAssert(t *testing.T) {
	go t.Log("late")
	b.Equal(t, 1, 1)
}

// TestBadAssertBefore: an assertion library cannot register a cleanup.
func TestBadAssertBefore(t *testing.T) {
	b.Equal(t, 1, 1)
	go t.Log("late") // want `the test ends while this goroutine has yet to call t.Log, which then panics`
}

func TestBadAssert(t *testing.T) {
	go func() { // want `the test ends while this goroutine has yet to call b.Equal, which is then lost`
		b.Equal(t, 1, len("x"))
	}()
}

// TestFnParallelSubtest: parallel subtests run when this is over, which is not
// followed.
func TestFnParallelSubtest(t *testing.T) {
	for _, name := range []string{"x", "y"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			go t.Log(name)
		})
	}
}
