// Package far closes a ring of which it knows through package via: the locks are
// those of package base, the other order is that of package left.
package far

import (
	"fixture/base"
	"fixture/via"
)

func badFar(x *base.X, y *base.Y) {
	y.Lock()
	defer y.Unlock()
	x.Lock() // want `badFar locks X.Mutex .far.go:\d+. holding Y.Mutex, FnLeft locks Y.Mutex .left.go:\d+. holding X.Mutex`
	x.Unlock()
}

func both(p *via.Pair) {
	go p.FnDo()
	badFar(&p.X, &p.Y)
}
