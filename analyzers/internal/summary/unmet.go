package summary

import (
	"go/ast"
	"go/types"
	"go/version"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// An Unmet is a duty that a function has got with a result and does not fulfil
// before it returns.
type Unmet struct {
	Fn     *ssa.Function
	Made   int // node of the call
	Call   *ssa.Call
	Kind   DutyKind
	Result int
	Return int  // node of a return that it gets to, the call itself if the result is not even kept
	Never  bool // on no way is it fulfilled
}

// Fallible reports whether the call returns an error too.
func (u *Unmet) Fallible() bool { return returnsError(u.Call.Call.Signature()) }

// Unmet returns the duties that fn neglects, in order of the calls. Functions
// that live as long as the process have none.
func (p *Package) Unmet(fn *ssa.Function) []Unmet {
	sk := p.skeletons[fn]
	if sk == nil || processLong(fn) {
		return nil
	}
	var out []Unmet
	seen := map[ssa.Instruction]bool{}
	for n := range sk.Nodes {
		ev := sk.Nodes[n].Ev
		if ev == nil || seen[ev.Instr] {
			continue
		}
		call, ok := ev.Instr.(*ssa.Call)
		if !ok || ev.Kind == models.CtxMake {
			continue // vet's lostcancel looks at these
		}
		for _, d := range p.dutiesHere(fn, ev, call) {
			if u, ok := p.unmet(fn, n, call, d); ok {
				seen[call] = true
				out = append(out, u)
			}
		}
	}
	return out
}

// dutiesHere returns the duties that a call gives to fn.
func (p *Package) dutiesHere(fn *ssa.Function, ev *skeleton.Event, call *ssa.Call) []Duty {
	if ev.Kind == models.TimerMake && p.Before(fn, "go1.23") {
		switch obj := skeleton.Object(&call.Call); obj.Name() {
		case "NewTicker":
			return []Duty{{0, TickerDuty}}
		case "Tick":
			return []Duty{{0, TickDuty}}
		}
	}
	return p.Duties(ev)
}

// unmet decides about one duty.
func (p *Package) unmet(fn *ssa.Function, n int, call *ssa.Call, d Duty) (u Unmet, ok bool) {
	u = Unmet{Fn: fn, Made: n, Call: call, Kind: d.Kind, Result: d.Result, Return: n, Never: true}
	v := resultValue(call, d.Result)
	life := &Life{}
	if v != nil {
		life = p.LifeOf(v)
	}
	if life.Gone || life.Returned {
		return u, false
	}
	for _, use := range life.Uses {
		u.Never = u.Never && !d.Kind.fulfils(use)
	}
	u.Return, ok = p.Dropped(fn, n, v, life, d.Kind.fulfils, p.exhausted(call, d.Kind))
	return u, ok
}

// fulfils reports whether a use does what the duty asks for, or may.
func (k DutyKind) fulfils(u Use) bool {
	switch k {
	case TickerDuty:
		return u.Kind == models.TimerStop
	case TickDuty:
		return false
	}
	return true
}

// resultValue returns result i of a call, nil if it is not used.
func resultValue(call *ssa.Call, i int) ssa.Value {
	if _, tuple := call.Type().(*types.Tuple); !tuple {
		if len(*call.Referrers()) == 0 {
			return nil
		}
		return call
	}
	for _, r := range *call.Referrers() {
		if x, ok := r.(*ssa.Extract); ok && x.Index == i && len(*x.Referrers()) > 0 {
			return x
		}
	}
	return nil
}

// exhausted returns the edges on which an iterator has come to its end: it
// need not be stopped then.
func (p *Package) exhausted(call *ssa.Call, k DutyKind) func(ssa.Value, int) bool {
	if k != StopDuty {
		return nil
	}
	return func(cond ssa.Value, i int) bool {
		x, ok := p.Places.Current(cond).(*ssa.Extract)
		if !ok || i != 1 {
			return false
		}
		next, ok := x.Tuple.(*ssa.Call)
		if !ok {
			return false
		}
		from, ok := p.Places.Current(next.Call.Value).(*ssa.Extract)
		return ok && from.Tuple == ssa.Value(call) && from.Index == 0
	}
}

// processLong reports whether fn runs as long as the process, or at its start.
func processLong(fn *ssa.Function) bool {
	for fn.Parent() != nil {
		fn = fn.Parent()
	}
	switch name := fn.Name(); {
	case fn.Signature.Recv() != nil:
		return false
	case name == "main":
		return fn.Pkg != nil && fn.Pkg.Pkg.Name() == "main"
	default:
		return name == "init" || strings.HasPrefix(name, "init#") || name == "TestMain"
	}
}

// Before reports whether the file that fn is in is surely written in a version
// of Go before v, as "go1.23": what the go.mod of its module or its build
// constraints say.
func (p *Package) Before(fn *ssa.Function, v string) bool {
	var file *ast.File
	for _, f := range p.Pass.Files {
		if f.FileStart <= fn.Pos() && fn.Pos() < f.FileEnd {
			file = f
		}
	}
	have := p.Pass.TypesInfo.FileVersions[file]
	return file != nil && version.IsValid(have) && version.Compare(have, v) < 0
}
