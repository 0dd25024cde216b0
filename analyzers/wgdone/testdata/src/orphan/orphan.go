// Package orphan adds for goroutines that are not started on every path.
package orphan

import "sync"

func badContinue(urls []string, get func(string)) {
	var wg sync.WaitGroup
	for _, url := range urls {
		wg.Add(1) // want `nobody calls wg.Done for this Add where control goes around the start of the goroutine: wg.Wait never returns`
		if url == "" {
			continue
		}
		go func() {
			defer wg.Done()
			get(url)
		}()
	}
	wg.Wait()
}

func badOnlyIf(open func() error, serve func()) {
	var wg sync.WaitGroup
	wg.Add(1) // want `nobody calls wg.Done for this Add`
	if open() == nil {
		go func() {
			defer wg.Done()
			serve()
		}()
	}
	wg.Wait()
}

func okReturns(open func() error, serve func()) error {
	var wg sync.WaitGroup
	wg.Add(1)
	if err := open(); err != nil {
		return err
	}
	go func() {
		defer wg.Done()
		serve()
	}()
	wg.Wait()
	return nil
}

func okDoneInstead(urls []string, get func(string)) {
	var wg sync.WaitGroup
	for _, url := range urls {
		wg.Add(1)
		if url == "" {
			wg.Done()
			continue
		}
		go func() {
			defer wg.Done()
			get(url)
		}()
	}
	wg.Wait()
}

func okAskedTwice(wanted bool, serve func()) {
	var wg sync.WaitGroup
	if wanted {
		wg.Add(1)
	}
	println("ready")
	if wanted {
		go func() {
			defer wg.Done()
			serve()
		}()
	}
	wg.Wait()
}

func okAddedLate(urls []string, get func(string)) {
	var wg sync.WaitGroup
	for _, url := range urls {
		if url == "" {
			continue
		}
		wg.Add(1)
		go func() {
			defer wg.Done()
			get(url)
		}()
	}
	wg.Wait()
}

// One more for the loop itself.
func okForLoop(urls []string, get func(string)) {
	var wg sync.WaitGroup
	wg.Add(1)
	for _, url := range urls {
		if url == "" {
			continue
		}
		wg.Add(1)
		go func() {
			defer wg.Done()
			get(url)
		}()
	}
	wg.Done()
	wg.Wait()
}

func okRetry(start func() bool, serve func()) {
	var wg sync.WaitGroup
	wg.Add(1)
	for {
		if start() {
			go func() {
				defer wg.Done()
				serve()
			}()
			break
		}
	}
	wg.Wait()
}

func okHanded(urls []string, get func(string, *sync.WaitGroup)) {
	var wg sync.WaitGroup
	for _, url := range urls {
		wg.Add(1)
		if url == "" {
			continue
		}
		go get(url, &wg)
	}
	wg.Wait()
}

// A flag that the program keeps.
func okFlag(urls []string, get func(string)) {
	var wg sync.WaitGroup
	started := false
	wg.Add(1)
	for _, url := range urls {
		if url != "" && !started {
			started = true
			go func() {
				defer wg.Done()
				get(url)
			}()
		}
	}
	if !started {
		wg.Done()
	}
	wg.Wait()
}

// An Add behind the start is another mistake.
func okBehind(urls []string, get func(string) error) {
	var wg sync.WaitGroup
	for _, url := range urls {
		go func() {
			if get(url) != nil {
				return
			}
			wg.Done()
		}()
		wg.Add(1)
	}
	wg.Wait()
}
