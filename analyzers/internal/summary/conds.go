package summary

import (
	"go/constant"
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/lockset"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// A condKey identifies a condition up to negation: two branches with one key
// go the same way as long as the operands keep their values. Operands are
// values, the places of variables that are loaded, or constants as text.
type condKey struct {
	op   token.Token // EQL, LSS, LEQ, or ILLEGAL for a bool by itself
	x, y any
}

// maxConds bounds the conditions of one function.
const maxConds = 500

// nilOperand stands for nil in a condKey.
const nilOperand = "nil"

// conds numbers the conditions of one function, so that `if c { Lock }` and a
// later `if c { Unlock }` are seen to go together. It knows those that are
// tested twice, tested of parameters, or decided by constants that meet in a
// phi.
type conds struct {
	pkg  *Package
	sk   *skeleton.Func
	keys map[condKey]int
	list []condKey
	// want are the conditions worth keeping.
	want  map[int]bool
	shaky bool // some are on variables that a callee or another goroutine may change
	// zero are the conditions on variables that a block makes: false, or nil.
	zero map[*ssa.BasicBlock][]int
	// marks are the conditions that hold until variables of callers are written.
	marks   []int
	written []*place.Place // by the function itself
}

func newConds(p *Package, sk *skeleton.Func) *conds {
	c := &conds{pkg: p, sk: sk, keys: map[condKey]int{}, want: map[int]bool{}, zero: map[*ssa.BasicBlock][]int{}}
	tests := map[int]int{}
	for i := range sk.Nodes {
		if ev := sk.Nodes[i].Ev; ev != nil && ev.Kind == skeleton.Write && ev.Obj != nil {
			c.written = append(c.written, ev.Obj)
		}
		v := sk.Nodes[i].Cond
		if v == nil {
			continue
		}
		k, _ := c.key(v)
		tests[k]++
		if tests[k] > 1 || c.special(k) {
			c.want[k] = true
		}
	}
	return c
}

// finish completes what follows from the conditions that are wanted, once all
// of them are known: those of callees, too.
func (c *conds) finish() {
	c.wantSources()
	c.findEntries()
	for k, key := range c.list {
		if !c.want[k] {
			continue
		}
		c.shaky = c.shaky || c.unstable(k)
		cell, ok := key.x.(*place.Place)
		if !ok || cell.Parent != nil || key.op != token.ILLEGAL && key.y != nilOperand {
			continue
		}
		if a, ok := cell.Root.V.(*ssa.Alloc); ok && a.Parent() == c.sk.Fn {
			c.zero[a.Block()] = append(c.zero[a.Block()], k)
		}
	}
}

// fresh records that the variables that block b makes have their zero values.
func (c *conds) fresh(p lockset.Path, b *ssa.BasicBlock) lockset.Path {
	for _, k := range c.zero[b] {
		p = p.Unlearn(func(key int) bool { return key == k })
		p, _ = p.Assume(k, c.list[k].op == token.EQL)
	}
	return p
}

// wantSources adds the conditions on values that flow into phis of others.
func (c *conds) wantSources() {
	for k := 0; k < len(c.list); k++ { // grows
		key := c.list[k]
		phi, ok := key.x.(*ssa.Phi)
		if !ok || !c.want[k] || len(c.list) > maxConds {
			continue
		}
		for _, e := range phi.Edges {
			if _, isConst := e.(*ssa.Const); isConst {
				continue
			}
			switch {
			case key.op == token.EQL && key.y == nilOperand:
				c.want[c.number(condKey{token.EQL, c.operand(e), nilOperand})] = true
			case key.op == token.ILLEGAL:
				n, _ := c.key(e)
				c.want[n] = true
			}
		}
	}
}

// special reports whether a condition is worth keeping even if it is tested
// once: its outcome may be known before.
func (c *conds) special(k int) bool {
	switch x := c.list[k].x.(type) {
	case *ssa.Parameter, *ssa.Phi, *ssa.Call, *ssa.Extract:
		return true
	case *place.Place:
		_, cell := x.Root.V.(*ssa.Alloc)
		return cell && x.Parent == nil
	}
	return false
}

// number returns the number of a condition.
func (c *conds) number(k condKey) int {
	i, ok := c.keys[k]
	if !ok {
		i = len(c.list)
		c.keys[k] = i
		c.list = append(c.list, k)
	}
	return i
}

// key returns the number of the condition v, and whether v is its negation.
func (c *conds) key(v ssa.Value) (k int, neg bool) {
	for {
		u, ok := v.(*ssa.UnOp)
		if !ok || u.Op != token.NOT {
			break
		}
		v, neg = u.X, !neg
	}
	if testedTwice(v) {
		return c.number(condKey{x: v}), neg // whatever the variables hold by then that it was computed of
	}
	b, ok := v.(*ssa.BinOp)
	if !ok {
		return c.number(condKey{x: c.operand(v)}), neg
	}
	x, y, op := c.operand(b.X), c.operand(b.Y), b.Op
	switch op {
	case token.NEQ:
		op, neg = token.EQL, !neg
	case token.GEQ:
		op, neg = token.LSS, !neg
	case token.GTR:
		op, neg = token.LEQ, !neg
	case token.EQL, token.LSS, token.LEQ:
	default:
		return c.number(condKey{x: v}), neg
	}
	if _, isConst := x.(string); isConst && op == token.EQL {
		x, y = y, x
	}
	if op == token.EQL && (y == "true" || y == "false") {
		return c.number(condKey{x: x}), neg != (y == "false")
	}
	return c.number(condKey{op, x, y}), neg
}

// testedTwice reports whether several branches test one value, computed or
// loaded before.
func testedTwice(v ssa.Value) bool {
	switch v.(type) {
	case *ssa.BinOp, *ssa.UnOp:
	default:
		return false
	}
	n := 0
	for _, r := range *v.Referrers() {
		if _, ok := r.(*ssa.If); ok {
			n++
		}
	}
	return n > 1
}

// operand identifies a value by where it is loaded from, if that is one
// variable, so that loading it twice gives the same.
func (c *conds) operand(v ssa.Value) any {
	v = c.pkg.Places.Resolve(v)
	switch v := v.(type) {
	case *ssa.Const:
		return constText(v)
	case *ssa.UnOp:
		if v.Op == token.MUL {
			if p := c.pkg.Places.Of(v.X); p != nil && p.Exact() {
				return p
			}
		}
	}
	return v
}

func constText(v *ssa.Const) string {
	if v.Value == nil {
		return nilOperand
	}
	return v.Value.ExactString()
}

// definedIn reports whether block b gives the condition a new value. Its phis
// count if so asked: they get theirs on the edge that leads to b.
func (c *conds) definedIn(k int, b *ssa.BasicBlock, phis bool) bool {
	key := c.list[k]
	for _, x := range [...]any{key.x, key.y} {
		switch x := x.(type) {
		case *ssa.Phi:
			if phis && x.Block() == b {
				return true
			}
		case ssa.Value:
			if definedIn(x, b) {
				return true
			}
		case *place.Place:
			if definedIn(x.Root.V, b) || c.unstable(k) && isLoopHead(b) {
				return true
			}
		}
	}
	return false
}

func isLoopHead(b *ssa.BasicBlock) bool {
	for _, p := range b.Preds {
		if b.Dominates(p) {
			return true
		}
	}
	return false
}

// unstable reports whether the condition is on a variable that a callee or
// another goroutine may write: a field that is written outside of
// constructors.
func (c *conds) unstable(k int) bool {
	return c.mentions(k, func(q *place.Place) bool { return !c.pkg.settled(q) })
}

// locked is the effect on conditions of taking a lock: what it may guard, the
// fields of its struct, may have changed by then. (A nil lock is any.)
func (c *conds) locked(p lockset.Path, lock *place.Place) lockset.Path {
	if !c.shaky || len(p.Conds) == 0 {
		return p
	}
	return p.Unlearn(func(k int) bool {
		if !c.unstable(k) {
			return false
		}
		if lock == nil || lock.Parent == nil || lock.Sel.Kind != place.Field {
			return true
		}
		return c.mentions(k, func(q *place.Place) bool { return q.Under(lock.Parent) })
	})
}

// mentions reports whether the condition is on a variable that f holds for.
func (c *conds) mentions(k int, f func(*place.Place) bool) bool {
	for _, x := range [...]any{c.list[k].x, c.list[k].y} {
		if q, ok := x.(*place.Place); ok && f(q) {
			return true
		}
	}
	return false
}

// branch is the effect of taking the true or the false edge of a branch.
func (c *conds) branch(s lockset.Set, cond ssa.Value, on bool) lockset.Set {
	k, neg := c.key(cond)
	if !c.want[k] {
		return s
	}
	return s.Map(func(p lockset.Path) (lockset.Path, bool) { return p.Assume(k, on != neg) })
}

// phis returns what an edge between two blocks tells about the values that
// meet in the phis of the second, nil if nothing.
func (c *conds) phis(from *skeleton.Node, to int) func(lockset.Path) lockset.Path {
	b := c.sk.Nodes[to].Block
	if b == nil || from.Block == nil || c.sk.First[b] != to || len(b.Instrs) == 0 {
		return nil
	}
	if _, ok := b.Instrs[0].(*ssa.Phi); !ok {
		return nil
	}
	pred, ways := -1, 0
	for i, p := range b.Preds {
		if p == from.Block {
			pred, ways = i, ways+1
		}
	}
	return func(p lockset.Path) lockset.Path {
		before := p
		p = p.Unlearn(func(k int) bool { return c.definedIn(k, b, true) })
		for _, instr := range b.Instrs {
			phi, ok := instr.(*ssa.Phi)
			if !ok || ways != 1 { // both ways of a branch may lead here
				break
			}
			p = c.copied(p, before, phi, phi.Edges[pred])
		}
		return p
	}
}

// copied records in p that x now has the value that v has in before.
func (c *conds) copied(p, before lockset.Path, x any, v ssa.Value) lockset.Path {
	for _, key := range [...]condKey{{x: x}, {token.EQL, x, nilOperand}} {
		k, ok := c.keys[key]
		if !ok || !c.want[k] {
			continue
		}
		stale := func(i int) bool { return i == k }
		p = p.Unlearn(stale)
		if val, ok := c.valueOf(before, v, key.op == token.EQL); ok {
			p, _ = p.Assume(k, val)
		}
	}
	return p
}

// valueOf returns what p knows of v: its value as a bool, or whether it is
// nil.
func (c *conds) valueOf(p lockset.Path, v ssa.Value, isNil bool) (val, ok bool) {
	if v == nil {
		return false, false
	}
	if k, isConst := c.pkg.Places.Resolve(v).(*ssa.Const); isConst {
		if isNil {
			return k.IsNil(), true
		}
		if k.Value == nil || k.Value.Kind() != constant.Bool {
			return false, false
		}
		return constant.BoolVal(k.Value), true
	}
	if isNil {
		switch c.pkg.Places.Resolve(v).(type) {
		case *ssa.UnOp:
			if c.sentinel(v) {
				return false, true
			}
		case *ssa.Alloc, *ssa.MakeInterface, *ssa.MakeClosure, *ssa.MakeChan, *ssa.MakeMap, *ssa.MakeSlice, *ssa.FieldAddr, *ssa.IndexAddr, *ssa.Function, *ssa.Global:
			return false, true
		}
		k, found := c.keys[condKey{token.EQL, c.operand(v), nilOperand}]
		if !found {
			return false, false
		}
		return p.Known(k)
	}
	k, neg := c.key(v)
	val, ok = p.Known(k)
	return val != neg, ok
}

// sentinel reports whether v is the value of a package-level error variable,
// as those of package io: these are not nil.
func (c *conds) sentinel(v ssa.Value) bool {
	u, ok := c.pkg.Places.Resolve(v).(*ssa.UnOp)
	if !ok || !skeleton.IsError(v.Type()) {
		return false
	}
	g, ok := u.X.(*ssa.Global)
	return ok && c.pkg.settled(c.pkg.Places.Of(g))
}

// stored records that the variable at q now has value v.
func (c *conds) stored(p lockset.Path, q *place.Place, v ssa.Value) lockset.Path {
	before := p
	p = c.overwritten(p, q)
	if q.Exact() {
		p = c.copied(p, before, q, v)
	}
	return p
}
