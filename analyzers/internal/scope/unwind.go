package scope

// unwind returns what a panic or Goexit that leaves the frame of n, at its end,
// goes on with: the deferred calls of the functions that called it. The graph has
// no such paths, as each call would need its own.
func (s *Scope) unwind(n *Node) []*Node {
	var out []*Node
	for at := n.Frame.At; at != nil && at.Thread == n.Thread; at = at.Frame.At {
		out = append(out, s.deferred()[at.Frame.ID]...)
	}
	return out
}

func (s *Scope) deferred() [][]*Node {
	x := &s.led
	if x.deferred == nil {
		x.deferred = make([][]*Node, len(s.frames))
		for _, m := range s.Nodes {
			if m.Frame != nil && m.Ev != nil && m.Ev.Defer != nil {
				x.deferred[m.Frame.ID] = append(x.deferred[m.Frame.ID], m)
			}
		}
	}
	return x.deferred
}
