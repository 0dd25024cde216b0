package dataflow_test

import (
	"slices"
	"testing"

	"github.com/concvet/concvet/analyzers/internal/dataflow"
)

type graph [][]int

func (g graph) Len() int          { return len(g) }
func (g graph) Succs(n int) []int { return g[n] }

// reach is the problem "which nodes lie on a path to here", as a set of bits.
type reach struct{ flows int }

func (*reach) Entry() uint64 { return 1 }

func (r *reach) Flow(n, _ int, before uint64) uint64 {
	r.flows++
	if before == 0 {
		return 0
	}
	return before | 1<<n
}

func (*reach) Join(into, from uint64) (uint64, bool) { return into | from, into|from != into }

func TestForward(t *testing.T) {
	tests := []struct {
		name string
		g    graph
		want []uint64 // before each node
	}{
		{"diamond", graph{{1, 2}, {3}, {3}, nil}, []uint64{1, 1, 1, 0b0111}},
		{"loop", graph{{1}, {2, 3}, {1}, nil}, []uint64{1, 0b0111, 0b0111, 0b0111}},
		{"unreachable", graph{{1}, nil, {1}}, []uint64{1, 1, 0}},
		{"two heads", graph{{1, 2}, {2}, {1, 3}, nil}, []uint64{1, 0b0111, 0b0111, 0b0111}},
	}
	for _, test := range tests {
		if got := dataflow.Forward(test.g, &reach{}); !slices.Equal(got, test.want) {
			t.Errorf("%s: got %b, want %b", test.name, got, test.want)
		}
	}
}

// TestForwardOrder: nested loops of a chain cost a few visits a node, not a
// number that grows with the length.
func TestForwardOrder(t *testing.T) {
	const n = 60
	g := make(graph, n)
	for i := range n - 1 {
		g[i] = []int{i + 1}
	}
	g[n-2] = append(g[n-2], 1)
	p := &reach{}
	dataflow.Forward(g, p)
	if p.flows > 4*n {
		t.Errorf("%d edges followed in a loop of %d nodes", p.flows, n)
	}
}

func TestComponents(t *testing.T) {
	tests := []struct {
		name string
		g    graph
		want [][]int
	}{
		{"chain", graph{{1}, {2}, nil}, [][]int{{2}, {1}, {0}}},
		{"self", graph{{0}}, [][]int{{0}}},
		{"mutual", graph{{2}, {0, 3}, {1}, nil}, [][]int{{3}, {0, 1, 2}}},
		{"shared callee", graph{{2}, {2}, nil}, [][]int{{2}, {0}, {1}}},
	}
	for _, test := range tests {
		got := dataflow.Components(len(test.g), test.g.Succs)
		if !slices.EqualFunc(got, test.want, slices.Equal) {
			t.Errorf("%s: got %v, want %v", test.name, got, test.want)
		}
	}
}
