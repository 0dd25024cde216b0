package explore

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/scope"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// A condKey is a condition as an activation asks it.
type condKey struct {
	v ssa.Value
	f *scope.Frame
}

// A question is what is known about a condition whatever the path, and which
// facts of the path say more.
type question struct {
	val, known bool
	lit        int // the fact that the condition is, -1 for none
	neg        bool
	from       int // the fact by which return a callee was left, -1 for none
	replies    []scope.Reply
}

// ask looks at a condition once.
func (p *projection) ask(v ssa.Value, f *scope.Frame) *question {
	at := condKey{v, f}
	q := p.asked[at]
	if q != nil {
		return q
	}
	q = &question{lit: -1, from: -1}
	p.asked[at] = q
	if q.val, q.known = p.s.Decide(v, f); q.known {
		return q
	}
	if q.val, q.known = p.untouched(v, f); q.known {
		return q
	}
	if k, neg, ok := p.literal(v, f); ok {
		q.lit, q.neg = p.facts.id(k), neg
	}
	return q
}

// A reply is a return of a callee, the i-th.
type reply struct {
	in *scope.Frame
	i  int
}

func (r reply) key() factKey { return factKey{frame: r.in.Up, inner: r.in} }

// markReturns marks the returns of callees in which something happens, where a
// branch of the caller depends on how they were left.
func (p *projection) markReturns() {
	busy := map[*scope.Frame]bool{}
	for _, n := range p.s.Nodes {
		if p.mark[n.ID] && n.Ev != nil {
			for f := n.Frame; f != nil && !busy[f]; f = f.Up {
				busy[f] = true
			}
		}
	}
	for _, n := range p.s.Nodes {
		br := p.conds[n]
		if br == nil || len(n.Succs) != 2 || p.sink[n.ID] == nowhere || !p.real(n) && !p.mayFail(n) {
			continue
		}
		q := p.ask(br.Cond, br.Frame)
		all := p.s.Replies(br.Cond, br.Frame)
		if q.known || len(all) == 0 || !busy[all[0].At.Frame] {
			continue
		}
		p.mark[n.ID] = true
		q.replies, q.from = all, p.facts.id(reply{in: all[0].At.Frame}.key())
		for i, a := range all {
			p.mark[a.At.ID] = true
			p.returns[a.At] = reply{a.At.Frame, i}
		}
	}
}

// mayFail reports whether the process or test ends behind n if control goes one
// way, and not the other.
func (p *projection) mayFail(n *scope.Node) bool {
	return (p.sink[n.Succs[0].ID] == nowhere) != (p.sink[n.Succs[1].ID] == nowhere)
}

// fails reports whether control gets from n to nothing but a return with an
// error.
func (p *projection) fails(n *scope.Node) bool {
	if p.sink[n.ID] < 0 {
		return false
	}
	at := p.s.Nodes[p.sink[n.ID]]
	if _, ok := p.returns[at]; !ok {
		return false
	}
	ret, ok := at.Ev.Instr.(*ssa.Return)
	if !ok {
		return false
	}
	for _, v := range ret.Results {
		if c, isConst := v.(*ssa.Const); skeleton.IsError(v.Type()) && !(isConst && c.IsNil()) {
			return true
		}
	}
	return false
}

// A needed says which facts matter at which nodes: a set of bits for each node.
type needed struct {
	words int
	bits  []uint64
	facts int // those that come later always matter
}

// needs reports whether some branch at n or ahead depends on a fact.
func (p *projection) needs(n *scope.Node, fact int) bool {
	l := &p.live
	return fact >= l.facts || p.facts.keys[fact].loop != nil || l.bits[n.ID*l.words+fact/64]&(1<<(fact%64)) != 0
}

