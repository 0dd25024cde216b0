package scope

import (
	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/place"
)

// Frames returns the activations of the scope. The Ctx of the root of a place
// is an index of it.
func (s *Scope) Frames() []*Frame { return s.frames }

// Opaque reports whether n is a call that might do anything to objects the
// engine does not own, and wait for anybody.
func (s *Scope) Opaque(n *Node) bool { return s.opaque(n) }

// Decide evaluates a condition of frame f by what the parameters are bound to
// and what is surely not nil.
func (s *Scope) Decide(v ssa.Value, f *Frame) (value, ok bool) {
	return (&reach{s: s}).decide(v, f, 0)
}

// Branches maps the nodes from which control branches to those that have the
// condition: of a call that is followed, the first is where it returns.
func (s *Scope) Branches() map[*Node]*Node { return s.branches() }

// Timer reports whether the channel at p is one that only time sends on.
func Timer(p *place.Place) bool { return timer(p) }

// A Reply is what one return of a callee that the scope follows says about a
// condition of its caller.
type Reply struct {
	At         *Node // the return
	Val, Known bool
}

// Replies lists what the returns of a callee say about a condition of frame f,
// in their order; nil if it does not ask for a result.
func (s *Scope) Replies(cond ssa.Value, f *Frame) []Reply {
	var out []Reply
	for _, a := range s.answers(cond, f) {
		out = append(out, Reply{a.at, a.val, a.known})
	}
	return out
}
