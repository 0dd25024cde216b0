package scope

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// terms numbers the conditions of a scope: two with one number have one value
// as long as nothing that they read changes. What reads memory, or calls a
// function that does no concurrency, is taken to give the same when asked
// again: that rules out paths, and never makes one.
type terms struct {
	s    *Scope
	ids  map[term]int
	deps [][]ssa.Value        // by number: values of the function that it is made of
	mem  [][]*place.Place     // by number: memory that it reads
	nils map[int]*place.Place // by number: the variable, if the question is whether that is nil
	phis map[int]merge        // the same for a value that is merged
	asks map[*Node]question   // by branch, its condition
}

// A question is the number of the condition of a branch, and whether that is its
// negation.
type question struct {
	id      int
	negated bool
}

// A term is an operation on numbered terms, or a value in a frame.
type term struct {
	op    token.Token
	of    any // a value, function, method or place
	text  string
	x, y  int
	frame int
}

func newTerms(s *Scope) *terms {
	return &terms{s: s, ids: map[term]int{}, nils: map[int]*place.Place{}, phis: map[int]merge{}, asks: map[*Node]question{}}
}

func (t *terms) number(k term, deps []ssa.Value, mem []*place.Place) int {
	if id, ok := t.ids[k]; ok {
		return id
	}
	id := len(t.deps)
	t.ids[k] = id
	for _, sub := range []int{k.x, k.y} {
		if sub > 0 {
			deps = append(deps, t.deps[sub-1]...)
			mem = append(mem, t.mem[sub-1]...)
		}
	}
	t.deps, t.mem = append(t.deps, deps), append(t.mem, mem)
	return id
}

// cond returns the number of the condition of the branch at n, and whether that is
// its negation.
func (t *terms) cond(n *Node) (id int, negated bool) {
	q, ok := t.asks[n]
	if !ok {
		q.id, q.negated = t.of(n.Cond, n.Frame, 0)
		t.asks[n] = q
	}
	return q.id, q.negated
}

// of returns the number of v as seen in frame f, and whether v is its negation.
func (t *terms) of(v ssa.Value, f *Frame, depth int) (id int, negated bool) {
	v, g := t.s.Resolve(v, f)
	if g == nil || depth > 6 {
		return t.leaf(v, f), false
	}
	switch v := v.(type) {
	case *ssa.Const:
		if v.Value == nil {
			return t.number(term{op: token.CONST}, nil, nil), false
		}
		return t.number(term{op: token.CONST, text: v.Value.ExactString()}, nil, nil), false
	case *ssa.UnOp:
		switch v.Op {
		case token.NOT:
			id, negated = t.of(v.X, g, depth+1)
			return id, !negated
		case token.MUL:
			if p := t.s.Place(t.s.Pkg.Places.Of(v.X), g); p != nil {
				return t.number(term{op: token.MUL, of: p}, nil, []*place.Place{p}), false
			}
		}
	case *ssa.BinOp:
		return t.compared(v, g, depth)
	case *ssa.Field:
		x, _ := t.of(v.X, g, depth+1)
		return t.number(term{op: token.PERIOD, of: v.Field, x: x + 1}, nil, nil), false
	case *ssa.Call:
		if id, ok := t.call(v, g, depth); ok {
			return id, false
		}
	}
	return t.leaf(v, g), false
}

func (t *terms) leaf(v ssa.Value, f *Frame) int {
	k := term{of: v}
	if f != nil {
		k.frame = f.ID + 1
	}
	return t.number(k, []ssa.Value{v}, nil)
}

