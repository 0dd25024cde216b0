// Package library has races in what functions of the standard library write.
package library

import (
	"bytes"
	"container/list"
	"net/http"
	"slices"
	"sort"
	"strings"
	"sync"
)

func use(...any) {}

// badBuilder: a Builder is no safer than a string.
func badBuilder(words []string) string {
	var b strings.Builder
	var wg sync.WaitGroup
	for _, w := range words {
		wg.Go(func() {
			b.WriteString(w) // want "b is written by a goroutine that badBuilder starts while another writes it"
		})
	}
	wg.Wait()
	return b.String()
}

type logger struct {
	mu  sync.Mutex
	buf bytes.Buffer
	all *list.List
}

func (l *logger) line(s string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.buf.WriteString(s)
}

// badString reads the buffer while it is written.
func badString() string {
	l := &logger{}
	go l.line("a")
	return l.buf.String() // want "l.buf is read by badString while the goroutine that badString starts writes it: nothing orders the two, and only the other holds"
}

func badList() {
	l := list.New()
	for i := range 3 {
		go func() {
			l.PushBack(i) // want "l is written by a goroutine that badList starts while another writes it"
		}()
	}
}

// badSort sorts what is read.
func badSort(xs []int) int {
	go sort.Ints(xs[:])
	go func() {
		slices.Sort(xs) // want "xs is written by the goroutine that badSort starts while badSort reads"
	}()
	return xs[0]
}

func badSortSlice(xs []int) int {
	go func() {
		sort.Slice(xs, func(i, j int) bool { return true }) // want "xs is written by the goroutine that badSortSlice starts while badSortSlice reads"
	}()
	return xs[0]
}

func badHeader(h http.Header) {
	go func() {
		h.Set("a", "b") // want "h is updated by the goroutine that badHeader starts while badHeader reads it"
	}()
	use(h.Get("a"))
}

func okLocked(words []string) string {
	l := &logger{}
	var wg sync.WaitGroup
	for _, w := range words {
		wg.Go(func() { l.line(w) })
	}
	wg.Wait()
	return l.buf.String()
}

// okOwn has a buffer for each.
func okOwn(words []string) {
	for _, w := range words {
		go func() {
			var b strings.Builder
			b.WriteString(w)
			use(b.String())
		}()
	}
}

// okReaders only read.
func okReaders(b *bytes.Buffer) {
	for range 3 {
		go func() { use(b.Len(), b.String()) }()
	}
}

// okHanded is given to the goroutine.
func okHanded() {
	var b bytes.Buffer
	b.WriteString("a")
	go func() { use(b.String()) }()
}

func okSortFirst(xs []int) {
	sort.Ints(xs)
	go func() { use(xs[0]) }()
	use(xs[0])
}

// badDeferred writes on the way out.
func badDeferred() string {
	var b strings.Builder
	go func() {
		defer b.WriteString("end") // want "b is written by the goroutine that badDeferred starts while badDeferred reads it"
		use()
	}()
	return b.String()
}

// okStarted starts the library's function itself: nothing is known of it.
func okStarted() string {
	var b strings.Builder
	go b.WriteString("x")
	f := b.WriteString
	go f("y")
	return b.String()
}

type sink[T any] struct {
	buf bytes.Buffer
	all []T
}

func (s *sink[T]) badPut(p []byte) {
	s.buf.Write(p) // want "s.buf is written by a goroutine that putAll starts while another writes it"
}

func putAll(s *sink[int], ps [][]byte) {
	for _, p := range ps {
		go s.badPut(p)
	}
}
