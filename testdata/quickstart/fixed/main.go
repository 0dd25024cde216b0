// Command linkcheck tells which links of its lists are broken: each argument
// names a file with one URL on a line.
//
// It is the program in ../buggy without its mistakes: concvet has nothing to say
// about it.
package main

import (
	"flag"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"

	"github.com/concvet/concvet/testdata/quickstart/fixed/cache"
	"github.com/concvet/concvet/testdata/quickstart/fixed/links"
)

var hook = flag.String("hook", "", "URL to tell of each broken link")

func main() {
	flag.Parse()
	urls := readLists(flag.Args())
	checker := &links.Checker{Status: cache.New()}
	checker.Resolve(urls)
	checker.Probe(urls)
	checker.Follow(urls)

	broken := fetchAll(urls)
	for _, u := range broken {
		fmt.Println("broken:", u)
	}
	if *hook == "" {
		return
	}
	var posts sync.WaitGroup
	for _, u := range broken {
		posts.Go(func() { notify(*hook, u) })
	}
	posts.Wait()
}

// notify posts one broken link to the hook.
func notify(hook, broken string) {
	body := strings.NewReader(url.Values{"broken": {broken}}.Encode())
	resp, err := http.Post(hook, "application/x-www-form-urlencoded", body)
	if err != nil {
		fmt.Println("hook:", err)
		return
	}
	resp.Body.Close()
}