// findLive computes which facts matter where, from the branches back, also to
// where the goroutines are started.
func (p *projection) findLive() {
	asks := map[*scope.Node][]int{}
	for _, n := range p.s.Nodes {
		if !p.real(n) {
			continue
		}
		var ids []int
		if br := p.conds[n]; br != nil {
			ids = p.facts.of(p, br.Cond, br.Frame, 0, nil)
		}
		for _, m := range n.Succs {
			if m.Ev != nil && m.Ev.Maybe && m.Ev.Defer != nil {
				ids = append(ids, p.facts.id(factKey{frame: m.Frame, later: m.Ev.Defer}))
			}
		}
		if ids != nil {
			asks[n] = ids
		}
	}
	l := &p.live
	l.facts = len(p.facts.keys)
	l.words = (l.facts + 63) / 64
	l.bits = make([]uint64, l.words*len(p.s.Nodes))
	var work []*scope.Node
	for _, n := range p.s.Nodes {
		for _, id := range asks[n] {
			l.bits[n.ID*l.words+id/64] |= 1 << (id % 64)
		}
		if asks[n] != nil {
			work = append(work, n)
		}
	}
	for len(work) > 0 {
		n := work[len(work)-1]
		work = work[:len(work)-1]
		for _, m := range n.Preds {
			if l.join(m, n) {
				work = append(work, m)
			}
		}
		if t := n.Thread; t.Entry == n && t.Spawn != nil && l.join(t.Spawn, n) {
			work = append(work, t.Spawn)
		}
	}
}

// join makes what matters at n matter at m, and reports whether that is more.
func (l *needed) join(m, n *scope.Node) bool {
	more := false
	for w := range l.words {
		to, from := &l.bits[m.ID*l.words+w], l.bits[n.ID*l.words+w]
		more = more || from&^*to != 0
		*to |= from
	}
	return more
}

// of adds the facts that [projection.decide] looks at for a condition.
func (fs *facts) of(p *projection, v ssa.Value, f *scope.Frame, depth int, ids []int) []int {
	if depth > 6 {
		return ids
	}
	q := p.ask(v, f)
	if q.known {
		return ids
	}
	if q.lit >= 0 {
		ids = append(ids, q.lit)
	}
	if q.from >= 0 {
		ids = append(ids, q.from)
	}
	switch v := p.s.Pkg.Places.Resolve(v).(type) {
	case *ssa.UnOp:
		if p.sent(v, f) != nil {
			return append(ids, fs.id(factKey{frame: f, recv: v}))
		}
		if v.Op != token.NOT {
			return ids
		}
		ids = fs.of(p, v.X, f, depth+1, ids)
	case *ssa.Phi:
		id := fs.id(factKey{frame: f, phi: v})
		if slices.Contains(ids, id) {
			return ids
		}
		ids = append(ids, id)
		for _, e := range v.Edges {
			ids = fs.of(p, e, f, depth+1, ids)
		}
	case *ssa.BinOp:
		if v.Op != token.EQL && v.Op != token.NEQ {
			return ids
		}
		ids = fs.of(p, v.X, f, depth+1, ids)
		ids = fs.of(p, v.Y, f, depth+1, ids)
	case *ssa.Extract:
		if !isOK(v) {
			return ids
		}
		ids = append(ids, fs.id(factKey{frame: f, recv: v.Tuple}))
	}
	return ids
}

// sent returns the truth value that v, a receive, gets from whoever sends; nil
// if that is not known.
func (p *projection) sent(v *ssa.UnOp, f *scope.Frame) constant.Value {
	if v.Op != token.ARROW || v.CommaOk || !types.Identical(v.Type().Underlying(), types.Typ[types.Bool]) {
		return nil
	}
	var obj *int
	for _, n := range p.objs.own.byInstr[v] {
		if i, ok := p.objs.at[n]; ok && n.Frame == f {
			obj = &i
		}
	}
	if obj == nil {
		return nil
	}
	var val constant.Value
	for n, i := range p.objs.at {
		if i != *obj || n.Ev.Kind != models.Send {
			continue
		}
		send, ok := n.Ev.Instr.(*ssa.Send)
		if !ok {
			return nil
		}
		c, ok := send.X.(*ssa.Const)
		if !ok || c.Value == nil || val != nil && !constant.Compare(val, token.EQL, c.Value) {
			return nil
		}
		val = c.Value
	}
	return val
}
