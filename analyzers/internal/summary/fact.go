package summary

import (
	"go/types"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/lockset"
	"github.com/concvet/concvet/analyzers/internal/place"
)

// Fact is what importers know about the locks of one function: its [Func], of
// which nothing is left out but writes to memory, locks beyond the bounds, and
// waiting for locks that importers can neither hold nor come back from.
type Fact struct{ Data []byte }

// AFact marks Fact as a fact.
func (*Fact) AFact() {}

// Bounds of a fact, narrower than those of a summary: it is read by every
// importer, and facts on methods travel up the whole import graph.
const (
	maxFactAcquires = 12
	maxFactBytes    = 1500
)

// exportFacts exports the facts of the functions that other packages can call.
func (p *Package) exportFacts(leads map[ClassID]bool) {
	for _, fn := range p.Funcs {
		obj, ok := fn.Object().(*types.Func)
		f := p.funcs[fn]
		if !ok || f == nil || !obj.Exported() || strings.HasSuffix(p.Pass.Pkg.Name(), "_test") || ofTest(fn) {
			continue
		}
		told := *f
		told.Acquires = p.felt(f.Acquires, leads)
		if told.plain() {
			continue
		}
		if data := p.encode(fn, &told); data != nil {
			p.Pass.ExportObjectFact(obj, &Fact{data})
			p.Exported.add(len(data))
		}
	}
}

// Exported tells of the facts that a package has exported.
type Exported struct {
	Funcs   int // functions with a fact about locks
	Bytes   int // the length of these facts
	Longest int // the longest of them
	Order   int // the length of the fact about the order of locks
}

func (e *Exported) add(n int) {
	e.Funcs++
	e.Bytes += n
	e.Longest = max(e.Longest, n)
}

// felt returns the locks that matter to importers: those of classes that lead to
// what they may hold, those of packages below, which tell of no others, and locks
// whose class only importers know.
func (p *Package) felt(all []Acquire, leads map[ClassID]bool) (out []Acquire) {
	for _, a := range all {
		id, named := p.ClassID(a.Class)
		if named && (leads[id] || id.Pkg != p.Pass.Pkg.Path()) || !named && a.Ref.Param >= 0 {
			out = append(out, a)
		}
	}
	return out
}

// plain reports whether callers need to know nothing about f's locks.
func (f *Func) plain() bool {
	if len(f.Acquires) > 0 || len(f.Calls) > 0 || len(f.factBlocks()) > 0 {
		return false
	}
	return !slices.ContainsFunc(f.Outcomes, func(o Outcome) bool { return len(o.Effects) > 0 || len(o.Lost) > 0 })
}

// encode returns the fact about fn, nil if it is too long.
func (p *Package) encode(fn *ssa.Function, f *Func) []byte {
	e := &encoder{pkg: p, fn: fn}
	e.bits(f.Truncated || len(f.Acquires) > maxFactAcquires, f.unsolved)
	ways := make([]Outcome, len(f.Outcomes))
	for i, o := range f.Outcomes {
		o.Conds = argConds(o.Conds)
		ways[i] = o
	}
	ways = outcomes(ways)
	e.int(len(ways))
	for i := range ways {
		e.outcome(&ways[i])
	}
	acquires := f.Acquires[:min(len(f.Acquires), maxFactAcquires)]
	e.int(len(acquires))
	for i := range acquires {
		e.acquire(&acquires[i])
	}
	e.int(len(f.Calls))
	for i := range f.Calls {
		e.call(&f.Calls[i])
	}
	e.blocks(f.factBlocks())
	if len(e.buf) > maxFactBytes {
		return nil
	}
	return e.buf
}

