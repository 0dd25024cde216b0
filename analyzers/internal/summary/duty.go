package summary

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// A DutyKind says what a caller must do with a result.
type DutyKind uint8

// The duties.
const (
	NoDuty      DutyKind = iota
	CancelDuty           // call it, to cancel a context
	StopDuty             // call it, to end an iterator
	TickerDuty           // stop it: before Go 1.23 a ticker that runs is never collected
	TickDuty             // do without: nothing can stop it, and it is not collected either
	OwnerDuty            // call one of its methods, to end a goroutine
	ReceiveDuty          // receive from it, to let the goroutine go on that sends
)

// A Duty is a result that the caller has to do something with, or something is
// left behind.
type Duty struct {
	Result  int // -1 for the receiver of a method
	Kind    DutyKind
	Methods []string // OwnerDuty: those that end the goroutine
	Parents []uint8  // OwnerDuty: parameters whose end ends the goroutine too
	wait    *waiter  // OwnerDuty: the goroutine, if it is one of this package
}

// maxDuty bounds the calls and literals in which a duty is looked for.
const maxDuty = 4

// Duties returns the duties that a call passes to its caller, those of the
// standard library's own functions included.
func (p *Package) Duties(ev *skeleton.Event) []Duty {
	call, ok := ev.Instr.(*ssa.Call)
	if !ok {
		return nil
	}
	return p.dutiesOf(call, 0)
}

func (p *Package) dutiesOf(call *ssa.Call, depth int) []Duty {
	obj := skeleton.Object(&call.Call)
	if obj != nil {
		m, _ := models.Lookup(obj)
		_, pair := call.Type().(*types.Tuple)
		switch {
		case m.Kind == models.CtxMake && pair:
			return []Duty{{Result: 1, Kind: CancelDuty}}
		case m.Kind == models.IterPull:
			return []Duty{{Result: 1, Kind: StopDuty}}
		}
	}
	if fn := skeleton.FuncOf(p.Places, call.Call.Value).Fn; fn != nil && !call.Call.IsInvoke() && p.skeletons[fn] != nil {
		return p.passedOn(fn, depth+1)
	}
	if t := p.terms(obj); t != nil && !call.Call.IsInvoke() {
		return t.Duties
	}
	return nil
}

// passedOn returns the duties that fn has and leaves to its callers.
func (p *Package) passedOn(fn *ssa.Function, depth int) (out []Duty) {
	if out, ok := p.duties[fn]; ok {
		return out
	}
	if depth > maxDuty {
		return nil
	}
	if depth <= 1 {
		p.duties[fn] = nil // for those that call themselves
		defer func() { p.duties[fn] = out }()
	}
	if d := p.startDuty(fn); d.Kind != NoDuty {
		out = append(out, d)
	}
	for i := range fn.Signature.Results().Len() {
		switch t := fn.Signature.Results().At(i).Type(); {
		case isFunc(t):
		case isChan(t):
			if p.sendsOnResult(fn, i) {
				out = append(out, Duty{Result: i, Kind: ReceiveDuty})
			}
			continue
		default:
			if d := p.ownerDuty(fn, i); d.Kind != NoDuty {
				out = append(out, d)
			}
			continue
		}
		for _, b := range fn.Blocks {
			if ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok && i < len(ret.Results) {
				if k := p.dutyOf(ret.Results[i], depth); k != NoDuty {
					out = append(out, Duty{Result: i, Kind: k})
					break
				}
			}
		}
	}
	return out
}

// dutyOf returns the duty that goes with v, a func that is returned, if nobody
// else can fulfil it.
func (p *Package) dutyOf(v ssa.Value, depth int) DutyKind {
	switch v := p.Places.Current(v).(type) {
	case *ssa.Extract:
		call, ok := v.Tuple.(*ssa.Call)
		if !ok {
			return NoDuty
		}
		for _, d := range p.dutiesOf(call, depth) {
			if d.Kind != OwnerDuty && d.Result == v.Index && p.leftToCaller(v) {
				return d.Kind
			}
		}
	case *ssa.Call:
		for _, d := range p.dutiesOf(v, depth) {
			if d.Kind != OwnerDuty && d.Result == 0 && p.leftToCaller(v) {
				return d.Kind
			}
		}
	case *ssa.MakeClosure:
		return p.dutyIn(v, depth)
	}
	return NoDuty
}

// dutyIn returns the duty that a literal fulfils by calling what it captures.
func (p *Package) dutyIn(mc *ssa.MakeClosure, depth int) DutyKind {
	sk := p.skeletons[mc.Fn.(*ssa.Function)]
	if sk == nil || depth > maxDuty || !p.leftToCaller(mc) {
		return NoDuty
	}
	for n := range sk.Nodes {
		ev := sk.Nodes[n].Ev
		if ev == nil || ev.Kind != skeleton.CallFn || ev.Callee.Fn != nil || ev.Callee.Value == nil {
			continue
		}
		if k := p.dutyOf(ev.Callee.Value, depth+1); k != NoDuty {
			return k
		}
	}
	return NoDuty
}

// leftToCaller reports whether v is returned and nothing but the function that
// made it does anything with it before.
func (p *Package) leftToCaller(v ssa.Value) bool {
	l := p.LifeOf(v)
	if !l.Returned || l.Gone {
		return false
	}
	for _, u := range l.Uses {
		if _, isCall := u.At.(*ssa.Call); !isCall || u.Nested {
			return false
		}
	}
	return true
}

// Dropped returns a return statement that fn can get to from node n, which
// makes the value v, without any of the uses for which frees holds; ok is false
// if there is none. Ways on which another result of the call says that it has
// failed do not count, nor do the edges of branches that skip names.
func (p *Package) Dropped(fn *ssa.Function, n int, v ssa.Value, l *Life, frees func(Use) bool, skip func(cond ssa.Value, edge int) bool) (ret int, ok bool) {
	sk := p.skeletons[fn]
	at := map[ssa.Instruction]bool{}
	blocks := map[*ssa.BasicBlock]bool{}
	for _, u := range l.Uses {
		if !frees(u) {
			continue
		}
		at[u.At] = true
		if d, isDefer := u.At.(*ssa.Defer); isDefer {
			if d.Block() == sk.Nodes[n].Block {
				return 0, false
			}
			blocks[d.Block()] = true
		}
	}
	call, _ := sk.Nodes[n].Ev.Instr.(*ssa.Call)
	reached := sk.Reach(n, func(m int) bool {
		ev := sk.Nodes[m].Ev
		return ev != nil && at[ev.Instr] && p.takes(ev, v) || blocks[sk.Nodes[m].Block] || m == n
	}, func(m, i int) bool {
		cond := sk.Nodes[m].Cond
		return cond != nil && (p.failed(cond, call, v) == i || skip != nil && skip(cond, i))
	})
	for m := range sk.Nodes {
		if ev := sk.Nodes[m].Ev; reached[m] && ev != nil && ev.Kind == skeleton.Return && !at[ev.Instr] {
			return m, true
		}
	}
	return 0, false
}

// takes reports whether an event of an instruction that uses v does use it: of a
// select only the cases that are about v do.
func (p *Package) takes(ev *skeleton.Event, v ssa.Value) bool {
	if _, sel := ev.Instr.(*ssa.Select); !sel {
		return true
	}
	return ev.Arm && p.Places.Of(ev.Val) == p.Places.Of(v)
}
