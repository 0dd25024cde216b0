package summary

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/lockset"
	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// Bounds of what is kept of one function.
const (
	maxBlocks = 16
	maxHeld   = 64
	maxArms   = 4
	maxTakes  = 100
)

// A Block is an operation in which a function waits for other goroutines, locks
// not counted, or for something slow.
type Block struct {
	Arms  []Arm  // it goes on when one of these can; none if it is slow
	Slow  string // the call that takes long: "http.Get"
	Lent  []Ref  // locks of callers that are given up meanwhile
	Maybe bool   // the function can return without coming to it
	Conds []PathCond
	Step
}

// An Arm is one channel, WaitGroup or Cond that is waited for.
type Arm struct {
	Kind  models.Kind  // Send, Recv, WGWait or CondWait
	Param int          // the parameter that the object is, -1 if it is none
	Val   ssa.Value    // names the object where it is operated on, nil in another package
	Place *place.Place // the object as the function names it, nil if it cannot
	Class place.Class
}

// A HeldBlock is a Block that a function comes to while it holds a lock which it
// has taken itself.
type HeldBlock struct {
	Fn    *ssa.Function
	Lock  HeldLock
	Since int // the node that takes the lock
	Block     // in terms of Fn
}

// A Take is a lock operation that a function comes to, itself or by a call.
type Take struct {
	Node  int
	Place *place.Place // nil if it has no name in the function
	Class place.Class
	Mode  lockset.Mode
	At    Step
}

// HeldBlocks returns what fn waits for under locks that it has taken.
func (p *Package) HeldBlocks(fn *ssa.Function) []HeldBlock {
	if l := p.locks[fn]; l != nil {
		return l.blocks
	}
	return nil
}

// Takes returns the lock operations of fn, in no particular order but always the
// same.
func (p *Package) Takes(fn *ssa.Function) []Take {
	if l := p.locks[fn]; l != nil {
		return l.takes
	}
	return nil
}

// took notes a lock operation.
func (r *recorder) took(t Take) {
	same := func(x Take) bool {
		return x.Node == t.Node && x.Place == t.Place && x.Class == t.Class && x.Mode == t.Mode
	}
	if len(r.takes) < maxTakes && !slices.ContainsFunc(r.takes, same) {
		r.takes = append(r.takes, t)
	}
}

// blocked notes an event that waits or is slow.
func (r *recorder) blocked(n int, ev *skeleton.Event, s lockset.Set) {
	b := Block{Arms: r.arms(ev), Step: r.step(n, nil)}
	if b.Arms == nil {
		if b.Slow = slow(r.f.fn, ev); b.Slow == "" {
			return
		}
	}
	for _, p := range s.Paths {
		c := b
		c.Conds = r.pathConds(p)
		r.block(c, nil, p)
	}
}

// arms returns what an event waits for, nil if it does not, or if it gets on in
// other ways too.
func (r *recorder) arms(ev *skeleton.Event) []Arm {
	arm := func(k models.Kind, v ssa.Value) Arm { return r.f.arm(k, v) }
	switch ev.Kind {
	case models.Send, models.Recv, models.WGWait, models.CondWait:
		if !ev.Arm && ev.Val != nil {
			return []Arm{arm(ev.Kind, ev.Val)}
		}
	case models.Select:
		sel := ev.Instr.(*ssa.Select)
		if !sel.Blocking || len(sel.States) > maxArms {
			return nil
		}
		var out []Arm
		for _, st := range sel.States {
			k := models.Recv
			if st.Dir == types.SendOnly {
				k = models.Send
			}
			out = append(out, arm(k, st.Chan))
		}
		return out
	}
	return nil
}

// arm returns what waiting on v is in terms of the function.
func (f *flow) arm(k models.Kind, v ssa.Value) Arm {
	a := Arm{Kind: k, Param: -1, Val: v, Place: f.pkg.Places.Instance(v), Class: f.pkg.Places.Of(v).Class()}
	if par, ok := f.pkg.Places.Resolve(v).(*ssa.Parameter); ok && par.Parent() == f.fn {
		a.Param = slices.Index(f.fn.Params, par)
	}
	return a
}

// slow names the call that takes long which an event is, "" if it is none.
func slow(fn *ssa.Function, ev *skeleton.Event) string {
	if ev.Kind != models.Sleep && ev.Effect&models.Slow == 0 || ev.Effect&models.Unknown != 0 {
		return ""
	}
	call := CallOf(fn, ev.Pos())
	if call == nil {
		return ""
	}
	if name := types.ExprString(call.Fun); len(name) <= 40 && !strings.Contains(name, "\n") {
		return name
	}
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
		return sel.Sel.Name
	}
	return ""
}

