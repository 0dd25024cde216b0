package summary

import (
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/lockset"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// A binding is a callee with the arguments of one call of it.
type binding struct {
	f      *flow // the caller
	callee *Func
	args   []ssa.Value
	res    ssa.Value // the call, nil if it has no result that can be used: a deferred call, a callback
	held   holders   // what the callee has captured, as far as the caller knows it, if it is a func value
}

// bind returns what is called at an event, nil if that is not known.
func (f *flow) bind(ev *skeleton.Event) *binding {
	c := f.pkg.target(ev)
	if c.callee == nil {
		return nil
	}
	b := &binding{f: f, callee: c.callee, args: c.args}
	if v := ev.Callee.Value; v != nil && ev.Callee.Fn == nil {
		b.held = f.pkg.holders(v, c.callee.Fn)
	}
	if call, ok := ev.Instr.(*ssa.Call); ok && ev.Kind == skeleton.CallFn {
		b.res = call
	}
	return b
}

// place returns what a reference of the callee means to the caller: the
// object, and the class that it has in spite of unknown elements on the way.
func (b *binding) place(r Ref) (*place.Place, place.Class) {
	p := r.In(b.instance)
	if r.Param < 0 {
		return b.own(p), p.Class()
	}
	if len(r.Sels) == 0 && p != nil {
		if q := b.f.pkg.promoted(b.args[r.Param], p); q != p {
			return q, q.Class()
		}
	}
	class := r.Class()
	if class.Obj == nil {
		if q := r.In(b.argument); q != nil {
			class = q.Class()
		}
	}
	return p, class
}

// visible reports whether v is the same value to the caller: it belongs to no
// function, to the caller, or to one that encloses it.
func (b *binding) visible(v ssa.Value) bool {
	owner := v.Parent()
	if owner == nil {
		return true
	}
	for fn := b.f.fn; fn != nil; fn = fn.Parent() {
		if fn == owner {
			return true
		}
	}
	return false
}

func (b *binding) instance(i int) *place.Place {
	if i >= len(b.args) || b.args[i] == nil {
		return nil
	}
	return b.own(b.f.pkg.Places.Instance(b.args[i]))
}

// own returns p if the caller knows it by that name. What a literal captures, or
// a method value is bound to, is known where these were made: to others only if
// it is the struct that holds them, or what they gave to the function that made
// them.
func (b *binding) own(p *place.Place) *place.Place {
	if p == nil || b.visible(p.Root.V) {
		return p
	}
	return b.held.translate(p)
}

func (b *binding) argument(i int) *place.Place {
	if i >= len(b.args) || b.args[i] == nil {
		return nil
	}
	return b.own(b.f.pkg.Places.Of(b.args[i]))
}

// lock returns the caller's number of a lock of the callee, -1 if it has none.
func (b *binding) lock(r Ref) (id int, class place.Class) {
	p, class := b.place(r)
	if p == nil {
		return -1, class
	}
	return b.f.id(p, class), class
}

// handed returns the function that the caller gives as an argument, as called
// with unknown arguments; nil if it is not known.
func (b *binding) handed(i int) *binding {
	if i >= len(b.args) || b.args[i] == nil {
		return nil
	}
	t, ok := b.f.pkg.funcOf(b.args[i])
	if !ok {
		return nil
	}
	callee := b.f.pkg.Func(t.Fn)
	if callee == nil {
		return nil
	}
	args := make([]ssa.Value, len(t.Fn.Params))
	copy(args, t.Args)
	return &binding{f: b.f, callee: callee, args: args, held: b.f.pkg.holders(b.args[i], t.Fn)}
}

// resultKey returns the condition that knowledge about a result is about.
func (b *binding) resultKey(r ResultVal) condKey {
	if b.res == nil {
		return condKey{}
	}
	v := b.res
	if _, isTuple := b.res.Type().(interface{ Len() int }); isTuple {
		v = nil
		for _, ref := range *b.res.Referrers() {
			if x, ok := ref.(*ssa.Extract); ok && x.Index == r.Index {
				v = x
			}
		}
	}
	switch {
	case v == nil:
		return condKey{}
	case r.Nil:
		return condKey{token.EQL, v, nilOperand}
	}
	return condKey{x: v}
}

// value returns the value that a condition of the callee is about, nil if the
// caller does not know it.
func (b *binding) value(c PathCond) ssa.Value {
	switch {
	case c.Ref.Param < 0 && b.visible(c.Ref.Base.Root.V):
		return c.Ref.Base.Root.V
	case c.Ref.Param >= 0 && c.Ref.Param < len(b.args):
		return b.args[c.Ref.Param]
	}
	return nil
}

// cond returns what p knows of a condition of the callee.
func (b *binding) cond(c PathCond, p lockset.Path) (val, known bool) {
	if c.Arg {
		return b.f.conds.valueOf(p, b.value(c), c.Nil)
	}
	k, ok := b.variable(c)
	if !ok {
		return false, false
	}
	return p.Known(k)
}

// learn records that a condition of the callee holds.
func (b *binding) learn(c PathCond, before, p lockset.Path) lockset.Path {
	var k int
	neg := false
	switch {
	case c.Old:
		return p
	case !c.Arg:
		var ok bool
		if k, ok = b.variable(c); !ok {
			return p
		}
	case b.value(c) == nil:
		return p
	case c.Nil:
		var ok bool
		if k, ok = b.f.conds.keys[condKey{token.EQL, b.f.conds.operand(b.value(c)), nilOperand}]; !ok {
			return p
		}
	default:
		k, neg = b.f.conds.key(b.value(c))
	}
	if b.f.conds.want[k] {
		p, _ = p.Assume(k, c.Val != neg)
	}
	return p
}

// variable returns the number that the caller gives to a condition on a
// variable.
func (b *binding) variable(c PathCond) (int, bool) {
	key, ok := b.variableKey(c)
	if !ok {
		return 0, false
	}
	k, ok := b.f.conds.keys[key]
	return k, ok
}

func (b *binding) variableKey(c PathCond) (_ condKey, ok bool) {
	q, _ := b.place(c.Ref)
	switch {
	case q == nil || !q.Exact():
		return condKey{}, false
	case c.Nil:
		return condKey{token.EQL, q, nilOperand}, true
	}
	return condKey{x: q}, true
}

// want makes the caller keep what it finds out about conditions of the callee.
func (b *binding) want(conds []PathCond) {
	for _, c := range conds {
		if c.Arg {
			if v := b.value(c); v != nil && !c.Nil {
				k, _ := b.f.conds.key(v)
				b.f.conds.want[k] = true
			}
			continue
		}
		if key, ok := b.variableKey(c); ok {
			b.f.conds.want[b.f.conds.number(key)] = true
		}
	}
}
