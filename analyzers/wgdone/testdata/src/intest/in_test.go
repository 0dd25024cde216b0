// Package intest has tests: what panics ends them all, what fails one ends a
// goroutine.
package intest

import (
	"errors"
	"sync"
	"testing"

	"fixture/require"
)

func TestOkPanic(t *testing.T) {
	var wg sync.WaitGroup
	for _, f := range []func(){func() {}, func() { panic("never") }} {
		wg.Add(1)
		go func() {
			f()
			wg.Done()
		}()
	}
	wg.Wait()
}

func TestBadRequire(t *testing.T) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		require.NoError(t, nil)
		wg.Done() // want `wg.Done is not deferred: a panic or Goexit in require.NoError skips it`
	}()
	wg.Wait()
}

func TestBadTable(t *testing.T) {
	var wg sync.WaitGroup
	for _, f := range []func(*testing.T){func(t *testing.T) { t.SkipNow() }} {
		wg.Add(1)
		go func() {
			f(t)
			wg.Done() // want `wg.Done is not deferred: a panic or Goexit in f skips it`
		}()
	}
	wg.Wait()
}

func dial() error { return errors.New("refused") }

func must(t *testing.T, err error) {
	if err != nil {
		t.Fatal(err)
	}
}

// After google.golang.org/grpc, credentials/alts: the connection is made in a
// helper that fails the test.
func TestBadHelper(t *testing.T) {
	var wg sync.WaitGroup
	for range 10 {
		wg.Add(1)
		go func() {
			must(t, dial())
			wg.Done() // want `wg.Done is skipped when must ends the goroutine`
		}()
	}
	wg.Wait()
}

func TestOkRequire(t *testing.T) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		require.NoError(t, nil)
	}()
	wg.Wait()
}

func TestOkCheck(t *testing.T) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		require.Check(t, nil)
		wg.Done()
	}()
	wg.Wait()
}
