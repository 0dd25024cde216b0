// Package real has the kernels of published bugs with shared appends, rewritten,
// and what fixed them.
package real

import (
	"sync"

	"golang.org/x/sync/errgroup"
)

type server struct{ name string }

func probe(name string) (*server, error) { return &server{name}, nil }

// badVariants: several goroutines of a group append to one slice
// (ollama/ollama#3320).
func badVariants(names []string) ([]*server, error) {
	var g errgroup.Group
	var found []*server
	for _, name := range names {
		g.Go(func() error {
			s, err := probe(name)
			if err != nil {
				return err
			}
			found = append(found, s) // want "this append to found runs while another worker appends: elements are lost"
			return nil
		})
	}
	return found, g.Wait()
}

// okVariants guards the slice.
func okVariants(names []string) ([]*server, error) {
	var g errgroup.Group
	var mu sync.Mutex
	var found []*server
	for _, name := range names {
		g.Go(func() error {
			s, err := probe(name)
			if err != nil {
				return err
			}
			mu.Lock()
			defer mu.Unlock()
			found = append(found, s)
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return found, nil
}

// A collection fetches its items at once and adds up their errors
// (alcionai/corso#2201).
type collection struct {
	mu   sync.Mutex
	errs []error
}

func (c *collection) badAdd(err error) {
	c.errs = append(c.errs, err) // want "this append to c.errs runs while another worker appends: elements are lost"
}

func (c *collection) fetch(ids []string) {
	var wg sync.WaitGroup
	for _, id := range ids {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if _, err := probe(id); err != nil {
				c.badAdd(err)
			}
		}()
	}
	wg.Wait()
}

func (c *collection) okAdd(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.errs = append(c.errs, err)
}

func (c *collection) fetchRight(ids []string) {
	var wg sync.WaitGroup
	for _, id := range ids {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if _, err := probe(id); err != nil {
				c.okAdd(err)
			}
		}()
	}
	wg.Wait()
}

// badBuckets collects from a goroutine for each (OffchainLabs/prysm#11247).
func badBuckets(names []string, size func(string) int) []int {
	var sizes []int
	var wg sync.WaitGroup
	wg.Add(len(names))
	for _, name := range names {
		go func(name string) {
			defer wg.Done()
			sizes = append(sizes, size(name)) // want "this append to sizes runs while another worker appends"
		}(name)
	}
	wg.Wait()
	return sizes
}

func okBuckets(names []string, size func(string) int) []int {
	var sizes []int
	var mu sync.Mutex
	var wg sync.WaitGroup
	wg.Add(len(names))
	for _, name := range names {
		go func(name string) {
			defer wg.Done()
			n := size(name)
			mu.Lock()
			sizes = append(sizes, n)
			mu.Unlock()
		}(name)
	}
	wg.Wait()
	return sizes
}
