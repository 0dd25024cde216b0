package explore

import (
	"go/constant"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/scope"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// untouched evaluates a condition about a field that nothing ever writes, of a
// struct that the scope makes and keeps: it is zero.
func (p *projection) untouched(v ssa.Value, f *scope.Frame) (val, known bool) {
	v, g := p.s.Resolve(v, f)
	if g == nil {
		return false, false
	}
	switch x := v.(type) {
	case *ssa.UnOp:
		if x.Op == token.NOT {
			val, known = p.untouched(x.X, g)
			return !val, known
		}
		if b, ok := v.Type().Underlying().(*types.Basic); ok && b.Info()&types.IsBoolean != 0 {
			return false, p.zero(v, g)
		}
	case *ssa.BinOp:
		c, ok := x.Y.(*ssa.Const)
		if !ok || x.Op != token.EQL && x.Op != token.NEQ || !p.zero(x.X, g) {
			return false, false
		}
		return isZero(c) == (x.Op == token.EQL), true
	}
	return false, false
}

func isZero(c *ssa.Const) bool {
	switch {
	case c.Value == nil:
		return true
	case c.Value.Kind() == constant.Bool:
		return !constant.BoolVal(c.Value)
	case c.Value.Kind() == constant.String:
		return constant.StringVal(c.Value) == ""
	}
	return constant.Sign(c.Value) == 0
}

// zero reports whether v is read from a field that is never written.
func (p *projection) zero(v ssa.Value, f *scope.Frame) bool {
	v, g := p.s.Resolve(v, f)
	if g == nil {
		return false
	}
	var addr ssa.Value
	switch x := v.(type) {
	case *ssa.UnOp:
		if x.Op == token.MUL {
			addr = x.X
		}
	case *ssa.Call:
		if m, ok := modelOf(x); ok && m.Kind == models.AtomicLoad && m.Obj >= 0 && m.Obj < len(x.Call.Args) {
			addr = x.Call.Args[m.Obj]
		}
	}
	if addr == nil {
		return false
	}
	at := p.objs.own.object(p.s.Place(p.s.Pkg.Places.Of(addr), g))
	if at == nil || at.Parent == nil {
		return false
	}
	known, ok := p.zeros[at]
	if !ok {
		known = p.neverWritten(at)
		p.zeros[at] = known
	}
	return known
}

// neverWritten reports whether the field at a place of a struct that the scope
// makes is written by nobody.
func (p *projection) neverWritten(at *place.Place) bool {
	if _, ok := at.Root.V.(*ssa.Alloc); !ok {
		return false
	}
	for _, n := range p.s.Nodes {
		if n.Ev == nil || n.Obj == nil {
			continue
		}
		switch n.Ev.Kind {
		case skeleton.Write, models.AtomicStore, models.AtomicRMW, models.AtomicCAS:
			if q := p.objs.own.object(n.Obj); q == nil || place.Overlap(q, at) {
				return false
			}
		}
	}
	return p.objs.own.keeps(at)
}

// keeps is [owner.owned] for a field of plain data.
func (o *owner) keeps(at *place.Place) bool {
	sels := at.Sels()
	for _, s := range sels {
		if s.Kind != place.Field {
			return false
		}
	}
	if at.Root.Ctx >= len(o.s.Frames()) || at.Root.V.Parent() != o.s.Frames()[at.Root.Ctx].Fn {
		return false
	}
	e := &escape{owner: o, target: at, seen: map[string]bool{}, data: true}
	return !e.value(at.Root.V, sels)
}
