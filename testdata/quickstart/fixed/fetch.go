package main

import (
	"log"
	"net/http"
	"os"
	"strings"
	"sync"
)

var wg sync.WaitGroup
var mut sync.Mutex

// readLists returns the URLs in the named files, which it reads at the same
// time.
func readLists(files []string) []string {
	var urls []string
	var mu sync.Mutex
	var readers sync.WaitGroup
	for _, name := range files {
		readers.Add(1)
		go func() {
			defer readers.Done()
			data, err := os.ReadFile(name)
			if err != nil {
				log.Print(err)
				return
			}
			mu.Lock()
			defer mu.Unlock()
			for _, line := range strings.Fields(string(data)) {
				urls = append(urls, line)
			}
		}()
	}
	readers.Wait()
	return urls
}

// fetchAll gets every URL and returns those that fail.
func fetchAll(urls []string) []string {
	var broken []string
	for _, u := range urls {
		wg.Add(1)
		go func() {
			defer wg.Done()
			resp, err := http.Get(u)
			if err == nil {
				resp.Body.Close()
				if resp.StatusCode < 400 {
					return
				}
			}
			mut.Lock()
			defer mut.Unlock()
			broken = append(broken, u)
		}()
	}
	wg.Wait()
	return broken
}
