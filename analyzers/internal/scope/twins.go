package scope

import "slices"

// sideBySide reports whether two goroutines of one go statement surely can be
// at a and at b, different nodes of it, at once: nothing in either has waited
// for anything by then, nor has their starter between the two. The order of
// nodes in one goroutine says nothing about another one of its kind.
func (s *Scope) sideBySide(a, b, made *Node) bool {
	t := a.Thread
	if t != b.Thread || a == b || t.Spawn == nil || s.starts(t) <= 1 {
		return false
	}
	if made != nil && made.Thread == t {
		return false // each has its own object
	}
	k := twinKey{t, made}
	early, ok := s.paths.twins[k]
	if !ok {
		early = s.early(t, made)
		if s.paths.twins == nil {
			s.paths.twins = map[twinKey]nodeSet{}
		}
		s.paths.twins[k] = early
	}
	return early.has(a.ID) && early.has(b.ID)
}

type twinKey struct {
	t    *Thread
	made *Node
}

// early returns the nodes of t that it can get to before it has waited for
// anything, none if its starter waits before it starts another, or makes the
// object anew.
func (s *Scope) early(t *Thread, made *Node) nodeSet {
	waits := func(n *Node) bool { return n == made || n.Ev != nil && s.acquires(n) }
	if next := t.next(); next[0] != t.Entry && !s.avoidingAll(next, waits).has(t.Spawn.ID) {
		return s.newSet()
	}
	passed := s.avoiding(t.Entry, waits)
	out := slices.Clone(passed)
	for _, n := range t.nodes {
		if waits(n) && slices.ContainsFunc(n.Preds, func(p *Node) bool { return passed.has(p.ID) }) {
			out.add(n.ID) // got to, not past
		}
	}
	return out
}