func (e *encoder) outcome(o *Outcome) {
	effects := slices.Clone(o.Effects)
	lost := Outcome{Lost: slices.Clone(o.Lost)}
	effects = slices.DeleteFunc(effects, func(x Effect) bool {
		if !(&encoder{pkg: e.pkg, fn: e.fn}).ref(x.Ref) {
			l := Lost{Class: x.Ref.Class(), Held: x.Excl == lockset.Held || x.Share == lockset.Held}
			if x.Excl != lockset.Held {
				l.Mode = lockset.Shared
			}
			lost.lose(l)
			return true
		}
		return false
	})
	e.int(len(effects))
	for _, x := range effects {
		e.ref(x.Ref)
		e.int(int(x.Excl) | int(x.Share)<<3)
		e.int(x.Depth)
	}
	e.conds(o.Conds)
	e.int(len(o.Results))
	for _, r := range o.Results {
		e.int(r.Index)
		e.bits(r.Nil, r.Val)
	}
	e.int(len(lost.Lost))
	for _, l := range lost.Lost {
		e.class(l.Class)
		e.bits(l.Held, l.Mode == lockset.Shared)
	}
}

// argConds returns the conditions on arguments. The others are of no use to
// importers.
func argConds(conds []PathCond) []PathCond {
	return slices.DeleteFunc(slices.Clone(conds), func(c PathCond) bool { return !c.Arg || c.Ref.Param < 0 })
}

// conds writes conditions on arguments.
func (e *encoder) conds(conds []PathCond) {
	e.int(len(conds))
	for _, c := range conds {
		e.int(c.Ref.Param)
		e.bits(c.Nil, c.Val)
	}
}

// class writes a class, an empty package for one without a name.
func (e *encoder) class(c place.Class) {
	id, ok := e.pkg.ClassID(c)
	if !ok {
		e.string("")
		return
	}
	if id.Pkg == e.pkg.Pass.Pkg.Path() {
		id.Pkg = "."
	}
	e.classID(id)
}

func (e *encoder) acquire(a *Acquire) {
	if !e.ref(a.Ref) {
		e.int(wireNone)
		e.class(a.Class)
	}
	e.bits(a.Mode == lockset.Shared, a.Again, a.Asked == AskedPlain, a.Asked == AskedAtomic)
	e.loans(a.Lent)
	e.conds(argConds(a.Conds))
	e.site(&a.Step)
}

func (e *encoder) call(c *ParamCall) {
	e.int(c.Param)
	holds := slices.DeleteFunc(slices.Clone(c.Held), func(h Hold) bool {
		return !(&encoder{pkg: e.pkg, fn: e.fn}).ref(h.Ref)
	})
	e.int(len(holds))
	for _, h := range holds {
		e.ref(h.Ref)
		e.int(int(h.Mode))
	}
	e.loans(c.Lent)
	e.site(&c.Step)
}

func (e *encoder) loans(loans []Loan) {
	e.int(len(loans))
	for _, l := range loans {
		if !e.ref(l.Ref) {
			e.int(wireNone)
			e.class(l.Class)
		}
		e.bits(l.Mode == lockset.Shared)
	}
}

// site writes where a chain of calls ends.
func (e *encoder) site(s *Step) {
	site := e.pkg.site(s.Leaf())
	e.string(site.File)
	e.int(site.Line)
	e.string(site.Func)
}

// site returns where a step is.
func (p *Package) site(s *Step) Site {
	if s.Fn == nil {
		return s.Site
	}
	at := p.Pass.Fset.Position(s.Pos)
	return Site{filepath.Base(at.Filename), at.Line, FuncName(s.Fn)}
}

// Callee returns the summary of a function of another package, nil if none is
// known: then it touches no locks that its caller can name.
func (p *Package) Callee(obj *types.Func) *Func {
	obj = obj.Origin()
	if f, ok := p.imported[obj]; ok {
		return f
	}
	var f *Func
	var fact Fact
	if obj.Pkg() != nil && obj.Pkg() != p.Pass.Pkg && !ofStd(obj.Pkg().Path()) && p.Pass.ImportObjectFact(obj, &fact) {
		f = p.decode(obj, fact.Data)
	}
	p.imported[obj] = f
	return f
}

