package summary

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/lockset"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// Bounds of a summary.
const (
	maxOutcomes = 4
	maxAcquires = 24
	maxCalls    = 8
	maxWrites   = 24
)

// A recorder notes in one pass over the solved locksets what callers and rules
// want to know.
type recorder struct {
	f       *flow
	out     *Func
	faults  []LockFault
	exits   []Exit
	edges   []heldEdge
	blocks  []HeldBlock
	takes   []Take
	avoid   map[[2]int]bool   // answers of avoidable
	alone   map[lockNode]bool // answers of secret
	writes  []LockedWrite
	unlocks map[int]int // a node that gives up a lock, by number of the lock
}

type lockNode struct {
	lock *place.Place
	node int
}

// An Exit is a way out of a function, with the locks held there.
type Exit struct {
	Node  int // the Return event, or the end of a recovered panic
	Paths []lockset.Path
}

// run makes the pass.
func (r *recorder) run() {
	f := r.f
	f.rec = r
	r.unlocks, r.avoid, r.alone = map[int]int{}, map[[2]int]bool{}, map[lockNode]bool{}
	for n := range f.sk.Nodes {
		if len(f.states[n].Paths) > 0 {
			f.node(n, f.states[n])
		}
	}
	f.rec = nil
	r.out.Outcomes = outcomes(r.out.Outcomes)
}

// event notes what is no lock operation and no call.
func (r *recorder) event(n int, ev *skeleton.Event, s lockset.Set) {
	switch ev.Kind {
	case skeleton.Return:
		r.exit(n, ev.Instr.(*ssa.Return).Results, s)
	case skeleton.GoExit:
		if slices.Contains(r.f.sk.Nodes[n].Succs, r.f.sk.Exit) {
			r.exit(n, nil, s)
		}
	case skeleton.Write:
		r.write(n, ev, s)
	case skeleton.CallFn:
		r.paramCall(n, ev, s)
	}
	r.blocked(n, ev, s)
}

// ref says how callers name a place, false if they cannot.
func (f *flow) ref(p *place.Place) (Ref, bool) {
	if p == nil {
		return Ref{Param: -1}, false
	}
	v := p.Root.V
	if owner := v.Parent(); owner != f.fn {
		return Ref{Param: -1, Base: p}, true
	}
	par, ok := v.(*ssa.Parameter)
	if !ok {
		return Ref{Param: -1}, false
	}
	return Ref{Param: slices.Index(f.fn.Params, par), Sels: p.Sels()}, true
}

// pathConds returns the part of a path's conditions that callers can judge.
func (r *recorder) pathConds(p lockset.Path) []PathCond {
	var out []PathCond
	for _, c := range p.Conds {
		key := r.f.conds.list[c.Key]
		isNil := key.op == token.EQL && key.y == nilOperand
		if !isNil && key.op != token.ILLEGAL || key.y == unwritten {
			continue
		}
		switch x := key.x.(type) {
		case ssa.Value:
			if ref, ok := r.f.valueRef(x); ok {
				out = append(out, PathCond{Ref: ref, Arg: true, Nil: isNil, Val: c.Val})
			}
		case *place.Place:
			ref, ok := r.f.ref(x)
			if ok && r.f.conds.sinceEntry(p, x) {
				out = append(out, PathCond{Ref: ref, Nil: isNil, Val: c.Val})
			}
		case atEntry:
			if ref, ok := r.f.ref(x.cell); ok {
				out = append(out, PathCond{Ref: ref, Nil: isNil, Val: c.Val, Old: true})
			}
		}
	}
	return out
}

// valueRef says how callers name a value itself: a parameter, or something
// that an enclosing function has computed.
func (f *flow) valueRef(v ssa.Value) (Ref, bool) {
	if par, ok := v.(*ssa.Parameter); ok && par.Parent() == f.fn {
		return Ref{Param: slices.Index(f.fn.Params, par)}, true
	}
	if owner := v.Parent(); owner == nil || owner == f.fn {
		return Ref{}, false
	}
	return Ref{Param: -1, Base: f.pkg.Places.Root(place.Root{V: v})}, true
}

