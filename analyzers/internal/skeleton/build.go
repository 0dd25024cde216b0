package skeleton

import (
	"go/constant"
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
)

// A builder makes the skeleton of one function.
type builder struct {
	tab    *place.Table
	fn     *ssa.Function
	live   map[*ssa.BasicBlock]bool
	consts func(ssa.Value) (constant.Value, bool)
	f      *Func
	ends   func(*ssa.Function) bool
	last   int // the node that control comes from, -1 if it ended
	defers []*ssa.Defer
}

func (b *builder) build() {
	blocks := b.fn.DomPreorder() // source order would do too; this one is a topological order of the tree
	for _, blk := range blocks {
		if b.live[blk] {
			b.collectDefers(blk)
		}
	}
	for _, blk := range blocks {
		if b.live[blk] {
			b.f.First[blk] = b.node(blk)
		}
	}
	b.f.Exit, b.f.Abort = b.node(nil), b.node(nil)
	for _, blk := range blocks {
		if b.live[blk] {
			b.block(blk)
		}
	}
}

func (b *builder) collectDefers(blk *ssa.BasicBlock) {
	for _, instr := range blk.Instrs {
		if d, ok := instr.(*ssa.Defer); ok {
			b.defers = append(b.defers, d)
		}
	}
}

// node appends a node without an event.
func (b *builder) node(blk *ssa.BasicBlock) int {
	b.f.Nodes = append(b.f.Nodes, Node{Block: blk})
	return len(b.f.Nodes) - 1
}

func (b *builder) edge(from, to int) {
	n := &b.f.Nodes[from]
	n.Succs = append(n.Succs, to)
}

// emit appends an event to the path.
func (b *builder) emit(blk *ssa.BasicBlock, e *Event) {
	if e == nil || b.last < 0 {
		return
	}
	n := b.node(blk)
	b.f.Nodes[n].Ev = e
	b.edge(b.last, n)
	b.last = n
}

func (b *builder) block(blk *ssa.BasicBlock) {
	b.last = b.f.First[blk]
	for _, instr := range blk.Instrs {
		b.instr(blk, instr)
		if b.last < 0 {
			return
		}
	}
}

func (b *builder) instr(blk *ssa.BasicBlock, instr ssa.Instruction) {
	switch instr := instr.(type) {
	case *ssa.Defer: // runs at RunDefers; its operands are loads of their own
	case *ssa.RunDefers:
		b.replay(blk, instr)
	case *ssa.Return:
		b.emit(blk, &Event{Kind: Return, Instr: instr})
		b.edge(b.last, b.f.Exit)
		b.last = -1
	case *ssa.Panic:
		b.abort(blk, instr)
	case *ssa.Jump:
		b.edge(b.last, b.target(blk, blk.Succs[0]))
		b.last = -1
	case *ssa.If:
		b.branch(blk, instr)
	default:
		for _, e := range b.events(instr) {
			b.emit(blk, e)
			if e.Kind == models.Select {
				b.bareArms(blk, e.Instr.(*ssa.Select))
			}
			if e.Kind == models.Exit || e.Kind == CallFn && e.Callee.Fn != nil && b.ends(e.Callee.Fn) {
				b.last = -1
				return
			}
			if sel, ok := instr.(*ssa.Select); ok {
				b.idleArms(blk, sel)
			}
			if e.Kind == models.FailNow || e.Kind == models.Panic {
				b.abort(blk, instr)
				return
			}
		}
	}
}

// abort ends the path in a panic: deferred calls run, then the goroutine ends
// or a deferred recover makes the function return.
func (b *builder) abort(blk *ssa.BasicBlock, instr ssa.Instruction) {
	if synthetic(instr) {
		b.last = -1
		return
	}
	b.replay(blk, instr)
	b.emit(blk, &Event{Kind: GoExit, Instr: instr})
	b.edge(b.last, b.f.Abort)
	if b.fn.Recover != nil && b.recovers() {
		b.edge(b.last, b.f.Exit)
	}
	b.last = -1
}

// recovers reports whether a deferred function of fn calls recover.
func (b *builder) recovers() bool {
	for _, d := range b.defers {
		if fn := b.callee(&d.Call).Fn; fn != nil && CallsRecover(fn) {
			return true
		}
	}
	return false
}

// CallsRecover reports whether fn, as a deferred function, stops a panic.
func CallsRecover(fn *ssa.Function) bool {
	for _, blk := range fn.Blocks {
		for _, instr := range blk.Instrs {
			if c, ok := instr.(*ssa.Call); ok {
				if bi, ok := c.Call.Value.(*ssa.Builtin); ok && bi.Name() == "recover" {
					return true
				}
			}
		}
	}
	return false
}

// synthetic reports whether instr is a panic that go/ssa puts where control
// does not get to: behind a select without default, and behind a call that
// never returns.
func synthetic(instr ssa.Instruction) bool {
	p, ok := instr.(*ssa.Panic)
	if !ok {
		return false
	}
	mi, ok := p.X.(*ssa.MakeInterface)
	if !ok {
		return false
	}
	c, ok := mi.X.(*ssa.Const)
	if !ok || c.Value == nil || c.Value.Kind() != constant.String {
		return false
	}
	if !p.Pos().IsValid() {
		return constant.StringVal(c.Value) == "blocking select matched no case"
	}
	for _, other := range p.Block().Instrs {
		if call, ok := other.(*ssa.Call); ok && call.Pos() == p.Pos() {
			return true
		}
	}
	return false
}

