// Package a shows what is left without strict.
package a

import (
	"fmt"
	"sync"
)

func okFuncValue(f func()) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		f()
		wg.Done()
	}()
	wg.Wait()
}

func badRecovers(f func()) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer func() { fmt.Println(recover()) }()
		f()
		wg.Done() // want `wg.Done is not deferred: when f panics, the goroutine recovers without it`
	}()
	wg.Wait()
}

func badReturns(n int) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		if n == 0 {
			return
		}
		wg.Done() // want `wg.Done is skipped where the goroutine returns early`
	}()
	wg.Wait()
}
