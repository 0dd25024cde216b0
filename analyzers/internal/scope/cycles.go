package scope

// cycles are the strongly connected components of a scope's control flow.
type cycles struct {
	comp []int32 // by node: its component, from 0; what a component leads to has a lower number
	real []bool  // by component: whether control can go round in it
}

// findCycles computes the components (Tarjan 1972, iterative).
func findCycles(nodes []*Node) *cycles {
	n := len(nodes)
	c := &cycles{comp: make([]int32, n), real: make([]bool, 0, n)}
	room := make([]int32, 3*n)
	index, low, next := room[:n], room[n:2*n], room[2*n:]
	var stack, path []int32
	count := int32(0)
	for r := range nodes {
		if index[r] != 0 {
			continue
		}
		path = append(path[:0], int32(r))
		for len(path) > 0 {
			v := path[len(path)-1]
			if index[v] == 0 {
				count++
				index[v], low[v], c.comp[v] = count, count, -1
				stack = append(stack, v)
			}
			if int(next[v]) < len(nodes[v].Succs) {
				w := int32(nodes[v].Succs[next[v]].ID)
				next[v]++
				if index[w] == 0 {
					path = append(path, w)
				} else if c.comp[w] < 0 { // still on the stack
					low[v] = min(low[v], index[w])
				}
				continue
			}
			path = path[:len(path)-1]
			if len(path) > 0 {
				u := path[len(path)-1]
				low[u] = min(low[u], low[v])
			}
			if low[v] == index[v] {
				stack = c.close(stack, v, nodes)
			}
		}
	}
	return c
}

// close makes a component of the stack from v on, and takes it from there.
func (c *cycles) close(stack []int32, v int32, nodes []*Node) []int32 {
	top := len(stack) - 1
	for stack[top] != v {
		top--
	}
	for _, m := range stack[top:] {
		c.comp[m] = int32(len(c.real))
	}
	c.real = append(c.real, len(stack)-top > 1 || selfLoop(nodes[v]))
	return stack[:top]
}

func selfLoop(n *Node) bool {
	for _, m := range n.Succs {
		if m == n {
			return true
		}
	}
	return false
}

// members returns the nodes of each component.
func (c *cycles) members() [][]int32 {
	end := make([]int32, len(c.real)+1)
	for _, k := range c.comp {
		end[k+1]++
	}
	for k := range c.real {
		end[k+1] += end[k]
	}
	all, out := make([]int32, len(c.comp)), make([][]int32, len(c.real))
	for k := range out {
		out[k] = all[end[k]:end[k]:end[k+1]]
	}
	for id, k := range c.comp {
		out[k] = append(out[k], int32(id))
	}
	return out
}
