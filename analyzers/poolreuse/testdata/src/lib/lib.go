// Package lib has a pool of buffers.
package lib

import (
	"bytes"
	"sync"
)

var pool = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// Get returns an empty buffer.
func Get() *bytes.Buffer { return pool.Get().(*bytes.Buffer) }

// Put gives a buffer back.
func Put(b *bytes.Buffer) {
	b.Reset()
	pool.Put(b)
}

// Text makes text of a buffer.
func Text(b *bytes.Buffer) string { return b.String() }
