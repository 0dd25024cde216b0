// Package dataflow solves forward problems on small control flow graphs, and
// orders functions so that callees come before their callers.
package dataflow

import "slices"

// A Graph is a control flow graph with nodes 0 to Len()-1, entered at 0.
type Graph interface {
	Len() int
	Succs(n int) []int
}

// A Problem is a forward dataflow problem with states S. The zero S is bottom:
// no path leads here.
type Problem[S any] interface {
	// Entry is the state before node 0.
	Entry() S
	// Flow is the state at the end of edge number i out of n, given the state
	// before n. It must be monotone and must not modify its argument.
	Flow(n, i int, before S) S
	// Join adds a state to that of a node and reports whether this changed it.
	// It may modify into. The chains of states must be finite.
	Join(into, from S) (S, bool)
}

// Forward returns the least solution of p on g: the state before each node.
// Nodes are taken in reverse postorder, so that loops are left last.
func Forward[S any](g Graph, p Problem[S]) []S {
	order := reversePostorder(g)
	rank := make([]int, g.Len())
	for i, n := range order {
		rank[n] = i
	}
	states := make([]S, g.Len())
	states[0], _ = p.Join(states[0], p.Entry())
	dirty := make([]bool, len(order))
	dirty[0] = true
	for i := 0; i < len(order); {
		if !dirty[i] {
			i++
			continue
		}
		dirty[i] = false
		n, next := order[i], i+1
		for k, m := range g.Succs(n) {
			var changed bool
			if states[m], changed = p.Join(states[m], p.Flow(n, k, states[n])); changed {
				dirty[rank[m]] = true
				next = min(next, rank[m])
			}
		}
		i = next
	}
	return states
}

// reversePostorder lists the nodes that the entry reaches, each before its
// successors but for the edges that close loops.
func reversePostorder(g Graph) []int {
	type visit struct{ node, next int }
	seen := make([]bool, g.Len())
	order := make([]int, 0, g.Len())
	stack := []visit{{0, 0}}
	seen[0] = true
	for len(stack) > 0 {
		top := &stack[len(stack)-1]
		if succs := g.Succs(top.node); top.next < len(succs) {
			m := succs[top.next]
			top.next++
			if !seen[m] {
				seen[m] = true
				stack = append(stack, visit{m, 0})
			}
			continue
		}
		order = append(order, top.node)
		stack = stack[:len(stack)-1]
	}
	slices.Reverse(order)
	return order
}

// Components returns the strongly connected components of a graph given by the
// successors of each node 0 to n-1, every component before those that lead to
// it: of a call graph, callees first (Tarjan, SIAM J. Comput. 1972, without
// recursion). The members of a component are in order of number.
func Components(n int, succs func(int) []int) [][]int {
	t := tarjan{succs: succs, index: make([]int, n), low: make([]int, n), next: make([]int, n), on: make([]bool, n)}
	for v := range n {
		if t.index[v] == 0 {
			t.visit(v)
		}
	}
	return t.out
}

type tarjan struct {
	succs            func(int) []int
	index, low, next []int // by node; an index of 0 means not visited yet
	on               []bool
	stack            []int
	count            int
	out              [][]int
}

func (t *tarjan) visit(root int) {
	path := []int{root}
	t.enter(root)
	for len(path) > 0 {
		v := path[len(path)-1]
		if s := t.succs(v); t.next[v] < len(s) {
			w := s[t.next[v]]
			t.next[v]++
			if t.index[w] == 0 {
				t.enter(w)
				path = append(path, w)
			} else if t.on[w] {
				t.low[v] = min(t.low[v], t.index[w])
			}
			continue
		}
		path = path[:len(path)-1]
		if len(path) > 0 {
			u := path[len(path)-1]
			t.low[u] = min(t.low[u], t.low[v])
		}
		if t.low[v] == t.index[v] {
			t.leave(v)
		}
	}
}

func (t *tarjan) enter(v int) {
	t.count++
	t.index[v], t.low[v], t.on[v] = t.count, t.count, true
	t.stack = append(t.stack, v)
}

// leave takes the component with first node v off the stack.
func (t *tarjan) leave(v int) {
	i := len(t.stack) - 1
	for t.stack[i] != v {
		i--
	}
	comp := append([]int(nil), t.stack[i:]...)
	t.stack = t.stack[:i]
	for _, w := range comp {
		t.on[w] = false
	}
	slices.Sort(comp)
	t.out = append(t.out, comp)
}
