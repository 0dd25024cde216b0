package summary

import (
	"go/ast"
	"go/token"
	"go/types"
	"go/version"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// An Unmet is a duty that a function has got with a result and does not fulfil
// before it returns.
type Unmet struct {
	Fn   *ssa.Function
	Made int // node of the call
	Call *ssa.Call
	Duty
	Return int  // node of a return that it gets to, the call itself if the result is not even kept
	Never  bool // on no way is it fulfilled
}

// Fallible reports whether the call returns an error too.
func (u *Unmet) Fallible() bool { return returnsError(u.Call.Call.Signature()) }

// Unmet returns the duties that fn neglects, in order of the calls. Functions
// that live as long as the process have none, nor do tests, whose process ends.
func (p *Package) Unmet(fn *ssa.Function) []Unmet {
	sk := p.skeletons[fn]
	if sk == nil || processLong(fn) || inTest(p.Pass, fn) {
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
		if !ok || makesContext(call) {
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

// makesContext reports whether a call is one of a function of the standard
// library that makes a context.
func makesContext(call *ssa.Call) bool {
	obj := skeleton.Object(&call.Call)
	if obj == nil {
		return false
	}
	m, ok := models.Lookup(obj)
	return ok && m.Kind == models.CtxMake
}

// dutiesHere returns the duties that a call gives to fn.
func (p *Package) dutiesHere(fn *ssa.Function, ev *skeleton.Event, call *ssa.Call) []Duty {
	if ev.Kind == models.TimerMake && p.Before(fn, "go1.23") {
		switch obj := skeleton.Object(&call.Call); obj.Name() {
		case "NewTicker":
			return []Duty{{Kind: TickerDuty}}
		case "Tick":
			return []Duty{{Kind: TickDuty}}
		}
	}
	return p.Duties(ev)
}

// unmet decides about one duty.
func (p *Package) unmet(fn *ssa.Function, n int, call *ssa.Call, d Duty) (u Unmet, ok bool) {
	u = Unmet{Fn: fn, Made: n, Call: call, Duty: d, Return: n, Never: true}
	v := p.indebted(call, d)
	if d.Result < 0 && v == nil || !p.lives(call, d) {
		return u, false
	}
	life := &Life{}
	if v != nil {
		life = p.LifeOf(v)
	}
	if life.Gone || life.Returned || d.Kind == ReceiveDuty && p.ofHere(call) && life.selects() {
		return u, false
	}
	for _, use := range life.Uses {
		u.Never = u.Never && !d.fulfils(v, use)
	}
	u.Return, ok = p.Dropped(fn, n, v, life, func(use Use) bool { return d.fulfils(v, use) }, p.exhausted(call, d.Kind))
	return u, ok
}

// ofHere reports whether a call is of a function of this package, into which scopes
// look.
func (p *Package) ofHere(call *ssa.Call) bool {
	obj := skeleton.Object(&call.Call)
	return obj == nil || obj.Pkg() == p.Pass.Pkg
}

// selects reports whether a select receives the value: chanleak asks then what the
// other cases leave behind, if it sees the sender.
func (l *Life) selects() bool {
	return slices.ContainsFunc(l.Uses, func(u Use) bool {
		_, ok := u.At.(*ssa.Select)
		return ok
	})
}

// indebted returns the value that a duty is about, nil if it is not kept, or the
// receiver of a method that is not the function's own.
func (p *Package) indebted(call *ssa.Call, d Duty) ssa.Value {
	if d.Result >= 0 {
		return resultValue(call, d.Result)
	}
	recv := p.Places.Resolve(call.Call.Args[0])
	if load, ok := recv.(*ssa.UnOp); ok && load.Op == token.MUL {
		recv = load.X // by value
	}
	if a, ok := recv.(*ssa.Alloc); ok && a.Parent() == call.Parent() {
		return a
	}
	return nil
}

// lives reports whether nothing else ends what the duty is about: the contexts
// that the call is given have no end.
func (p *Package) lives(call *ssa.Call, d Duty) bool {
	for _, i := range d.Parents {
		if int(i) >= len(call.Call.Args) || !p.NeverCancelled(call.Call.Args[i]) {
			return false
		}
	}
	return true
}

// fulfils reports whether a use of v does what the duty asks for, or may.
func (d *Duty) fulfils(v ssa.Value, u Use) bool {
	switch d.Kind {
	case TickerDuty:
		return u.Kind == models.TimerStop
	case TickDuty:
		return false
	case OwnerDuty:
		if u.Method == nil {
			return u.Kind != models.None || u.Part
		}
		recv := u.Method.Signature().Recv()
		return recv == nil || slices.Contains(d.Methods, u.Method.Name()) ||
			!types.Identical(referent(recv.Type()), referent(v.Type())) && !types.Identical(referent(recv.Type()), referent(referent(v.Type())))
	}
	return true
}

// Worker returns where the goroutine of an object is started and where it
// waits, nil if that is in another package.
func (d *Duty) Worker() (start, wait *Step) {
	if d.wait == nil {
		return nil, nil
	}
	return &d.wait.start, d.wait.wait
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

// inTest reports whether fn is in a file of tests.
func inTest(pass *analysis.Pass, fn *ssa.Function) bool {
	file := pass.Fset.File(fn.Pos())
	return file != nil && strings.HasSuffix(file.Name(), "_test.go")
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
