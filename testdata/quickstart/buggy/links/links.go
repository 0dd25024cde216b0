// Package links looks at links and at the pages behind them.
package links

import (
	"log"
	"net"
	"net/http"
	"net/url"
	"sync"

	"github.com/concvet/concvet/testdata/quickstart/buggy/cache"
)

// A Checker finds out the status of links.
type Checker struct {
	Status *cache.Cache

	mu    sync.Mutex
	found []string // links in the pages seen
}

// Resolve asks for the addresses of all hosts, so that what comes later need
// not wait for the name server.
func (c *Checker) Resolve(urls []string) {
	var wg sync.WaitGroup
	for _, u := range urls {
		go func() { // finding: wgadd
			defer wg.Done()
			parsed, err := url.Parse(u)
			if err != nil {
				log.Print(err)
				return
			}
			if _, err := net.LookupHost(parsed.Hostname()); err != nil {
				log.Print(err)
			}
		}()
	}
	wg.Wait()
}

// Probe asks for the status of every URL that is not known.
func (c *Checker) Probe(urls []string) {
	var wg sync.WaitGroup
	for _, u := range urls {
		if _, ok := c.Status.Get(u); ok {
			continue
		}
		wg.Add(1)
		go func() {
			resp, err := http.Head(u)
			if err != nil {
				log.Print(err)
				return
			}
			resp.Body.Close()
			c.Status.Put(u, resp.StatusCode)
			wg.Done() // finding: wgdone
		}()
	}
	wg.Wait()
}

// Follow reads the pages behind the URLs, ten at a time, and looks for links
// in them.
func (c *Checker) Follow(urls []string) {
	jobs := make(chan string, len(urls))
	for _, u := range urls {
		jobs <- u
	}
	close(jobs)

	var pages [][]byte
	var mu sync.Mutex
	var wg sync.WaitGroup
	wg.Add(10) // finding: wgadd
	for i := 0; i <= 10; i++ {
		go func() {
			defer wg.Done()
			for u := range jobs {
				body, err := read(u)
				if err != nil {
					log.Print(err)
					continue
				}
				mu.Lock()
				pages = append(pages, body)
				mu.Unlock()
			}
		}()
	}
	wg.Wait()
	c.parse(pages)
}
