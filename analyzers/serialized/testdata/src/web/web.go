// Package web asks servers.
package web

import (
	"fmt"
	"io"
	"net/http"
	"sync"
)

var (
	wg  sync.WaitGroup
	mut sync.Mutex
)

// visitAll visits.
func visitAll(urls []string) {
	for _, url := range urls {
		wg.Add(1)
		go badVisit(url)
	}
	wg.Wait()
}

func badVisit(url string) {
	defer wg.Done()
	mut.Lock() // want `mut is held during http.Get, so these goroutines run one at a time: only fmt.Printf needs it`
	defer mut.Unlock()
	res, err := http.Get(url)
	if err != nil {
		panic(err)
	}
	defer res.Body.Close()
	fmt.Printf("[%d] %s\n", res.StatusCode, url)
}

type page struct {
	url  string
	body []byte
	err  error
}

// badClient uses a client of its own and reads the answer, too.
func badClient(pages []*page) (size int) {
	client := &http.Client{}
	var mu sync.Mutex
	for _, p := range pages {
		wg.Add(1)
		go func(url string) {
			defer wg.Done()
			mu.Lock() // want `mu is held during client.Do, so these goroutines run one at a time: only the write to size needs it`
			defer mu.Unlock()
			req, err := http.NewRequest("GET", url, nil)
			if err != nil {
				return
			}
			resp, err := client.Do(req)
			if err != nil {
				return
			}
			body, err := io.ReadAll(resp.Body)
			if err == nil {
				size += len(body)
			}
		}(p.url)
	}
	wg.Wait()
	return size
}

type schemas struct {
	mu    sync.Mutex
	known map[string]string
}

// fnRetrieve is after open-telemetry/opentelemetry-collector-contrib#47633: at
// the start everyone needs another schema and waits for those of the others.
// Who asks first whether there is anything to do needs the lock for that.
func fnRetrieve(s *schemas, urls []string) {
	for _, url := range urls {
		wg.Go(func() {
			s.mu.Lock()
			defer s.mu.Unlock()
			if _, ok := s.known[url]; ok {
				return
			}
			resp, err := http.Get(url)
			if err == nil {
				s.known[url] = resp.Status
			}
		})
	}
	wg.Wait()
}

type server struct {
	mu       sync.Mutex
	received []string
}

// serveAll is after onsi/gomega#63: a test server took the lock for its books
// and kept it until the request was served.
func (s *server) serveAll(urls []string) {
	for _, url := range urls {
		wg.Add(1)
		go s.badServe(url)
	}
	wg.Wait()
}

func (s *server) badServe(url string) {
	defer wg.Done()
	s.mu.Lock() // want `s.mu is held during http.Head, so these goroutines run one at a time: only the write to s.received needs it`
	defer s.mu.Unlock()
	s.received = append(s.received, url)
	if _, err := http.Head(url); err != nil {
		fmt.Println(err)
	}
}

// okServe is what it was changed to.
func (s *server) okServe(urls []string) {
	for _, url := range urls {
		wg.Go(func() {
			s.mu.Lock()
			s.received = append(s.received, url)
			s.mu.Unlock()
			if _, err := http.Head(url); err != nil {
				fmt.Println(err)
			}
		})
	}
	wg.Wait()
}

type breaker struct {
	mu       sync.Mutex
	failures int
}

// badExecute is after gofr-dev/gofr#2958: a circuit breaker held its lock while
// the request was on its way, so requests that were made at the same time came
// one after the other. (There the lock also guards whether the circuit is open,
// which is asked first.)
func badExecute(cb *breaker, urls []string) {
	for _, url := range urls {
		wg.Add(1)
		go func() {
			defer wg.Done()
			cb.mu.Lock() // want `cb.mu is held during http.Get, so these goroutines run one at a time: only the write to cb.failures needs it`
			defer cb.mu.Unlock()
			_, err := http.Get(url)
			if err != nil {
				cb.failures++
			} else {
				cb.failures = 0
			}
		}()
	}
	wg.Wait()
}

// okExecute takes the lock when the answer is there, as the fix does.
func okExecute(cb *breaker, urls []string) {
	for _, url := range urls {
		wg.Add(1)
		go func() {
			defer wg.Done()
			_, err := http.Get(url)
			cb.mu.Lock()
			defer cb.mu.Unlock()
			if err != nil {
				cb.failures++
			} else {
				cb.failures = 0
			}
		}()
	}
	wg.Wait()
}

// badTally needs the lock twice: no one move does it.
func badTally(cb *breaker, urls []string) (n int) {
	for _, url := range urls {
		wg.Go(func() {
			cb.mu.Lock() // want `cb.mu is held during http.Get, so these goroutines run one at a time: only the write to n and the write to cb.failures needs it`
			defer cb.mu.Unlock()
			n++
			if _, err := http.Get(url); err != nil {
				cb.failures++
			}
		})
	}
	wg.Wait()
	return n
}

// badReported reads under the lock, too, what others write under it.
func badReported(cb *breaker, urls []string, last []int) {
	for i, url := range urls {
		wg.Go(func() {
			cb.mu.Lock() // want `cb.mu is held during http.Get, so these goroutines run one at a time: only the write to cb.failures needs it`
			if _, err := http.Get(url); err != nil {
				cb.failures++
			}
			seen := cb.failures
			cb.mu.Unlock()
			_, _ = seen, i
		})
	}
	wg.Wait()
}

// badRemark says something behind the statement that the Unlock is put behind: it
// stays there.
func badRemark(cb *breaker, urls []string) {
	for _, url := range urls {
		wg.Go(func() {
			cb.mu.Lock() // want `cb.mu is held during http.Get`
			defer cb.mu.Unlock()
			if _, err := http.Get(url); err != nil {
				cb.failures++ // of any kind
			}
		})
	}
	wg.Wait()
}

// badEarly needs the lock before the request.
func badEarly(cb *breaker, urls []string) {
	for _, url := range urls {
		wg.Go(func() {
			cb.mu.Lock() // want `cb.mu is held during http.Head`
			cb.failures--
			http.Head(url)
			cb.mu.Unlock()
		})
	}
	wg.Wait()
}

// badRecovered survives a panic, and so would its lock if the unlock were not
// deferred.
func badRecovered(cb *breaker, urls []string) {
	for _, url := range urls {
		wg.Go(func() {
			defer func() {
				if r := recover(); r != nil {
					fmt.Println(r)
				}
			}()
			cb.mu.Lock() // want `cb.mu is held during http.Get`
			defer cb.mu.Unlock()
			if _, err := http.Get(url); err != nil {
				cb.failures++
			}
		})
	}
	wg.Wait()
}
