package explore

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/scope"
)

// A factKey names something that a thread knows about the path it is on. Of the
// fields exactly one is set besides frame.
type factKey struct {
	frame *scope.Frame
	loop  *counted     // how many rounds have been started
	phi   *ssa.Phi     // by which edge it was reached
	recv  ssa.Value    // whether the receive or select got a value: 1, or found the channel closed: 0
	cond  literal      // how the condition came out: 1 or 0
	later *ssa.Defer   // 1: the defer statement was passed
	inner *scope.Frame // by which of its returns the callee was left
}

// A literal is a condition that is true whenever it is: a value, or the
// comparison of a value with a constant.
type literal struct {
	x  ssa.Value
	eq string // the constant, "" if x is the condition itself
}

// A facts numbers the keys of a machine.
type facts struct {
	ids  map[factKey]int
	keys []factKey
}

func (f *facts) id(k factKey) int {
	i, ok := f.ids[k]
	if !ok {
		i = len(f.keys)
		f.ids[k] = i
		f.keys = append(f.keys, k)
	}
	return i
}

// An env is what a thread knows, sorted by key. It is never changed.
type env []fact

type fact struct{ key, val int }

func (e env) get(k int) (val int, ok bool) {
	for _, f := range e {
		if f.key == k {
			return f.val, true
		}
	}
	return 0, false
}

func (e env) with(k, val int) env {
	out := make(env, 0, len(e)+1)
	i := 0
	for ; i < len(e) && e[i].key < k; i++ {
		out = append(out, e[i])
	}
	out = append(out, fact{k, val})
	if i < len(e) && e[i].key == k {
		i++
	}
	return append(out, e[i:]...)
}

func (e env) without(k int) env {
	return slices.DeleteFunc(slices.Clone(e), func(f fact) bool { return f.key == k })
}

// kept drops from e what is no longer of interest at n: what no branch ahead asks
// for, counts of loops that n is not in, and facts about activations that have
// ended.
func (p *projection) kept(e env, n *scope.Node) env {
	gone := func(f fact) bool { return !p.needs(n, f.key) || !p.facts.keys[f.key].holds(n) }
	if !slices.ContainsFunc(e, gone) {
		return e
	}
	return slices.DeleteFunc(slices.Clone(e), gone)
}

func (k *factKey) holds(n *scope.Node) bool {
	for f, at := n.Frame, n; f != nil; f, at = f.Up, f.At {
		if f == k.frame {
			return k.loop == nil || at.Block == nil || k.loop.loop.Body[at.Block]
		}
	}
	return false
}

// key is the env as a string.
func (e env) key() string {
	b := make([]byte, 0, 3*len(e))
	for _, f := range e {
		b = append(b, byte(f.key), byte(f.key>>8), byte(f.val))
	}
	return string(b)
}
