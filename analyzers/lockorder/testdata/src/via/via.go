// Package via leads to package left, whose half of a ring it knows of.
package via

import (
	"fixture/base"
	"fixture/left"
)

// Pair has the locks of package base.
type Pair struct {
	X base.X
	Y base.Y
}

// FnDo locks x before y.
func (p *Pair) FnDo() { left.FnLeft(&p.X, &p.Y) }
