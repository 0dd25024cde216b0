// Package b leaves the work to another package.
package b

import (
	"sync"

	"fixture/lib"
)

// What takes long there is not known here.
func fnFetch(urls []string) {
	var wg sync.WaitGroup
	for _, u := range urls {
		wg.Go(func() { lib.Fetch(u) })
	}
	wg.Wait()
}

func okEach(n int) { lib.Each(n, func(int) {}) }
