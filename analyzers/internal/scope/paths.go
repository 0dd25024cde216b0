package scope

// A nodeSet is a set of nodes by ID.
type nodeSet []uint64

func (b nodeSet) has(i int) bool { return b[i/64]&(1<<(i%64)) != 0 }
func (b nodeSet) add(i int)      { b[i/64] |= 1 << (i % 64) }

func (s *Scope) newSet() nodeSet { return make(nodeSet, (len(s.Nodes)+63)/64) }

// paths holds what was computed about the paths of a scope.
type paths struct {
	back    map[*Node]nodeSet
	avoid   map[*Node]nodeSet // nodes reached from the start of their thread without passing the key
	drains  []drain
	drained bool // drains is computed
	twins   map[twinKey]nodeSet
	joins   int8 // 1 if goroutines are waited for, -1 if not, 0 if not asked yet
}

// backward returns the nodes of n's thread from which n can be reached, n
// itself only if it lies on a cycle.
func (s *Scope) backward(n *Node) nodeSet {
	if b, ok := s.paths.back[n]; ok {
		return b
	}
	seen := s.newSet()
	work := []*Node{n}
	for len(work) > 0 {
		m := work[len(work)-1]
		work = work[:len(work)-1]
		for _, p := range m.Preds {
			if !seen.has(p.ID) {
				seen.add(p.ID)
				work = append(work, p)
			}
		}
	}
	if s.paths.back == nil {
		s.paths.back = map[*Node]nodeSet{}
	}
	s.paths.back[n] = seen
	return seen
}

// Dominates reports whether every path from the start of their thread to n
// passes x.
func (s *Scope) Dominates(x, n *Node) bool {
	if x.Thread != n.Thread {
		return false
	}
	a, ok := s.paths.avoid[x]
	if !ok {
		a = s.avoiding(x.Thread.Entry, func(m *Node) bool { return m == x })
		if s.paths.avoid == nil {
			s.paths.avoid = map[*Node]nodeSet{}
		}
		s.paths.avoid[x] = a
	}
	return !a.has(n.ID)
}

// avoiding returns the nodes that control reaches from entry without passing a
// node that stop names.
func (s *Scope) avoiding(entry *Node, stop func(*Node) bool) nodeSet {
	seen := s.newSet()
	work := []*Node{entry}
	for len(work) > 0 {
		n := work[len(work)-1]
		work = work[:len(work)-1]
		if seen.has(n.ID) || stop(n) {
			continue
		}
		seen.add(n.ID)
		work = append(work, n.Succs...)
	}
	return seen
}
