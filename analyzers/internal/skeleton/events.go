package skeleton

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
)

// events returns what one instruction does, in order.
func (b *builder) events(instr ssa.Instruction) []*Event {
	switch instr := instr.(type) {
	case *ssa.UnOp:
		switch instr.Op {
		case token.MUL:
			return b.access(Read, Scalar, instr, instr.X)
		case token.ARROW:
			return []*Event{b.chanOp(models.Recv, instr, instr.X)}
		}
	case *ssa.Store:
		if u, ok := instr.Val.(*ssa.UnOp); ok && u.Op == token.MUL && u.X == instr.Addr {
			return nil // `return x` of a named result x
		}
		return b.access(Write, Scalar, instr, instr.Addr)
	case *ssa.Send:
		return []*Event{b.chanOp(models.Send, instr, instr.Chan)}
	case *ssa.Select:
		return []*Event{{Kind: models.Select, Instr: instr}}
	case *ssa.MapUpdate:
		return b.access(Write, Map, instr, instr.Map)
	case *ssa.Lookup:
		if isMap(instr.X.Type()) {
			return b.access(Read, Map, instr, instr.X)
		}
	case *ssa.Next:
		if r, ok := instr.Iter.(*ssa.Range); ok && !instr.IsString {
			return b.access(Read, Map, instr, r.X)
		}
	case *ssa.Convert:
		return b.convert(instr)
	case *ssa.Go:
		return b.spawn(instr)
	case *ssa.Call:
		return b.call(instr, &instr.Call)
	}
	return nil
}

func (b *builder) chanOp(k models.Kind, instr ssa.Instruction, ch ssa.Value) *Event {
	return &Event{Kind: k, Instr: instr, Val: ch, Obj: b.tab.Of(ch)}
}

// access returns a memory access, unless it is to a variable that never leaves
// the function.
func (b *builder) access(k models.Kind, ak AccessKind, instr ssa.Instruction, addr ssa.Value) []*Event {
	p := b.tab.Of(addr)
	if ia, ok := addr.(*ssa.IndexAddr); ok && place.IsRangeIndex(ia.Index) {
		p = b.tab.Of(ia.X).Select(place.Sel{Kind: place.All}) // in time, the loop gets to every element
	}
	if p == nil {
		return nil
	}
	if a, ok := p.Root.V.(*ssa.Alloc); ok && (!a.Heap || onlyCell(p, a)) {
		return nil
	}
	return []*Event{{Kind: k, Access: ak, Instr: instr, Val: addr, Obj: p}}
}

// onlyCell reports whether p is a heap cell that no literal captures and that
// is only loaded and stored: go/ssa puts such variables on the heap when their
// address is taken in dead code.
func onlyCell(p *place.Place, a *ssa.Alloc) bool {
	if p.Parent != nil {
		return false
	}
	for _, r := range *a.Referrers() {
		switch r := r.(type) {
		case *ssa.Store:
			if r.Addr != a {
				return false
			}
		case *ssa.UnOp, *ssa.DebugRef:
		default:
			return false
		}
	}
	return true
}

// convert reports the elements read by string(bytes).
func (b *builder) convert(c *ssa.Convert) []*Event {
	if _, ok := c.X.Type().Underlying().(*types.Slice); !ok {
		return nil
	}
	return b.bulk(Read, Bulk, c, c.X)
}

// bulk is an access to all elements of a slice, or of the array it is of.
func (b *builder) bulk(k models.Kind, ak AccessKind, instr ssa.Instruction, slice ssa.Value) []*Event {
	if _, ok := slice.Type().Underlying().(*types.Slice); !ok {
		return nil
	}
	p := b.tab.Of(slice).Select(b.tab.Elements(slice))
	if p == nil {
		return nil
	}
	return []*Event{{Kind: k, Access: ak, Instr: instr, Val: slice, Obj: p}}
}

func isMap(t types.Type) bool {
	_, ok := t.Underlying().(*types.Map)
	return ok
}

func (b *builder) spawn(instr *ssa.Go) []*Event {
	if bi, ok := instr.Call.Value.(*ssa.Builtin); ok {
		return []*Event{{Kind: models.Spawn, Instr: instr, Callee: Callee{Value: bi, Call: &instr.Call, Args: instr.Call.Args}}}
	}
	return []*Event{{Kind: models.Spawn, Instr: instr, Callee: b.callee(&instr.Call)}}
}

// call returns what a call does: a modelled operation, an access by a builtin,
// or a call to look into.
func (b *builder) call(instr ssa.Instruction, c *ssa.CallCommon) []*Event {
	if bi, ok := c.Value.(*ssa.Builtin); ok {
		return b.builtin(instr, bi.Name(), c.Args)
	}
	callee := b.callee(c)
	if callee.Fn != nil && callee.Fn.Blocks != nil {
		return []*Event{{Kind: CallFn, Instr: instr, Callee: callee}}
	}
	obj := Object(c)
	if obj == nil && callee.Fn != nil {
		obj, _ = callee.Fn.Object().(*types.Func)
	}
	if obj == nil {
		if m, recv := MethodValue(b.tab, callee.Value); m != nil { // of an interface, else it were known
			if op, modelled := models.Lookup(m); modelled {
				return b.modelled(instr, op, Callee{Call: c, Args: append([]ssa.Value{recv}, c.Args...)})
			}
		}
		return []*Event{{Kind: CallFn, Instr: instr, Callee: callee, Effect: funcEffect(callee.Value)}}
	}
	m, exact := models.Of(obj)
	var touched []*Event
	if exact {
		touched = b.memory(instr, m, callee.Args)
	}
	m.Effect = m.Effect.Through(b.interfaces(callee.Args)...)
	return append(touched, b.modelled(instr, m, callee)...)
}

