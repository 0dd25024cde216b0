package scope

import (
	"iter"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// A guard is a branch that every way to a node takes.
type guard struct {
	*ssa.If
	holds bool // its condition does, on the way to the node
	f     *Frame
}

// guards returns the guards of n in its goroutine, the nearest first: those in the
// function that it is in, and those of the calls that lead there.
func guards(n *Node) iter.Seq[guard] {
	return func(yield func(guard) bool) {
		for m := n; m.Frame != nil; m = m.Frame.At {
			for br, holds := range skeleton.Guards(m.Block) {
				if !yield(guard{br, holds, m.Frame}) {
					return
				}
			}
			if m.Frame.At == nil || m.Frame.At.Thread != n.Thread {
				return
			}
		}
	}
}
