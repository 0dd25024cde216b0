package census

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/summary"
)

// A node stands for a variable or value: for what it may hold.
type node struct {
	objs map[*Object]bool
	open bool   // it may hold something that the package has not made
	out  Rights // what code that is not seen can do to what it holds
	global, checked,
	copied, stored bool
	succs    []*node
	contexts []*Context // that it may hold
	dones    []*node    // that are the Done channels of these
	content  *node      // what is in the containers, or behind the pointers, that it may hold
	rep      *node      // what it was united with
}

func (n *node) find() *node {
	for n.rep != nil {
		n = n.rep
	}
	return n
}

// A graph says where objects flow.
type graph struct {
	p       *summary.Package
	values  map[ssa.Value]*node
	fields  map[*types.Var]*node
	results map[*ssa.Function][]*node
	tuples  map[tupleKey]*node // results of calls that have more than one
	nodes   []*node
	objects []*Object
	flowing map[types.Type]bool
	unseen  *unseen
	remote  map[ssa.Instruction][]remoteOp
	held    map[*types.Var]*Object // by the field that holds them by value
}

type tupleKey struct {
	v ssa.Value
	i int
}

// A remoteOp is an operation in a function of another package.
type remoteOp struct {
	v  ssa.Value
	op summary.Op
}

func newGraph(p *summary.Package) *graph {
	return &graph{
		p: p, values: map[ssa.Value]*node{}, fields: map[*types.Var]*node{}, results: map[*ssa.Function][]*node{},
		tuples: map[tupleKey]*node{}, flowing: map[types.Type]bool{},
		remote: map[ssa.Instruction][]remoteOp{}, held: map[*types.Var]*Object{},
	}
}

func (g *graph) build() {
	g.unseen = newUnseen(g.p.Pass)
	all := g.p.Funcs
	if init := g.p.SSA.Func("init"); init != nil {
		all = append([]*ssa.Function{init}, all...)
	}
	for _, fn := range all {
		g.function(fn)
	}
	g.unbound(all)
	g.propagate()
}

func (g *graph) fresh() *node {
	n := &node{objs: map[*Object]bool{}}
	g.nodes = append(g.nodes, n)
	return n
}

// of returns the node of a value, nil if objects do not flow through it.
func (g *graph) of(v ssa.Value) *node {
	if n := g.values[v]; n != nil {
		return n
	}
	switch v.(type) {
	case *ssa.Const, *ssa.Builtin:
		return nil
	}
	if !g.flows(v.Type()) {
		return nil
	}
	n := g.fresh()
	g.values[v] = n
	if x, ok := v.(*ssa.Global); ok {
		g.global(x, n)
	}
	return n
}

// global is a package-level variable: n is its address.
func (g *graph) global(x *ssa.Global, n *node) {
	in := g.inside(n)
	in.global = true
	if x.Pkg != g.p.SSA || x.Object() == nil || x.Object().Exported() && g.p.Pass.Pkg.Name() != "main" || g.unseen.words[x.Name()] {
		in.open, in.out = true, All
	}
	if s, ok := sortOf(elem(x.Type())); ok && s != Chan && s != Cancel {
		o := &Object{Sort: s, Class: place.Class{Obj: x}, Make: x, Cap: NotConst, Global: true, Outside: in.out}
		g.object(n, o)
	}
}

func (g *graph) object(n *node, o *Object) {
	n.find().objs[o] = true
	g.objects = append(g.objects, o)
}

// field returns the node of what a field holds.
func (g *graph) field(st types.Type, i int) *node {
	f := fieldOf(st, i)
	if f == nil {
		return nil
	}
	if n := g.fields[f.Origin()]; n != nil {
		return n
	}
	n := g.fresh()
	n.stored = true
	g.fields[f.Origin()] = n
	if g.unseen.field(st, f) {
		n.open, n.out = true, All
	}
	return n
}

