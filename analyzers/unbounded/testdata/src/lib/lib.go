// Package lib computes, and fetches.
package lib

import (
	"net/http"
	"sync"
)

// Sum computes.
func Sum(n int) (s int) {
	for i := range n {
		s += i
	}
	return s
}

// Fetch asks a server.
func Fetch(url string) {
	if r, err := http.Get(url); err == nil {
		r.Body.Close()
	}
}

// Each runs f in a goroutine for each.
func Each(n int, f func(int)) {
	var wg sync.WaitGroup
	for i := range min(n, 4) {
		wg.Go(func() { f(i) })
	}
	wg.Wait()
}
