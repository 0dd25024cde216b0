package census

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/place"
)

// function adds the flow of one function.
func (g *graph) function(fn *ssa.Function) {
	for _, blk := range fn.Blocks {
		for _, instr := range blk.Instrs {
			g.instr(fn, instr)
		}
	}
}

// instr adds the flow of one instruction.
func (g *graph) instr(fn *ssa.Function, instr ssa.Instruction) {
	switch x := instr.(type) {
	case *ssa.Store:
		if to := g.of(x.Addr); to != nil {
			g.copies(g.of(x.Val), g.inside(to))
			g.anything(x.Val, to)
		}
	case *ssa.MapUpdate:
		if m := g.of(x.Map); m != nil {
			g.inside(m).stored = true
			g.copies(g.of(x.Key), g.inside(m))
			g.copies(g.of(x.Value), g.inside(m))
			g.anything(x.Value, m)
		}
	case *ssa.Send:
		g.send(x.Chan, x.X)
	case *ssa.Select:
		for _, st := range x.States {
			if st.Dir == types.SendOnly {
				g.send(st.Chan, st.Send)
			}
		}
	case *ssa.Return:
		for i, v := range x.Results {
			if n := g.of(v); n != nil {
				g.copies(n, g.result(fn, i))
			}
		}
	case *ssa.MakeClosure:
		g.closure(x)
	case *ssa.MakeInterface:
		g.boxed(x.X)
	case *ssa.BinOp:
		g.compare(x)
	case *ssa.ChangeType:
		g.sameFields(x.X.Type(), x.Type())
	case *ssa.Convert:
		g.sameFields(x.X.Type(), x.Type())
	case ssa.CallInstruction:
		g.call(x)
	}
	if _, isCall := instr.(ssa.CallInstruction); isCall {
		return // [graph.call] knows its results
	}
	if v, ok := instr.(ssa.Value); ok {
		if n := g.of(v); n != nil {
			g.value(v, n)
		}
		g.taken(v)
	}
}

// sameFields is a conversion between struct types, or pointers to them, that are
// declared apart: the fields are the same. If one of them is unsafe.Pointer,
// nothing is known of the fields of the other.
func (g *graph) sameFields(a, b types.Type) {
	sa, sb := structOf(a), structOf(b)
	if sa == sb {
		return
	}
	for i := range max(numFields(sa), numFields(sb)) {
		switch {
		case sa != nil && sb != nil && i < sa.NumFields() && i < sb.NumFields():
			if g.flows(sa.Field(i).Type()) {
				g.unite(g.field(a, i), g.field(b, i))
			}
		case sa != nil && sb == nil:
			g.openField(a, i)
		case sb != nil && sa == nil:
			g.openField(b, i)
		}
	}
}

func numFields(st *types.Struct) int {
	if st == nil {
		return 0
	}
	return st.NumFields()
}

func (g *graph) openField(t types.Type, i int) {
	if n := g.field(t, i); n != nil {
		n = n.find()
		n.open, n.out = true, All
	}
}

// anything says that v, if its type is a type parameter, may be whatever it is
// instantiated with: it gets into the container or channel that n stands for, or,
// where v is taken out of it, to who gets v.
func (g *graph) anything(v ssa.Value, n *node) {
	if _, ok := types.Unalias(v.Type()).(*types.TypeParam); ok {
		in := g.inside(n)
		in.open, in.out = true, All
	}
}

// taken says that of a value of a type parameter that is read.
func (g *graph) taken(v ssa.Value) {
	var from ssa.Value
	switch x := v.(type) {
	case *ssa.UnOp:
		from = x.X
	case *ssa.Lookup:
		from = x.X
	case *ssa.Index:
		from = x.X
	case *ssa.Extract:
		if u, ok := x.Tuple.(*ssa.UnOp); ok {
			from = u.X
		}
	}
	if from != nil && g.of(from) != nil {
		g.anything(v, g.of(from))
	}
}

func (g *graph) send(ch, v ssa.Value) {
	if to := g.of(ch); to != nil {
		g.anything(v, to)
	}
	if from := g.of(v); from != nil {
		if to := g.of(ch); to != nil {
			g.copies(from, g.inside(to))
			g.inside(to).stored = true
		} else {
			g.give(from, v.Type())
		}
	}
}

// boxed is the conversion of v to an interface: nobody knows who gets it back.
func (g *graph) boxed(v ssa.Value) {
	if n := g.of(v); n != nil {
		g.give(n, v.Type())
	}
}

// compare notes a comparison with nil.
func (g *graph) compare(x *ssa.BinOp) {
	if x.Op != token.EQL && x.Op != token.NEQ {
		return
	}
	for _, pair := range [...][2]ssa.Value{{x.X, x.Y}, {x.Y, x.X}} {
		if c, ok := pair[1].(*ssa.Const); ok && c.IsNil() {
			if n := g.of(pair[0]); n != nil {
				n.find().checked = true
			}
		}
	}
}

// closure binds the variables that a literal captures. Those of a method value
// are known to whoever calls it.
func (g *graph) closure(x *ssa.MakeClosure) {
	fn := x.Fn.(*ssa.Function)
	for i, b := range x.Bindings {
		n := g.of(b)
		if n == nil {
			continue
		}
		if fn.Parent() == nil || i >= len(fn.FreeVars) {
			g.give(n, b.Type())
			continue
		}
		g.copies(n, g.of(fn.FreeVars[i]))
	}
}

