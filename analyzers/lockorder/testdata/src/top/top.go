// Package top brings the halves together, but adds nothing to the ring: it
// would be told once more by each package that imports both.
package top

import (
	"fixture/base"
	"fixture/left"
	"fixture/right"
)

func fnTop(x *base.X, y *base.Y) {
	go left.FnLeft(x, y)
	right.FnRight(x, y)
}