func (p *Package) decode(obj *types.Func, data []byte) *Func {
	d := &decoder{pkg: p, obj: obj, buf: data}
	f := &Func{}
	d.bits(&f.Truncated, &f.unsolved)
	for range d.count() {
		f.Outcomes = append(f.Outcomes, d.outcome())
	}
	for range d.count() {
		if a := d.acquire(); a.Class.Obj != nil || a.Ref.Param >= 0 || a.Ref.Base != nil {
			f.Acquires = append(f.Acquires, a)
		}
	}
	for range d.count() {
		f.Calls = append(f.Calls, d.call())
	}
	f.Blocks = d.blocks()
	return f
}

func (d *decoder) outcome() (o Outcome) {
	for range d.count() {
		r, ok := d.ref()
		st := d.int()
		x := Effect{r, lockset.Status(st & 7), lockset.Status(st >> 3 & 7), d.int()}
		if ok {
			o.Effects = append(o.Effects, x)
		}
	}
	o.Conds = d.conds()
	for range d.count() {
		r := ResultVal{Index: d.int()}
		d.bits(&r.Nil, &r.Val)
		o.Results = append(o.Results, r)
	}
	for range d.count() {
		c, ok := d.class()
		l := Lost{Class: c}
		var shared bool
		d.bits(&l.Held, &shared)
		if shared {
			l.Mode = lockset.Shared
		}
		if ok {
			o.Lost = append(o.Lost, l)
		}
	}
	return o
}

func (d *decoder) conds() (out []PathCond) {
	for range d.count() {
		c := PathCond{Ref: Ref{Param: d.int()}, Arg: true}
		d.bits(&c.Nil, &c.Val)
		out = append(out, c)
	}
	return out
}

func (d *decoder) class() (c place.Class, ok bool) {
	if len(d.buf) > 0 && d.buf[0] == 0 {
		d.int()
		return c, false
	}
	id := d.classID()
	if id.Pkg == "." {
		id.Pkg = d.obj.Pkg().Path()
	}
	return d.pkg.class(id)
}

func (d *decoder) acquire() (a Acquire) {
	a.Ref, a.Class = d.lock()
	var shared, plain, atomic bool
	d.bits(&shared, &a.Again, &plain, &atomic)
	if shared {
		a.Mode = lockset.Shared
	}
	switch {
	case plain:
		a.Asked = AskedPlain
	case atomic:
		a.Asked = AskedAtomic
	}
	a.Lent = d.loans()
	a.Conds = d.conds()
	a.Step = d.site()
	return a
}

// lock reads a reference to a lock, or its class if it has no name here.
func (d *decoder) lock() (r Ref, c place.Class) {
	if len(d.buf) > 0 && d.buf[0] == wireNone {
		d.int()
		c, _ = d.class()
		return Ref{Param: -1}, c
	}
	r, ok := d.ref()
	if !ok {
		return Ref{Param: -1}, c
	}
	return r, r.Class()
}

func (d *decoder) loans() (out []Loan) {
	for range d.count() {
		var l Loan
		l.Ref, l.Class = d.lock()
		var shared bool
		if d.bits(&shared); shared {
			l.Mode = lockset.Shared
		}
		if l.Class.Obj != nil || l.Ref.Param >= 0 || l.Ref.Base != nil {
			out = append(out, l)
		}
	}
	return out
}

func (d *decoder) call() (c ParamCall) {
	c.Param = d.int()
	for range d.count() {
		r, ok := d.ref()
		m := lockset.Mode(d.int())
		if ok {
			c.Held = append(c.Held, Hold{Ref: r, Mode: m})
		}
	}
	c.Lent = d.loans()
	c.Step = d.site()
	return c
}

func (d *decoder) site() Step {
	return Step{Site: Site{d.string(), d.int(), d.string()}}
}
