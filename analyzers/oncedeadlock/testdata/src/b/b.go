// Package b initialises itself with the help of another package.
package b

import (
	"sync"

	"fixture/lib"
)

var (
	once  sync.Once
	value int
)

func okApart() int {
	once.Do(func() { lib.Init(func() { value = 1 }) })
	return value
}

// That Run runs its argument is known, but it is not followed.
func fnThrough() int {
	once.Do(func() {
		lib.Run(func() { once.Do(func() { value = 1 }) })
	})
	return value
}

// The Once is that of another package.
func fnTheirs() {
	lib.Init(func() { lib.Init(func() { value = 1 }) })
}
