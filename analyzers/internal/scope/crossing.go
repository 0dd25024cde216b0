package scope

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// maxCrossed bounds the nested lock operations of a scope that are compared.
const maxCrossed = 100

// A Crossing is two goroutines of a scope that take the same two locks in
// opposite orders, at once.
type Crossing struct {
	Scope *Scope
	A, B  *Node // where each waits for the lock that the other holds
	// Since are the nodes at which each has taken the lock that it holds.
	Since [2]*Node
}

// Crossings returns the crossings of locks whose order is no matter of classes:
// both are of one class, or of none that has a name. One for each pair of lock
// operations in the source.
func (p *Package) Crossings() []Crossing {
	var out []Crossing
	type pair struct{ a, b *skeleton.Event }
	seen := map[pair]bool{}
	for _, s := range p.Scopes {
		nested := s.lockedUnder()
		for i, a := range nested {
			for _, b := range nested[:i] {
				if c := (Crossing{Scope: s, A: b, B: a}); !seen[pair{a.Ev, b.Ev}] && s.cross(&c) && !p.refuted(&Conflict{Scope: s, At: a, Other: b}) {
					seen[pair{a.Ev, b.Ev}], seen[pair{b.Ev, a.Ev}] = true, true
					out = append(out, c)
				}
			}
		}
	}
	return out
}

// lockedUnder returns the operations that wait for a lock while another one is held.
func (s *Scope) lockedUnder() []*Node {
	var out []*Node
	for _, n := range s.Nodes {
		if n.Ev == nil || n.Ev.Try || n.Ev.Kind != models.Acquire && n.Ev.Kind != models.AcquireShared {
			continue
		}
		if s.Held(n) != 0 && n.Obj.Exact() && s.stable(n.Obj) && len(out) < maxCrossed {
			out = append(out, n)
		}
	}
	return out
}

// cross reports whether the two goroutines of c can wait for each other, and
// completes it.
func (s *Scope) cross(c *Crossing) bool {
	a, b := c.A, c.B
	if a.Thread == b.Thread || a.Obj == b.Obj || s.byClass(a.Obj, b.Obj) || !s.blockedBy(a, b) || !s.blockedBy(b, a) {
		return false
	}
	both := excl(s.locks.id(a.Obj)) | excl(s.locks.id(b.Obj))
	if s.Protected(s.Held(a)&^both, s.Held(b)&^both) || s.apart(a, b) || decided(a) || decided(b) {
		return false
	}
	for _, q := range [...]*place.Place{a.Obj, b.Obj} {
		if s.Ordered(a, b, s.made(q)) {
			return false
		}
	}
	c.Since = [...]*Node{s.took(a, b.Obj), s.took(b, a.Obj)}
	return c.Since[0] != nil && c.Since[1] != nil
}

// decided reports whether data decide that its goroutine gets to n, as which of two
// objects has the lower number: then the other way may be that of the other one.
func decided(n *Node) bool {
	for g := range guards(n) {
		if !plainTest(g.Cond) {
			return true
		}
	}
	return false
}

// plainTest reports whether a condition is about nil, or the end of a loop.
func plainTest(cond ssa.Value) bool {
	switch x := cond.(type) {
	case *ssa.Extract:
		_, ok := x.Tuple.(*ssa.Next)
		return ok
	case *ssa.BinOp:
		return isNil(x.X) || isNil(x.Y) || counts(x.X, 0) && counts(x.Y, 0)
	}
	return false
}

// counts reports whether v is a constant, a number that a loop counts, or a length.
func counts(v ssa.Value, depth int) bool {
	switch v := v.(type) {
	case *ssa.Const:
		return true
	case *ssa.Phi:
		return !slices.ContainsFunc(v.Edges, func(e ssa.Value) bool { return e != v && (depth > 3 || !counts(e, depth+1)) })
	case *ssa.BinOp:
		return v.Op == token.ADD && depth <= 3 && counts(v.Y, depth+1) && isPhi(v.X)
	case *ssa.Call:
		_, ok := v.Call.Value.(*ssa.Builtin)
		return ok
	}
	return false
}

func isPhi(v ssa.Value) bool {
	_, ok := v.(*ssa.Phi)
	return ok
}

// byClass reports whether the order of two locks is a matter of their classes.
func (s *Scope) byClass(p, q *place.Place) bool {
	_, ok1 := s.Pkg.ClassID(p.Class())
	_, ok2 := s.Pkg.ClassID(q.Class())
	return ok1 && ok2 && p.Class() != q.Class()
}

// blockedBy reports whether a may wait for a lock because it is held at b.
func (s *Scope) blockedBy(a, b *Node) bool {
	id, held := s.locks.id(a.Obj), s.Held(b)
	return id != unknown && (held&excl(id) == excl(id) || held&shared(id) != 0 && a.Ev.Kind == models.Acquire)
}

// took returns the last lock operation on q before n, of its goroutine.
func (s *Scope) took(n *Node, q *place.Place) (last *Node) {
	before := s.backward(n)
	for _, m := range s.Nodes {
		if before.has(m.ID) && m != n && m.Obj == q && m.Ev != nil && (m.Ev.Kind == models.Acquire || m.Ev.Kind == models.AcquireShared) {
			last = m
		}
	}
	return last
}

// Calls returns the calls that lead from the first function of n's goroutine to
// n, the go statement first if it is one of a named function.
func (s *Scope) Calls(n *Node) (out []*Node) {
	for f := n.Frame; f != nil && f.At != nil; f = f.Up {
		out = append([]*Node{f.At}, out...)
		if f.At.Thread != n.Thread {
			break
		}
	}
	return out
}
