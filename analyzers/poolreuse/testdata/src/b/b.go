// Package b uses buffers from pools, its own and that of another package.
package b

import (
	"bytes"
	"sync"

	"fixture/lib"
)

var own = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func badText() string {
	b := own.Get().(*bytes.Buffer)
	b.WriteString("x")
	own.Put(b)
	return lib.Text(b) // want `b is used when it is back in own`
}

func okText() string {
	b := own.Get().(*bytes.Buffer)
	defer own.Put(b)
	b.WriteString("x")
	return lib.Text(b)
}

// That Put gives its argument to a pool is not known here.
func fnTheirs() string {
	b := lib.Get()
	lib.Put(b)
	return b.String()
}