// funcEffect returns the effect of calling a func value: that of an iterator of
// the standard library over memory, or unknown.
func funcEffect(v ssa.Value) models.Effect {
	c, ok := v.(*ssa.Call)
	if !ok {
		return models.Unknown
	}
	obj := Object(&c.Call)
	if obj == nil || obj.Pkg() == nil {
		return models.Unknown
	}
	switch obj.Pkg().Path() {
	case "slices", "maps", "strings", "bytes":
		if m, _ := models.Of(obj); m.Effect&(models.Unknown|models.CallsBack) == 0 {
			return models.Reads
		}
	}
	return models.Unknown
}

// interfaces returns what is known of the interfaces passed to a call, for
// [models.Effect.Through]: the concrete type of each, or the variable that
// holds it.
func (b *builder) interfaces(args []ssa.Value) []types.Object {
	var out []types.Object
	for _, a := range args {
		if !types.IsInterface(a.Type()) {
			continue
		}
		switch x := a.(type) {
		case *ssa.MakeInterface:
			a = x.X
		case *ssa.ChangeInterface:
			a = x.X
		}
		var obj types.Object
		if u, ok := a.(*ssa.UnOp); ok && u.Op == token.MUL {
			if g, ok := u.X.(*ssa.Global); ok {
				obj = g.Object()
			}
		}
		if obj == nil {
			t := a.Type()
			if p, ok := t.Underlying().(*types.Pointer); ok {
				t = p.Elem()
			}
			if n, ok := types.Unalias(t).(*types.Named); ok {
				obj = n.Obj()
			}
		}
		out = append(out, obj)
	}
	return out
}

func (b *builder) modelled(instr ssa.Instruction, m models.Model, callee Callee) []*Event {
	e := &Event{Kind: m.Kind, Effect: m.Effect, Instr: instr, Callee: Callee{Call: callee.Call, Args: callee.Args}}
	if m.Kind == models.None {
		e.Kind = CallFn
		return []*Event{e}
	}
	arg := func(i int) ssa.Value {
		if i < 0 || i >= len(callee.Args) {
			return nil
		}
		return callee.Args[i]
	}
	if v := arg(m.Obj); v != nil {
		e.Val, e.Obj = v, b.tab.Of(v)
		e.Obj, e.Kind = locker(e.Obj, e.Kind)
	}
	if v := arg(m.Delta); v != nil {
		e.Delta, e.Known = intOf(b.consts, v)
		if !e.Known {
			e.Callee.Value = v
		}
	}
	if v := arg(m.Locker); v != nil {
		e.Callee.Value = v
	}
	if v := arg(m.Func); v != nil {
		e.Callee = b.funcValue(v)
		e.Callee.Call = callee.Call
	}
	return []*Event{e}
}

// locker maps operations on rw.RLocker() to shared operations on rw.
func locker(p *place.Place, k models.Kind) (*place.Place, models.Kind) {
	if p == nil || p.Parent == nil || p.Sel.Kind != place.Reader {
		return p, k
	}
	switch k {
	case models.Acquire:
		k = models.AcquireShared
	case models.Release:
		k = models.ReleaseShared
	}
	return p.Parent, k
}

func (b *builder) builtin(instr ssa.Instruction, name string, args []ssa.Value) []*Event {
	switch name {
	case "close":
		return []*Event{b.chanOp(models.Close, instr, args[0])}
	case "delete":
		return b.access(Write, Map, instr, args[0])
	case "clear":
		if isMap(args[0].Type()) {
			return b.access(Write, Map, instr, args[0])
		}
		return b.bulk(Write, Bulk, instr, args[0])
	case "len":
		if isMap(args[0].Type()) {
			return b.access(Read, Map, instr, args[0])
		}
	case "copy":
		return append(b.bulk(Read, Bulk, instr, args[1]), b.bulk(Write, Bulk, instr, args[0])...)
	case "append":
		var out []*Event
		if len(args) > 1 {
			if s, ok := args[1].(*ssa.Slice); !ok || s.Pos().IsValid() {
				out = b.bulk(Read, Bulk, instr, args[1])
			}
		}
		return append(out, b.appended(instr, args[0])...)
	case "print", "println":
		c := instr.(ssa.CallInstruction).Common()
		return []*Event{{Kind: CallFn, Effect: models.IO, Instr: instr, Callee: Callee{Value: c.Value, Call: c, Args: args}}}
	case "recover", "cap", "complex", "real", "imag", "min", "max":
	}
	return nil
}
