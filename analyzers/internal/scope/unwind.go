package scope

// unwind visits what a panic or Goexit that leaves the frame of n goes on with:
// the deferred calls of the functions that called it. The graph has no such
// paths, as each call would need its own.
func (s *Scope) unwind(n *Node, visit func(*Node)) {
	if n.Frame == nil || n != n.Frame.Abort {
		return
	}
	for at := n.Frame.At; at != nil && at.Thread == n.Thread; at = at.Frame.At {
		for _, m := range s.Nodes {
			if m.Frame == at.Frame && m.Ev != nil && m.Ev.Defer != nil {
				visit(m)
			}
		}
	}
}
