package links

import (
	"io"
	"net/http"
	"strings"
	"sync"
)

// read returns what is behind a URL.
func read(u string) ([]byte, error) {
	resp, err := http.Get(u)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
}

// parse collects the links of all pages.
func (c *Checker) parse(pages [][]byte) {
	var wg sync.WaitGroup
	wg.Add(len(pages))
	for _, page := range pages {
		go c.parsePage(page, &wg)
	}
	wg.Wait()
}

func (c *Checker) parsePage(page []byte, wg *sync.WaitGroup) {
	hrefs := hrefs(string(page))
	c.mu.Lock()
	c.found = append(c.found, hrefs...)
	c.mu.Unlock()
	wg.Done() // finding: wgdone
}

// hrefs returns the values of the href attributes in the text of a page.
func hrefs(text string) []string {
	var values []string
	for {
		_, rest, ok := strings.Cut(text, `href=`)
		if !ok {
			return values
		}
		quote := rest[0] // a page that ends here ends the program
		end := strings.IndexByte(rest[1:], quote)
		values = append(values, rest[1:end+1])
		text = rest[end+1:]
	}
}
