// Package a has values of pools.
package a

import (
	"bytes"
	"encoding/json"
	"io"
	"sync"
)

var pool = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func render(w io.Writer) error { _, err := io.WriteString(w, "x"); return err }

// mozilla-services/go-syncstorage#148: what is returned changes when the buffer
// is used again.
func badBytes() []byte {
	buf := pool.Get().(*bytes.Buffer)
	defer pool.Put(buf)
	buf.Reset()
	render(buf)
	return buf.Bytes() // want `memory of buf is returned when it is back in pool \(a.go:\d+\): another goroutine may have it by then`
}

// The same, fixed.
func okBytes() []byte {
	buf := pool.Get().(*bytes.Buffer)
	defer pool.Put(buf)
	buf.Reset()
	render(buf)
	return bytes.Clone(buf.Bytes())
}

// go-resty/resty#421: the body of a request is encoded into a buffer which the
// next request may have before this one is sent.
func badEncode(v any) ([]byte, error) {
	buf := pool.Get().(*bytes.Buffer)
	defer pool.Put(buf)
	buf.Reset()
	enc := json.NewEncoder(buf)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return buf.Bytes(), err // want `memory of buf is returned when it is back in pool`
}

// The same, fixed: a buffer of its own.
func okEncode(v any) ([]byte, error) {
	buf := &bytes.Buffer{}
	enc := json.NewEncoder(buf)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return buf.Bytes(), err
}

func okString() string {
	buf := pool.Get().(*bytes.Buffer)
	defer pool.Put(buf)
	return buf.String()
}

func badWritten(w io.Writer) error {
	buf := pool.Get().(*bytes.Buffer)
	if err := render(buf); err != nil {
		pool.Put(buf)
		return err
	}
	b := buf.Bytes()
	pool.Put(buf)
	_, err := w.Write(b) // want `memory of buf is used when it is back in pool`
	return err
}

type parser struct {
	err  error
	toks []string
}

var parsers sync.Pool

func parse() error {
	p, _ := parsers.Get().(*parser)
	if p == nil {
		p = &parser{}
	}
	defer parsers.Put(p)
	return p.err
}

func badField() error {
	p := parsers.Get().(*parser)
	parsers.Put(p)
	return p.err // want `p is used when it is back in parsers`
}

func badTwice(fail bool) {
	p := parsers.Get().(*parser)
	if fail {
		parsers.Put(p)
	}
	parsers.Put(p) // want `p is put again when it is back in parsers`
}

func okBranches(fail bool) {
	p := parsers.Get().(*parser)
	if fail {
		parsers.Put(p)
		return
	}
	p.toks = nil
	parsers.Put(p)
}

// Each round has a value of its own.
func okLoop(n int) {
	for range n {
		p := parsers.Get().(*parser)
		p.toks = nil
		parsers.Put(p)
	}
}

type conn struct {
	buf *bytes.Buffer
}

// The field is set anew.
func (c *conn) okField() {
	pool.Put(c.buf)
	c.buf = pool.Get().(*bytes.Buffer)
	c.buf.Reset()
}

func (c *conn) badKept() {
	pool.Put(c.buf)
	c.buf.Reset() // want `c.buf is written when it is back in pool`
}

func (c *conn) okCleared() {
	if c.buf != nil {
		pool.Put(c.buf)
		c.buf = nil
	}
}

var slices sync.Pool

func badSlice(w io.Writer) []byte {
	b := slices.Get().(*[]byte)
	defer slices.Put(b)
	*b = append((*b)[:0], "x"...)
	return *b // want `memory of b is returned when it is back in slices`
}

func put(p *parser) { parsers.Put(p) }

func fnHelper() error {
	p := parsers.Get().(*parser)
	put(p)
	return p.err
}

func fnPhi(p *parser) error {
	if p == nil {
		p = parsers.Get().(*parser)
	}
	parsers.Put(p)
	return p.err
}

func fnField() []string {
	p := parsers.Get().(*parser)
	toks := p.toks
	parsers.Put(p)
	return toks
}

// Whose worker it is does not change. (As in panjf2000/ants.)
type workers struct {
	idle sync.Pool
	name string
}

type worker struct {
	owner *workers
	last  int
}

func newWorkers() *workers {
	ws := &workers{name: "x"}
	ws.idle.New = func() any { return &worker{owner: ws} }
	return ws
}

func (w *worker) okOwner() {
	w.last = 0
	w.owner.idle.Put(w)
	println(w.owner.name)
}

func (w *worker) badLast() {
	w.owner.idle.Put(w)
	w.last++ // want `w is used when it is back in w.owner.idle`
}
