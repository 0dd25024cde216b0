// Package right has the other half.
package right

import "fixture/base"

// FnRight locks y before x.
func FnRight(x *base.X, y *base.Y) {
	y.Lock()
	x.Lock()
	x.Unlock()
	y.Unlock()
}
