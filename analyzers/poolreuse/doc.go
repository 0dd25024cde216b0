// Package poolreuse reports values that are used when they are back in their
// sync.Pool.
//
// # Analyzer poolreuse
//
// poolreuse: find uses of pooled values after Put
//
// # What
//
// A use of a value after it was given to Put of a sync.Pool, on one path of one
// function: it is read or written, passed to a function, put again, or returned.
// So is memory of it: the Bytes of a bytes.Buffer, the slice behind a pointer.
//
// # Why it hurts
//
// Another goroutine may get the value from the pool at once and write to it.
// The two then work on one object, each sure that it is alone: responses hold
// parts of other responses, and slices change while they are read.
//
// # Wrong
//
//	buf := pool.Get().(*bytes.Buffer)
//	defer pool.Put(buf)
//	buf.Reset()
//	render(buf)
//	return buf.Bytes()
//
// # Right
//
//	return bytes.Clone(buf.Bytes())
//
// # Precision
//
// The value must be one that the function got or made, not a choice of several
// (fnPhi). A field that is set nowhere but where the value is made may be read.
// Functions that put their parameter back are not looked into
// (fnHelper), and what else refers to parts of the value is not known
// (fnField).
//
// # Since
//
// 0.1
package poolreuse

import _ "embed"

//go:embed doc.go
var doc string