// value adds what flows into v, whose node is n. What is not known may be
// anything.
func (g *graph) value(v ssa.Value, n *node) {
	switch x := v.(type) {
	case *ssa.MakeChan:
		g.object(n, &Object{Sort: Chan, Class: place.Class{Obj: x}, Fn: x.Parent(), Make: x, Cap: g.capacity(x.Size, 0)})
	case *ssa.Alloc:
		if s, ok := sortOf(elem(x.Type())); ok && s != Chan && s != Cancel {
			g.object(n, &Object{Sort: s, Class: place.Class{Obj: x}, Fn: x.Parent(), Make: x, Cap: NotConst})
		}
	case *ssa.MakeMap, *ssa.MakeSlice, *ssa.MakeClosure, *ssa.Function:
	case *ssa.FieldAddr:
		g.fieldAddr(x, n)
	case *ssa.Field:
		if f := g.field(x.X.Type(), x.Field); f != nil {
			g.copies(f, n)
		} else {
			n.find().open = true
		}
	case *ssa.IndexAddr:
		g.share(g.of(x.X), n)
		g.inside(n).stored = true
		if s, ok := sortOf(elem(x.Type())); ok && s != Chan && s != Cancel {
			n.find().open = true // one of many
		}
	case *ssa.Index:
		g.copies(g.of(x.X), n)
	case *ssa.Lookup:
		g.load(x.X, n)
	case *ssa.UnOp:
		g.load(x.X, n)
		if s, ok := sortOf(x.Type()); ok && x.Op == token.MUL && s != Chan && s != Cancel {
			g.of(x.X).find().copied = true
		}
	case *ssa.Phi:
		for _, e := range x.Edges {
			g.copies(g.of(e), n)
		}
	case *ssa.ChangeType:
		g.copies(g.of(x.X), n)
	case *ssa.Convert:
		g.convert(x, n)
	case *ssa.Slice:
		g.alias(x.X, n)
	case *ssa.SliceToArrayPointer:
		g.alias(x.X, n)
	case *ssa.Extract:
		g.extract(x, n)
	default:
		n.find().open = true
	}
}

// load says that n gets what is inside of x.
func (g *graph) load(x ssa.Value, n *node) {
	if from := g.of(x); from != nil {
		g.copies(g.inside(from), n)
	} else {
		n.find().open = true
	}
}

// alias says that n is about the same elements as x.
func (g *graph) alias(x ssa.Value, n *node) {
	if from := g.of(x); from != nil {
		g.copies(from, n)
	} else {
		n.find().open = true
	}
}

func (g *graph) convert(x *ssa.Convert, n *node) {
	from := g.of(x.X)
	if from == nil {
		n.find().open = true
		return
	}
	g.copies(from, n)
}

// fieldAddr is the address of a field: the field is inside.
func (g *graph) fieldAddr(x *ssa.FieldAddr, n *node) {
	f := g.field(x.X.Type(), x.Field)
	if f == nil {
		n.find().open = true
		return
	}
	n = n.find()
	if n.content == nil {
		n.content = f
	} else {
		g.unite(n.content, f)
	}
	s, ok := sortOf(elem(x.Type()))
	if !ok || s == Chan || s == Cancel {
		return
	}
	v := fieldOf(x.X.Type(), x.Field).Origin()
	if o := g.held[v]; o != nil {
		n.objs[o] = true
		return
	}
	o := &Object{Sort: s, Class: place.Class{Obj: v}, Cap: NotConst, Outside: f.find().out}
	if v.Embedded() {
		o.Outside = All // its methods are those of the struct
	}
	g.held[v] = o
	g.object(n, o)
}

// extract is one value of a tuple.
func (g *graph) extract(x *ssa.Extract, n *node) {
	switch t := x.Tuple.(type) {
	case *ssa.Call:
		g.copies(g.tuple(t, x.Index), n)
	case *ssa.Lookup:
		g.load(t.X, n)
	case *ssa.UnOp:
		g.load(t.X, n)
	case *ssa.Next:
		if r, ok := t.Iter.(*ssa.Range); ok {
			g.load(r.X, n)
		} else {
			n.find().open = true
		}
	case *ssa.Select:
		i := 2
		for _, st := range t.States {
			if st.Dir != types.RecvOnly {
				continue
			}
			if i == x.Index {
				g.load(st.Chan, n)
			}
			i++
		}
	default:
		n.find().open = true
	}
}

// tuple returns the node of result i of a call.
func (g *graph) tuple(call ssa.Value, i int) *node {
	k := tupleKey{call, i}
	if g.tuples[k] == nil {
		g.tuples[k] = g.fresh()
	}
	return g.tuples[k]
}

// result returns the node of result i of a function of the package.
func (g *graph) result(fn *ssa.Function, i int) *node {
	rs := g.results[fn]
	if rs == nil {
		rs = make([]*node, fn.Signature.Results().Len())
		for j := range rs {
			rs[j] = g.fresh()
		}
		g.results[fn] = rs
	}
	return rs[i]
}