// class returns the node of what the variables of a class hold.
func (g *graph) class(c place.Class) *node {
	if c.Elem {
		return nil
	}
	switch v := c.Obj.(type) {
	case *types.Var:
		return g.fields[v.Origin()]
	case *ssa.Alloc, *ssa.Global:
		n := g.values[v.(ssa.Value)]
		if n == nil {
			return nil
		}
		if s, ok := sortOf(elem(v.(ssa.Value).Type())); ok && s != Chan && s != Cancel {
			return n
		}
		return n.find().content
	case ssa.Value:
		return g.values[v]
	}
	return nil
}

// inside returns the node of what is in the containers, or behind the pointers,
// that n may hold.
func (g *graph) inside(n *node) *node {
	n = n.find()
	if n.content == nil {
		n.content = g.fresh()
	}
	return n.content.find()
}

// copies says that b may hold what a holds. They then share what is inside.
func (g *graph) copies(a, b *node) {
	if a == nil || b == nil {
		return
	}
	a, b = a.find(), b.find()
	if a == b {
		return
	}
	a.succs = append(a.succs, b)
	g.share(a, b)
}

// share unites what is inside of a and b.
func (g *graph) share(a, b *node) {
	a, b = a.find(), b.find()
	switch {
	case a.content == nil && b.content == nil:
		a.content = g.fresh()
		b.content = a.content
	case a.content == nil:
		a.content = b.content
	case b.content == nil:
		b.content = a.content
	default:
		g.unite(a.content, b.content)
	}
}

func (g *graph) unite(a, b *node) {
	a, b = a.find(), b.find()
	if a == b {
		return
	}
	b.rep = a
	for o := range b.objs {
		a.objs[o] = true
	}
	a.open, a.out = a.open || b.open, a.out|b.out
	a.global, a.checked = a.global || b.global, a.checked || b.checked
	a.copied, a.stored = a.copied || b.copied, a.stored || b.stored
	a.succs = append(a.succs, b.succs...)
	a.contexts, a.dones = append(a.contexts, b.contexts...), append(a.dones, b.dones...)
	switch in := b.content; {
	case in == nil:
	case a.content == nil:
		a.content = in
	default:
		g.unite(a.content, in)
	}
}

// give says that code which is not seen gets what n holds, with the rights that
// a value of type t gives.
func (g *graph) give(n *node, t types.Type) {
	if n == nil {
		return
	}
	n = n.find()
	n.out |= rights(t)
}

func rights(t types.Type) Rights {
	if c, ok := t.Underlying().(*types.Chan); ok {
		switch c.Dir() {
		case types.RecvOnly:
			return MayRecv
		case types.SendOnly:
			return MaySend | MayClose
		}
	}
	return All
}

// propagate computes what every node holds, and tells the objects.
func (g *graph) propagate() {
	work := append([]*node(nil), g.nodes...)
	for len(work) > 0 {
		n := work[len(work)-1].find()
		work = work[:len(work)-1]
		for _, s := range n.succs {
			if s = s.find(); s.take(n) {
				work = append(work, s)
			}
		}
		work = append(work, n.hand()...)
		if in := n.content; in != nil && (n.open || n.out != 0) {
			if in = in.find(); !in.open || in.out != All {
				in.open, in.out = true, All
				work = append(work, in)
			}
		}
	}
	for _, n := range g.nodes {
		if n.rep != nil {
			continue
		}
		for o := range n.objs {
			o.Outside |= n.out
			o.Global = o.Global || n.global
			o.Checked = o.Checked || n.checked
			o.Copied = o.Copied || n.copied
			o.Stored = o.Stored || n.stored
		}
	}
}

// take adds what n holds to s and reports whether that was more.
func (s *node) take(n *node) bool {
	more := n.open && !s.open
	s.open = s.open || n.open
	for o := range n.objs {
		if !s.objs[o] {
			s.objs[o] = true
			more = true
		}
	}
	for _, ctx := range n.contexts {
		if !slices.Contains(s.contexts, ctx) {
			s.contexts = append(s.contexts, ctx)
			more = true
		}
	}
	return more
}