// exit notes one way out.
func (r *recorder) exit(n int, results []ssa.Value, s lockset.Set) {
	r.exits = append(r.exits, Exit{n, s.Paths})
	for _, p := range s.Paths {
		o := Outcome{Conds: r.pathConds(p)}
		for i, v := range results {
			if val, ok := r.f.conds.valueOf(p, v, false); ok && isBool(v) {
				o.Results = append(o.Results, ResultVal{i, false, val})
			} else if val, ok := r.f.conds.valueOf(p, v, true); ok && !isBool(v) {
				o.Results = append(o.Results, ResultVal{i, true, val})
			}
		}
		for _, l := range p.Locks {
			r.effect(&o, l)
		}
		r.out.Outcomes = append(r.out.Outcomes, o)
	}
}

func (r *recorder) effect(o *Outcome, l lockset.Lock) {
	name := r.f.locks[l.ID]
	if ref, ok := r.f.ref(name.place); ok {
		e := Effect{ref, net(l.Excl), net(l.Share), l.Depth}
		if e.Excl != lockset.Entry || e.Share != lockset.Entry {
			o.Effects = append(o.Effects, e)
		}
		return
	}
	if m, held := l.Held(); (held || l.Blurred()) && name.class.Obj != nil {
		o.lose(Lost{name.class, held && !l.Blurred(), m})
	}
}

// net returns what a caller sees of a status: a lock that is as before has not
// been touched.
func net(s lockset.Status) lockset.Status {
	if s == lockset.Free || s == lockset.Back {
		return lockset.Entry
	}
	return s
}

// step is a step at node n.
func (r *recorder) step(n int, via *Step) Step {
	s := Step{Fn: r.f.fn, Node: n, Via: via}
	if ev := r.f.sk.Nodes[n].Ev; ev != nil {
		s.Pos = ev.Pos()
	}
	return s
}

// acquired notes a lock operation on path p.
func (r *recorder) acquired(n, id int, m lockset.Mode, p lockset.Path, fault lockset.Fault, ev *skeleton.Event) {
	if ev.Try {
		return
	}
	a := Acquire{Mode: m, Asked: r.f.asked(n, ev.Val), Step: r.step(n, nil)}
	if r.f.lastRef(n, ev.Val) {
		a.Asked = AskedAtomic
	}
	r.wait(id, p, fault, a)
}

// wait notes that path p waits for lock id, here or in a callee: a says how. Its
// conditions are those of callees.
func (r *recorder) wait(id int, p lockset.Path, fault lockset.Fault, a Acquire) {
	f := r.f
	l, name := p.Lock(id), f.locks[id]
	r.took(Take{a.Node, name.place, name.class, a.Mode, a.Step})
	if fault != lockset.None && !a.Again && !p.Vague {
		held, _ := l.Held()
		r.fault(LockFault{Fn: f.fn, Fault: fault, Lock: name.place, Class: name.class, Mode: a.Mode, At: a.Step, Held: held, Since: l.Site})
	}
	a.Class = name.class
	if a.Part == nil {
		a.Part = f.pkg.part(name.place)
	}
	a.Again = a.Again || l.Excl == lockset.Lent || l.Share == lockset.Lent
	r.order(id, p, &a)
	if _, held := l.Held(); held || l.Blurred() || r.secret(name.place, a.Node) {
		return
	}
	a.Ref, _ = f.ref(name.place)
	a.Lent = f.loans(p)
	a.Conds = append(r.pathConds(p), a.Conds...)
	r.add(a)
}

// add notes that the function waits for a lock, if it is news.
func (r *recorder) add(a Acquire) {
	for i := range r.out.Acquires {
		b := &r.out.Acquires[i]
		if b.Mode != a.Mode || b.Again != a.Again || b.Asked != a.Asked || b.Part != a.Part || b.Class != a.Class || !b.Ref.equal(a.Ref) {
			continue
		}
		b.Lent = intersect(b.Lent, a.Lent, Loan.equal)
		if len(b.Conds) > len(a.Conds) {
			b.Conds = a.Conds
			b.Step = a.Step
		}
		return
	}
	if len(r.out.Acquires) >= maxAcquires {
		r.out.Truncated = true
		return
	}
	r.out.Acquires = append(r.out.Acquires, a)
}

