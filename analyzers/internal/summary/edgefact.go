package summary

import (
	"cmp"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/concvet/concvet/analyzers/internal/lockset"
	"github.com/concvet/concvet/analyzers/internal/place"
)

// Order is what importers know about the order of locks in a package and in
// those below it: the edges that lead to a lock which they may hold. Only these
// can be part of a cycle that an importer closes.
type Order struct{ Data []byte }

// AFact marks Order as a fact.
func (*Order) AFact() {}

// importEdges adds the edges that the imports tell of.
func (p *Package) importEdges() {
	imports := slices.Clone(p.Pass.Pkg.Imports())
	slices.SortFunc(imports, func(a, b *types.Package) int { return cmp.Compare(a.Path(), b.Path()) })
	var all []Edge
	for _, imp := range imports {
		var fact Order
		if ofStd(imp.Path()) || !p.Pass.ImportPackageFact(imp, &fact) {
			continue
		}
		d := &decoder{pkg: p, buf: fact.Data}
		for range d.count() {
			all = append(all, d.edge())
		}
	}
	slices.SortFunc(all, compareEdges)
	all = slices.CompactFunc(all, func(a, b Edge) bool { return compareEdges(a, b) == 0 })
	p.edges = append(p.edges, all[:min(len(all), maxEdges)]...)
}

func compareEdges(a, b Edge) int {
	return cmp.Or(
		compareClass(a.From, b.From), compareClass(a.To, b.To),
		cmp.Compare(a.FromMode, b.FromMode), cmp.Compare(a.ToMode, b.ToMode), cmp.Compare(a.Root, b.Root),
		slices.CompareFunc(a.Gates, b.Gates, func(g, h Gate) int {
			return cmp.Or(compareClass(g.Class, h.Class), cmp.Compare(g.Mode, h.Mode))
		}),
		cmp.Compare(a.Sites[0].Line, b.Sites[0].Line), cmp.Compare(a.Sites[1].Line, b.Sites[1].Line),
	)
}

// exportEdges exports the edges that lead to locks which importers may hold.
func (p *Package) exportEdges(leads map[ClassID]bool) {
	if p.Pass.Pkg.Name() == "main" {
		return
	}
	var out []Edge
	for _, e := range p.edges {
		if !leads[e.To] {
			continue
		}
		if e.Fn != nil {
			e.Sites = [2]Site{p.site(&Step{Fn: e.Fn, Pos: e.Since}), p.site(e.At.Leaf())}
		}
		out = append(out, e)
	}
	slices.SortFunc(out, compareEdges)
	out = out[:min(len(out), maxEdges)]
	if len(out) == 0 {
		return
	}
	e := &encoder{pkg: p}
	e.int(len(out))
	for i := range out {
		e.edge(&out[i])
	}
	p.Pass.ExportPackageFact(&Order{e.buf})
	p.Exported.Order = len(e.buf)
}

// leads returns the classes of locks that matter to importers: what they may
// hold, and what is held while a lock that matters is waited for. Importers that
// wait for any other lock cannot block themselves, nor close a cycle.
func (p *Package) leads() map[ClassID]bool {
	out := map[ClassID]bool{}
	for i := range p.edges {
		own := p.edges[i].Fn != nil // importers know the imports' own edges from these
		for _, c := range [...]ClassID{p.edges[i].From, p.edges[i].To} {
			if exposed(c) || own && c.Pkg != p.Pass.Pkg.Path() {
				out[c] = true
			}
		}
	}
	for _, fn := range p.Funcs {
		if obj, f := fn.Object(), p.funcs[fn]; obj != nil && obj.Exported() && f != nil {
			p.handed(out, f)
		}
	}
	for changed := true; changed; {
		changed = false
		for i := range p.edges {
			if e := &p.edges[i]; out[e.To] && !out[e.From] {
				out[e.From], changed = true, true
			}
		}
	}
	return out
}

// exposed reports whether importers can lock a lock of class c themselves: its
// field or variable is exported.
func exposed(c ClassID) bool {
	return token.IsExported(c.Name[strings.LastIndexByte(c.Name, '.')+1:])
}

// handed adds to set the locks that importers hold by way of function f: what it
// takes for its caller, and what it holds while it runs the caller's function. A
// lock that it waits for is added if it is exposed.
func (p *Package) handed(set map[ClassID]bool, f *Func) {
	for _, o := range f.Outcomes {
		for _, x := range o.Effects {
			if x.Excl == lockset.Held || x.Share == lockset.Held {
				p.addClass(set, p.refClass(x.Ref))
			}
		}
		for _, l := range o.Lost {
			p.addClass(set, l.Class)
		}
	}
	for _, c := range f.Calls {
		for _, h := range c.Held {
			p.addClass(set, p.refClass(h.Ref))
		}
	}
	for i := range f.Acquires {
		if id, ok := p.ClassID(f.Acquires[i].Class); ok && exposed(id) {
			set[id] = true
		}
	}
}

func (p *Package) addClass(set map[ClassID]bool, c place.Class) {
	if id, ok := p.ClassID(c); ok {
		set[id] = true
	}
}

func (e *encoder) edge(x *Edge) {
	e.classID(x.From)
	e.classID(x.To)
	e.bits(x.FromMode == lockset.Shared, x.ToMode == lockset.Shared, x.Again)
	e.int(len(x.Gates))
	for _, g := range x.Gates {
		e.classID(g.Class)
		e.int(int(g.Mode))
	}
	e.string(x.Root)
	for _, s := range x.Sites {
		e.string(s.File)
		e.int(s.Line)
		e.string(s.Func)
	}
}

func (e *encoder) classID(c ClassID) {
	e.string(c.Pkg)
	e.string(c.Type)
	e.string(c.Name)
	e.bits(c.Elem)
}

func (d *decoder) edge() (x Edge) {
	x.From, x.To = d.classID(), d.classID()
	var from, to bool
	d.bits(&from, &to, &x.Again)
	mode := map[bool]lockset.Mode{true: lockset.Shared}
	x.FromMode, x.ToMode = mode[from], mode[to]
	for range d.count() {
		x.Gates = append(x.Gates, Gate{d.classID(), lockset.Mode(d.int())})
	}
	x.Root = d.string()
	for i := range x.Sites {
		x.Sites[i] = d.site().Site
	}
	return x
}

func (d *decoder) classID() (c ClassID) {
	c = ClassID{Pkg: d.string(), Type: d.string(), Name: d.string()}
	d.bits(&c.Elem)
	return c
}