// replay emits the deferred calls that can be pending at instr, last first.
func (b *builder) replay(blk *ssa.BasicBlock, instr ssa.Instruction) {
	for i := len(b.defers) - 1; i >= 0; i-- {
		d := b.defers[i]
		sure := d.Block().Dominates(blk)
		if d.Block() == blk && before(instr, d) || !sure && !reaches(d.Block(), blk) {
			continue
		}
		from := b.last
		for _, e := range b.call(d, &d.Call) {
			e.Defer, e.Maybe = d, !sure
			b.emit(blk, e)
		}
		if !sure && b.last != from {
			join := b.node(blk)
			b.edge(b.last, join)
			b.edge(from, join)
			b.last = join
		}
	}
}

// before reports whether a comes before b in their common block.
func before(a, b ssa.Instruction) bool {
	for _, i := range a.Block().Instrs {
		if i == a || i == b {
			return i == a
		}
	}
	return false
}

func reaches(from, to *ssa.BasicBlock) bool {
	seen := map[*ssa.BasicBlock]bool{}
	var visit func(*ssa.BasicBlock) bool
	visit = func(b *ssa.BasicBlock) bool {
		if b == to {
			return true
		}
		if seen[b] {
			return false
		}
		seen[b] = true
		for _, s := range b.Succs {
			if visit(s) {
				return true
			}
		}
		return false
	}
	return visit(from)
}

// branch ends the block. An edge that a select arm or a closed channel
// decides gets an event of its own.
func (b *builder) branch(blk *ssa.BasicBlock, br *ssa.If) {
	if c, ok := b.consts(br.Cond); ok && c.Kind() == constant.Bool {
		to := blk.Succs[1]
		if constant.BoolVal(c) {
			to = blk.Succs[0]
		}
		b.edge(b.last, b.target(blk, to))
		b.last = -1
		return
	}
	n := b.last
	b.f.Nodes[n].Cond = br.Cond
	on, off := b.edgeEvents(br.Cond)
	if off != nil && off.Kind == RecvClosed && b.neverClosed(off.Val) {
		b.f.Nodes[n].Cond = nil
		b.edge(n, b.target(blk, blk.Succs[0]))
		b.last = -1
		return
	}
	for i, e := range []*Event{on, off} {
		to := b.target(blk, blk.Succs[i])
		if e == nil {
			b.edge(n, to)
			continue
		}
		m := b.node(blk)
		b.f.Nodes[m].Ev = e
		b.edge(n, m)
		b.edge(m, to)
	}
	b.last = -1
}

// edgeEvents returns the events that happen on the true and the false edge of
// a branch on cond: a select case was taken, a received channel was closed, a
// lock was or was not taken.
func (b *builder) edgeEvents(cond ssa.Value) (on, off *Event) {
	switch c := cond.(type) {
	case *ssa.UnOp:
		if c.Op == token.NOT {
			on, off = b.edgeEvents(c.X)
			return off, on
		}
	case *ssa.BinOp: // select index == k
		x, ok := c.X.(*ssa.Extract)
		if !ok || c.Op != token.EQL || x.Index != 0 {
			return nil, nil
		}
		sel, ok := x.Tuple.(*ssa.Select)
		k, isConst := intOf(b.consts, c.Y)
		if !ok || !isConst || k < 0 || int(k) >= len(sel.States) {
			return nil, nil
		}
		return b.arm(sel, int(k)), nil
	case *ssa.Extract: // v, ok := <-c
		if r, isRecv := c.Tuple.(*ssa.UnOp); isRecv && r.Op == token.ARROW && c.Index == 1 {
			return nil, &Event{Kind: RecvClosed, Instr: r, Val: r.X, Obj: b.tab.Of(r.X)}
		}
	case *ssa.Call: // mu.TryLock()
		for _, e := range b.events(c) {
			if e.Kind == models.TryAcquire || e.Kind == models.TryAcquireShr {
				t := *e
				t.Kind = models.Acquire
				if e.Kind == models.TryAcquireShr {
					t.Kind = models.AcquireShared
				}
				t.Try = true
				return &t, nil
			}
		}
	}
	return nil, nil
}

// bareArms adds the cases of a select without statements of their own: no branch
// decides between them, as control goes on in one place.
func (b *builder) bareArms(blk *ssa.BasicBlock, sel *ssa.Select) {
	decided := map[int64]bool{}
	for _, r := range *sel.Referrers() {
		x, ok := r.(*ssa.Extract)
		if !ok || x.Index != 0 {
			continue
		}
		for _, r := range *x.Referrers() {
			if c, ok := r.(*ssa.BinOp); ok && len(*c.Referrers()) > 0 {
				k, _ := intOf(b.consts, c.Y)
				decided[k] = true
			}
		}
	}
	if len(decided) >= len(sel.States) || b.last < 0 {
		return
	}
	from, join := b.last, b.node(blk)
	for k := range sel.States {
		if !decided[int64(k)] {
			m := b.node(blk)
			b.f.Nodes[m].Ev = b.arm(sel, k)
			b.edge(from, m)
			b.edge(m, join)
		}
	}
	if !sel.Blocking || len(decided) > 0 {
		b.edge(from, join)
	}
	b.last = join
}

func (b *builder) arm(sel *ssa.Select, k int) *Event {
	st := sel.States[k]
	e := &Event{Kind: models.Recv, Instr: sel, Val: st.Chan, Obj: b.tab.Of(st.Chan), Arm: true}
	if st.Dir == 1 { // types.SendOnly
		e.Kind = models.Send
	}
	return e
}
