package scope

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/summary"
)

// A callKey is a call in one activation.
type callKey struct {
	instr ssa.Instruction
	f     *Frame
}

// result returns the place that result i of a call refers to, if the call is
// spliced in and all its returns but those of nil return the same; else nil.
func (s *Scope) result(call *ssa.Call, i int, f *Frame) *place.Place {
	in := s.inlined[callKey{call, f}]
	if in == nil {
		return nil
	}
	var one ssa.Value
	for _, b := range in.Fn.Blocks {
		ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok || i >= len(ret.Results) {
			continue
		}
		v := s.Pkg.Places.Resolve(ret.Results[i])
		if c, ok := v.(*ssa.Const); ok && c.IsNil() {
			continue
		}
		if one != nil && one != v {
			return nil
		}
		one = v
	}
	if one == nil {
		return nil
	}
	return s.Place(s.Pkg.Places.Of(one), in)
}

// A fieldIndex knows the fields of structs that are set once, where the struct
// is made.
type fieldIndex struct {
	first   map[*ssa.Alloc]map[*types.Var]ssa.Value // the value stored, nil if there are several
	whole   map[*ssa.Alloc]bool                     // structs that are assigned as a whole
	changed map[*types.Var]bool                     // fields that are also set elsewhere
}

func indexFields(p *summary.Package) *fieldIndex {
	x := &fieldIndex{map[*ssa.Alloc]map[*types.Var]ssa.Value{}, map[*ssa.Alloc]bool{}, map[*types.Var]bool{}}
	for _, fn := range p.Funcs {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				switch instr := instr.(type) {
				case *ssa.FieldAddr:
					x.field(p.Places, instr)
				case *ssa.Store:
					x.assign(p.Places, instr)
				}
			}
		}
	}
	return x
}

// field notes what happens to a field through its address.
func (x *fieldIndex) field(tab *place.Table, fa *ssa.FieldAddr) {
	v := fieldVar(fa)
	if v == nil {
		return
	}
	for _, r := range *fa.Referrers() {
		switch r := r.(type) {
		case *ssa.UnOp, *ssa.FieldAddr, *ssa.IndexAddr, *ssa.DebugRef:
		case *ssa.Store:
			a, fresh := tab.Resolve(fa.X).(*ssa.Alloc)
			if r.Addr != fa || !fresh || a.Parent() != fa.Parent() {
				x.changed[v] = true
				continue
			}
			if x.first[a] == nil {
				x.first[a] = map[*types.Var]ssa.Value{}
			}
			if _, again := x.first[a][v]; again {
				x.first[a][v] = nil
			} else {
				x.first[a][v] = r.Val
			}
		default:
			x.changed[v] = true
		}
	}
}

// assign notes the assignment of a whole struct.
func (x *fieldIndex) assign(tab *place.Table, st *ssa.Store) {
	t, ok := st.Val.Type().Underlying().(*types.Struct)
	if !ok {
		return
	}
	if a, ok := tab.Resolve(st.Addr).(*ssa.Alloc); ok {
		x.whole[a] = true
		return
	}
	for f := range t.Fields() {
		x.changed[f.Origin()] = true
	}
}

func fieldVar(fa *ssa.FieldAddr) *types.Var {
	p, ok := fa.X.Type().Underlying().(*types.Pointer)
	if !ok {
		return nil
	}
	t, ok := p.Elem().Underlying().(*types.Struct)
	if !ok {
		return nil
	}
	return t.Field(fa.Field).Origin()
}

// held returns the only value that the field at p ever holds, and the frame it
// is a value of; nil if p is no field of a struct that the scope makes, or the
// field may be set again.
func (s *Scope) held(p *place.Place) (ssa.Value, *Frame) {
	if p == nil || p.Parent == nil || p.Parent.Parent != nil || p.Sel.Kind != place.Field {
		return nil, nil
	}
	a, ok := p.Root.V.(*ssa.Alloc)
	if !ok || p.Root.Ctx >= len(s.frames) || s.frames[p.Root.Ctx].Fn != a.Parent() {
		return nil, nil
	}
	if s.env.fields == nil {
		s.env.fields = indexFields(s.Pkg)
	}
	x, f := s.env.fields, p.Sel.Var
	if x.whole[a] || x.changed[f] || f.Exported() && s.Pkg.Pass.Pkg.Name() != "main" {
		return nil, nil
	}
	v := x.first[a][f]
	if v == nil {
		return nil, nil
	}
	return v, s.frames[p.Root.Ctx]
}

// loaded returns the value that a load of a field gives, if the field is set
// once, where its struct is made.
func (s *Scope) loaded(u *ssa.UnOp, f *Frame) (ssa.Value, *Frame) {
	fa, ok := u.X.(*ssa.FieldAddr)
	if !ok || u.Op != token.MUL {
		return nil, nil
	}
	return s.held(s.Place(s.Pkg.Places.Of(fa), f))
}

// rebase returns the place reached from base by p's selectors. What a field
// refers to that is set once, where its struct is made, is the object that it
// is set to.
func (s *Scope) rebase(p, base *place.Place) *place.Place {
	for _, sel := range p.Sels() {
		if sel.Kind == place.Deref && s.following < maxNested {
			if v, f := s.held(base); v != nil {
				s.following++
				q := s.Place(s.Pkg.Places.Of(v), f)
				s.following--
				if q != nil {
					base = q
					continue
				}
			}
		}
		base = base.Select(sel)
	}
	return base
}

// maxNested bounds the fields that are followed from one place.
const maxNested = 8