// compared numbers a comparison, which is written in several ways.
func (t *terms) compared(b *ssa.BinOp, f *Frame, depth int) (id int, negated bool) {
	x, _ := t.of(b.X, f, depth+1)
	y, _ := t.of(b.Y, f, depth+1)
	op := b.Op
	switch op {
	case token.NEQ:
		op, negated = token.EQL, true
	case token.GTR:
		op, x, y = token.LSS, y, x
	case token.GEQ:
		op, negated = token.LSS, true
	case token.LEQ:
		op, x, y, negated = token.LSS, y, x, true
	}
	if op == token.EQL && y < x {
		x, y = y, x
	}
	id = t.number(term{op: op, x: x + 1, y: y + 1}, nil, nil)
	if c, ok := b.Y.(*ssa.Const); ok && op == token.EQL && c.IsNil() {
		if v, g := t.s.Resolve(b.X, f); g != nil {
			switch x := v.(type) {
			case *ssa.UnOp:
				if x.Op == token.MUL {
					t.nils[id] = t.s.Place(t.s.Pkg.Places.Of(x.X), g)
				}
			case *ssa.Phi:
				t.phis[id] = merge{phi: x, f: g}
			}
		}
	}
	return id, negated
}

// isNil numbers the question whether v is nil.
func (t *terms) isNil(v ssa.Value, f *Frame) int {
	x, _ := t.of(v, f, 1)
	y := t.number(term{op: token.CONST}, nil, nil)
	if y < x {
		x, y = y, x
	}
	return t.number(term{op: token.EQL, x: x + 1, y: y + 1}, nil, nil)
}

// call numbers a call of up to two arguments. A question whose answer is meant
// to change is a new one each time.
func (t *terms) call(c *ssa.Call, f *Frame, depth int) (id int, ok bool) {
	k := term{op: token.LPAREN}
	args := c.Call.Args
	switch {
	case c.Call.IsInvoke():
		k.of, args = c.Call.Method, append([]ssa.Value{c.Call.Value}, args...)
	case c.Call.StaticCallee() != nil:
		k.of = c.Call.StaticCallee()
	default:
		bi, isBuiltin := c.Call.Value.(*ssa.Builtin)
		if !isBuiltin {
			return 0, false
		}
		k.text = bi.Name()
	}
	if obj := skeleton.Object(&c.Call); obj != nil {
		if m, known := models.Lookup(obj); known && m.Kind != models.None {
			return 0, false
		}
	}
	if len(args) == 0 || len(args) > 2 {
		return 0, false
	}
	x, _ := t.of(args[0], f, depth+1)
	k.x = x + 1
	if len(args) == 2 {
		y, _ := t.of(args[1], f, depth+1)
		k.y = y + 1
	}
	return t.number(k, nil, nil), true
}

// leaves calls visit with the values that v is computed from, v included,
// until it returns false: through operators, conversions, fields, local
// variables, and calls that answer a question about an argument.
func leaves(v ssa.Value, visit func(ssa.Value) bool) {
	seen := map[ssa.Value]bool{}
	var walk func(v ssa.Value, depth int)
	walk = func(v ssa.Value, depth int) {
		if v == nil || seen[v] || depth > 12 || !visit(v) {
			return
		}
		seen[v] = true
		switch v := v.(type) {
		case *ssa.Alloc:
			for _, r := range *v.Referrers() {
				if st, ok := r.(*ssa.Store); ok && st.Addr == v {
					walk(st.Val, depth+1)
				}
			}
		case *ssa.Call:
			if _, isErr := v.Type().Underlying().(*types.Interface); isErr {
				return
			}
			walk(v.Call.Value, depth+1)
			for _, a := range v.Call.Args {
				walk(a, depth+1)
			}
		case *ssa.Select, *ssa.Function, *ssa.MakeClosure:
		case ssa.Instruction:
			for _, op := range v.Operands(nil) {
				if *op != nil {
					walk(*op, depth+1)
				}
			}
		}
	}
	walk(v, 0)
}

// asked returns the numbers of the conditions that t asks.
func (t *terms) asked(th *Thread) map[int]bool {
	out := map[int]bool{}
	for _, n := range th.nodes {
		if n.Cond != nil {
			id, _ := t.cond(n)
			out[id] = true
		}
	}
	return out
}

// before returns the answers to conditions that lead to n: of branches that
// every path to it takes.
func (t *terms) before(n *Node) map[int]bool {
	out := map[int]bool{}
	for g := range guards(n) {
		id, negated := t.of(g.Cond, g.f, 0)
		if _, nearer := out[id]; !nearer {
			out[id] = g.holds != negated
		}
	}
	return out
}
