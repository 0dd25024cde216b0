// Package limit has groups with a limit.
package limit

import (
	"os"
	"path/filepath"

	"golang.org/x/sync/errgroup"
)

func visit(string) error { return nil }

// A walk that starts a goroutine for each directory from those of its parents.
func badWalk(root string) error {
	var g errgroup.Group
	g.SetLimit(8)
	var walk func(dir string) error
	walk = func(dir string) error {
		entries, err := os.ReadDir(dir)
		if err != nil {
			return err
		}
		for _, e := range entries {
			g.Go(func() error { // want `g.Go in a goroutine of the limited group g: when as many as its limit wait here for a free place, none ever gets one`
				if e.IsDir() {
					return walk(filepath.Join(dir, e.Name()))
				}
				return visit(e.Name())
			})
		}
		return nil
	}
	if err := walk(root); err != nil {
		return err
	}
	return g.Wait()
}

func badPairs(keys []string, limit int) error {
	var g errgroup.Group
	g.SetLimit(limit)
	for _, k := range keys {
		g.Go(func() error {
			g.Go(func() error { return visit(k + ".sum") }) // want `g.Go in a goroutine of the limited group g`
			return visit(k)
		})
	}
	return g.Wait()
}

// One goroutine starts all others, and only it waits for a place.
func okProducer(keys []string) error {
	var g errgroup.Group
	g.SetLimit(4)
	g.Go(func() error {
		for _, k := range keys {
			g.Go(func() error { return visit(k) })
		}
		return nil
	})
	return g.Wait()
}

// Whoever finds no place does the work itself.
func okTry(keys []string) error {
	var g errgroup.Group
	g.SetLimit(4)
	for _, k := range keys {
		g.Go(func() error {
			sum := func() error { return visit(k + ".sum") }
			if !g.TryGo(sum) {
				return sum()
			}
			return nil
		})
	}
	return g.Wait()
}

// No limit: every goroutine gets a place.
func okUnlimited(keys []string) error {
	var g errgroup.Group
	g.SetLimit(-1)
	for _, k := range keys {
		g.Go(func() error {
			g.Go(func() error { return visit(k) })
			return nil
		})
	}
	return g.Wait()
}

// Two groups.
func okTwo(keys []string) error {
	var outer, inner errgroup.Group
	outer.SetLimit(2)
	inner.SetLimit(2)
	for _, k := range keys {
		outer.Go(func() error {
			inner.Go(func() error { return visit(k) })
			return nil
		})
	}
	if err := outer.Wait(); err != nil {
		return err
	}
	return inner.Wait()
}

// Each level has a group of its own.
func okLevels(dir string) error {
	var g errgroup.Group
	g.SetLimit(2)
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		g.Go(func() error { return okLevels(filepath.Join(dir, e.Name())) })
	}
	return g.Wait()
}

// The slice has fewer elements than there are places.
func fpFewItems(places int) error {
	keys := os.Args[:min(len(os.Args), places-1)]
	var g errgroup.Group
	g.SetLimit(places)
	for _, k := range keys {
		g.Go(func() error {
			g.Go(func() error { return visit(k) }) // want `g.Go in a goroutine of the limited group g`
			return nil
		})
	}
	return g.Wait()
}
