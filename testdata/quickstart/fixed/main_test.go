package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/concvet/concvet/testdata/quickstart/fixed/cache"
	"github.com/concvet/concvet/testdata/quickstart/fixed/links"
)

// TestLinkcheck runs what main runs. Under the race detector it shows that the
// mistakes are gone.
func TestLinkcheck(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/gone" {
			http.NotFound(w, r)
			return
		}
		fmt.Fprint(w, `<a href="/a">a</a> <a href='/b'>b</a> <a href=`)
	}))
	defer server.Close()

	list := filepath.Join(t.TempDir(), "list")
	if err := os.WriteFile(list, []byte(server.URL+"/a\n"+server.URL+"/gone\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	urls := readLists([]string{list, list})
	if len(urls) != 4 {
		t.Fatalf("read %d URLs from two lists of two: %q", len(urls), urls)
	}

	checker := &links.Checker{Status: cache.New()}
	checker.Resolve(urls)
	checker.Probe(urls)
	checker.Follow(urls)
	if code, _ := checker.Status.Get(server.URL + "/gone"); code != http.StatusNotFound {
		t.Errorf("status of /gone is %d, want %d", code, http.StatusNotFound)
	}
	if checker.Status.Drop(); checker.Status.Known() != 1 {
		t.Errorf("%d URLs left in the cache, want the broken one", checker.Status.Known())
	}
	if got, want := fetchAll(urls), []string{server.URL + "/gone", server.URL + "/gone"}; !slices.Equal(got, want) {
		t.Errorf("broken: %q, want %q", got, want)
	}
}
