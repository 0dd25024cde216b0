// Command linkcheck tells which links of its lists are broken: each argument
// names a file with one URL on a line.
//
// It is the program that a new user of concvet sees first. It compiles and go
// vet has nothing to say about it; a comment "finding:" marks every line that
// concvet reports. The same program without the mistakes is in ../fixed.
package main

import (
	"flag"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/concvet/concvet/testdata/quickstart/buggy/cache"
	"github.com/concvet/concvet/testdata/quickstart/buggy/links"
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
	for _, u := range broken {
		go notify(*hook, u) // finding: unwaited
	}
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