func (r Ref) equal(q Ref) bool {
	return r.Param == q.Param && r.Base == q.Base && slices.Equal(r.Sels, q.Sels)
}

// released notes an unlock operation on path p.
func (r *recorder) released(n, id int, m lockset.Mode, p lockset.Path, fault lockset.Fault) {
	if p.Vague {
		return
	}
	k := p.Lock(id)
	if _, ok := r.unlocks[id]; !ok && (k.Excl == lockset.Held || k.Share == lockset.Held) {
		r.unlocks[id] = n
	}
	if fault == lockset.None {
		return
	}
	held, _ := p.Lock(id).Held()
	r.fault(LockFault{
		Fn: r.f.fn, Fault: fault, Lock: r.f.locks[id].place, Class: r.f.locks[id].class, Mode: m,
		At: r.step(n, nil), Held: held, Since: p.Lock(id).Site,
	})
}

// called notes the locks that a callee waits for, and what it does else.
func (r *recorder) called(n int, ev *skeleton.Event, b *binding, s lockset.Set) {
	for _, p := range s.Paths {
		r.callee(r.step(n, nil), b, p)
		for i := range b.callee.Calls {
			r.callback(n, b, &b.callee.Calls[i], p)
		}
	}
	for i := range b.callee.Writes {
		r.calleeWrite(n, b, &b.callee.Writes[i], s)
	}
}

// callee notes the locks that the callee of b waits for on path p. The steps of
// call lead to it.
func (r *recorder) callee(call Step, b *binding, p lockset.Path) {
	for i := range b.callee.Acquires {
		a := &b.callee.Acquires[i]
		conds, ok := b.translate(a.Conds, p)
		if !ok {
			continue
		}
		w, p := *a, p
		if b.undecided(a.Conds, p) {
			p.Vague = true // of no use as a proof
		}
		w.Ref, w.Conds, w.Step = Ref{Param: -1}, conds, *call.followedBy(&a.Step)
		if b.calledLast(call.Node, a.Ref) {
			w.Asked = AskedAtomic
		}
		id, class := b.lock(a.Ref)
		p = b.lend(a.Lent, id, p)
		if id < 0 {
			if class.Obj != nil {
				w.Class = class
			}
			w.Lent = r.f.loans(p)
			r.took(Take{w.Node, nil, w.Class, w.Mode, w.Step})
			r.order(-1, p, &w)
			r.add(w)
			continue
		}
		var fault lockset.Fault
		if !a.Again {
			_, fault = p.Acquire(id, a.Mode, call.Node)
		}
		r.wait(id, p, fault, w)
	}
	r.calleeBlocks(call, b, p)
}

// translate says what the callee's conditions mean to callers of the caller;
// ok is false if one of them does not hold on path p.
func (b *binding) translate(conds []PathCond, p lockset.Path) (out []PathCond, ok bool) {
	for _, c := range conds {
		val, known := b.cond(c, p)
		switch {
		case known && val != c.Val:
			return nil, false
		case known:
			continue
		}
		if q, found := b.rebase(c, p); found {
			out = append(out, q)
		}
	}
	return out, true
}

// rebase says how callers of the caller name a condition of the callee.
func (b *binding) rebase(c PathCond, p lockset.Path) (PathCond, bool) {
	if c.Arg {
		v := b.value(c)
		if v == nil {
			return c, false
		}
		ref, ok := b.f.valueRef(b.f.pkg.Places.Resolve(v))
		c.Ref = ref
		return c, ok
	}
	q, _ := b.place(c.Ref)
	ref, ok := b.f.ref(q)
	c.Ref = ref
	return c, ok && b.f.conds.sinceEntry(p, q)
}

// isBool reports whether v is a bool.
func isBool(v ssa.Value) bool {
	b, ok := v.Type().Underlying().(*types.Basic)
	return ok && b.Info()&types.IsBoolean != 0
}
