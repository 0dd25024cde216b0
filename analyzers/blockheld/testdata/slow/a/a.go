// Package a takes long under locks.
package a

import (
	"net/http"
	"os"
	"os/exec"
	"sync"
	"time"

	"fixture/lib"
)

type badCache struct {
	mu sync.Mutex
	m  map[string]int
}

func (c *badCache) get(url string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	if n, ok := c.m[url]; ok {
		return n
	}
	resp, err := http.Get(url) // want `get runs http.Get while it holds c.mu, locked at a.go:\d+: everybody else who needs the lock waits for that long`
	if err == nil {
		c.m[url] = resp.StatusCode
	}
	return c.m[url]
}

func (c *badCache) retry() {
	c.mu.Lock()
	time.Sleep(time.Second) // want `retry runs time.Sleep while it holds c.mu`
	c.mu.Unlock()
}

func (c *badCache) fetch(url string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return lib.Fetch(url) // want `fetch calls Fetch \(a.go:\d+\), which runs http.Get \(lib.go:14\) while it holds c.mu`
}

func (c *badCache) build() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return command() // want `build calls command \(a.go:\d+\), which runs exec.Command\("make"\).Run \(a.go:\d+\) while it holds c.mu`
}

func command() error { return exec.Command("make").Run() }

type okCache struct {
	mu sync.Mutex
	m  map[string]int
}

func (c *okCache) get(url string) {
	resp, err := http.Get(url)
	c.mu.Lock()
	defer c.mu.Unlock()
	if err == nil {
		c.m[url] = resp.StatusCode
	}
}

// A look at a file is quick.
func (c *okCache) name() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	name, _ := os.Hostname()
	return name
}

func (c *okCache) later() {
	c.mu.Lock()
	defer c.mu.Unlock()
	go time.Sleep(time.Second)
}

// The lock is given up meanwhile.
func (c *okCache) lent() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.sleepLocked()
}

func (c *okCache) sleepLocked() {
	c.mu.Unlock()
	time.Sleep(time.Second)
	c.mu.Lock()
}

// What an interface hides is not known.
func (c *okCache) fnHidden(f interface{ Do() }) {
	c.mu.Lock()
	defer c.mu.Unlock()
	f.Do()
}
