// Package handlers has HTTP handlers of a real server, which run many times at
// once.
package handlers

import (
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

func use(...any) {}

var visits = map[string]int{}

// badCaptured counts requests in a variable.
func badCaptured() error {
	hits := 0
	http.HandleFunc("/hits", func(w http.ResponseWriter, r *http.Request) {
		hits++ // want "hits is written by a request to the handler that badCaptured registers while another writes it"
		fmt.Fprintln(w, hits)
	})
	return http.ListenAndServe(":80", nil)
}

type server struct {
	mu    sync.Mutex
	users map[string]int
	last  string
	total atomic.Int64
	seen  map[string]bool
}

func (s *server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/login", s.badLogin)
	mux.HandleFunc("/list", s.list)
	mux.HandleFunc("/see", s.okSee)
	mux.Handle("/page", &page{})
	return mux
}

func (s *server) badLogin(w http.ResponseWriter, r *http.Request) {
	s.users[r.FormValue("name")]++ // want "s.users is updated by a request to the handler that routes registers while another updates it"
	s.total.Add(1)
}

func (s *server) list(w http.ResponseWriter, r *http.Request) {
	for u := range s.users { // one finding for the map is enough
		fmt.Fprintln(w, u)
	}
}

func (s *server) okSee(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seen[r.URL.Path] = true
	s.last = r.URL.Path
}

// A page is a handler with state.
type page struct{ shown int }

func (p *page) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.badShow()
}

func (p *page) badShow() {
	p.shown++ // want "p.shown is written by a request to the handler that routes registers while another writes it"
}

// badGlobal is served by the default mux.
func badGlobal() {
	http.Handle("/visit", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		visits[r.RemoteAddr]++ // want "visits is updated by a request to the handler that badGlobal registers while another updates it"
	}))
}

// badTicker changes what requests read, for ever.
func badTicker() {
	rate := 1
	http.HandleFunc("/rate", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, rate)
	})
	go func() {
		for {
			time.Sleep(time.Second)
			rate++ // want "rate is written by the goroutine that badTicker starts while a request to the handler that badTicker registers reads it"
		}
	}()
}

// okOwn has what each request makes, and its request.
func okOwn() {
	http.HandleFunc("/own", func(w http.ResponseWriter, r *http.Request) {
		n := 0
		s := &server{users: map[string]int{}}
		n++
		s.users["a"]++
		r.Header["X"] = nil
		r.Method = "GET"
		func() { n++ }()
		use(n, s)
	})
}

// okBefore sets up first.
func okBefore() error {
	conf := "a"
	http.HandleFunc("/conf", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, conf)
	})
	conf = "b"
	return http.ListenAndServe(":80", nil)
}

// okLoaded fills what requests read before there are any, as far as is known.
func okLoaded() error {
	var table map[string]int
	http.HandleFunc("/table", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, table["a"])
	})
	done := make(chan bool)
	go func() {
		table = map[string]int{"a": 1}
		done <- true
	}()
	<-done
	return http.ListenAndServe(":80", nil)
}

// okOnce is set by the first request.
func okOnce() {
	var once sync.Once
	var table map[string]int
	http.HandleFunc("/once", func(w http.ResponseWriter, r *http.Request) {
		once.Do(func() { table = map[string]int{} })
		fmt.Fprintln(w, table["a"])
	})
}

// okWrapped counts behind a wrapper that may lock.
func okWrapped(wrap func(http.Handler) http.Handler) {
	n := 0
	http.Handle("/wrapped", wrap(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { n++ })))
}