// block notes that path p waits; the locks with the numbers in lent are not held
// then.
func (r *recorder) block(b Block, lent []int, p lockset.Path) {
	if p.Vague {
		return
	}
	for _, l := range p.Locks {
		mode, held := l.Held()
		name := r.f.locks[l.ID]
		switch {
		case l.Excl == lockset.Lent || l.Share == lockset.Lent || slices.Contains(lent, l.ID):
			if ref, ok := r.f.ref(name.place); ok {
				b.Lent = append(b.Lent, ref)
			}
		case held:
			r.heldBlock(HeldBlock{r.f.fn, HeldLock{name.place, name.class, mode, r.step(l.Site, nil).Pos}, l.Site, b})
		}
	}
	same := func(x Block) bool { return x.Node == b.Node && x.Leaf().Pos == b.Leaf().Pos && x.Slow == b.Slow }
	if i := slices.IndexFunc(r.out.Blocks, same); i >= 0 {
		if x := &r.out.Blocks[i]; len(x.Conds) > len(b.Conds) {
			x.Conds = b.Conds
		}
		return
	}
	b.Maybe = b.Maybe || r.avoidable(0, b.Node)
	if len(r.out.Blocks) < maxBlocks && (b.Slow == "" || !slices.ContainsFunc(r.out.Blocks, func(x Block) bool { return x.Slow != "" })) {
		r.out.Blocks = append(r.out.Blocks, b)
	}
}

// heldBlock keeps one block for each lock and operation.
func (r *recorder) heldBlock(h HeldBlock) {
	same := func(x HeldBlock) bool {
		return x.Lock.Place == h.Lock.Place && x.Node == h.Node && x.Leaf().Pos == h.Leaf().Pos && x.Leaf().Site == h.Leaf().Site
	}
	if len(r.blocks) < maxHeld && !slices.ContainsFunc(r.blocks, same) {
		h.Maybe = h.Maybe || r.avoidable(h.Since, h.Node)
		r.blocks = append(r.blocks, h)
	}
}

// calleeBlocks notes what the callee of b waits for on path p. The steps of call
// lead to it.
func (r *recorder) calleeBlocks(call Step, b *binding, p lockset.Path) {
	if len(p.Locks) == 0 && len(r.out.Blocks) >= maxBlocks {
		return
	}
	for i := range b.callee.Blocks {
		in := &b.callee.Blocks[i]
		conds, ok := b.translate(in.Conds, p)
		if !ok {
			continue
		}
		out := Block{Slow: in.Slow, Maybe: in.Maybe, Conds: append(r.pathConds(p), conds...), Step: *call.followedBy(&in.Step)}
		for _, a := range in.Arms {
			out.Arms = append(out.Arms, b.arm(a))
		}
		var lent []int
		for _, ref := range in.Lent {
			if id, _ := b.lock(ref); id >= 0 {
				lent = append(lent, id)
			}
		}
		r.block(out, lent, p)
	}
}

// arm says what an arm of the callee is to the caller.
func (b *binding) arm(a Arm) Arm {
	if a.Param >= 0 && a.Param < len(b.args) && b.args[a.Param] != nil {
		return b.f.arm(a.Kind, b.args[a.Param])
	}
	a.Param = -1
	if a.Place == nil {
		return a
	}
	p := a.Place
	a.Place = nil
	if par, ok := p.Root.V.(*ssa.Parameter); ok && b.callee.Fn != nil && par.Parent() == b.callee.Fn {
		a.Place = p.Rebase(b.instance(slices.Index(b.callee.Fn.Params, par)))
	} else if b.visible(p.Root.V) {
		a.Place = p
	}
	return a
}

// avoidable reports whether control can get from behind node from to the end of
// the function without coming to node n.
func (r *recorder) avoidable(from, n int) bool {
	k := [2]int{from, n}
	a, known := r.avoid[k]
	if !known {
		a = avoids(r.f.sk, from, n)
		r.avoid[k] = a
	}
	return a
}

func avoids(sk *skeleton.Func, from, n int) bool {
	seen := make([]bool, len(sk.Nodes))
	work := append([]int(nil), sk.Nodes[from].Succs...)
	for len(work) > 0 {
		m := work[len(work)-1]
		work = work[:len(work)-1]
		if seen[m] || m == n {
			continue
		}
		seen[m] = true
		if m == sk.Exit {
			return true
		}
		work = append(work, sk.Nodes[m].Succs...)
	}
	return false
}
