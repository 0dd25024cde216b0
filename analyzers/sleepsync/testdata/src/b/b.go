// Package b has a list filled by another package.
package b

import (
	"time"

	"fixture/lib"
)

// What Fill writes is not known here.
func fnFill() int {
	var list []int
	go lib.Fill(&list)
	time.Sleep(time.Millisecond)
	return len(list)
}
