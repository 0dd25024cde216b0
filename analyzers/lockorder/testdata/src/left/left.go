// Package left has one half of a ring.
package left

import "fixture/base"

// FnLeft locks x before y.
func FnLeft(x *base.X, y *base.Y) {
	x.Lock()
	y.Lock()
	y.Unlock()
	x.Unlock()
}
