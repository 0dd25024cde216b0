package summary

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/place"
)

// A ClassID names a class of locks across packages: a field of a package-level
// type, or a package-level variable if Type is empty.
type ClassID struct {
	Pkg, Type, Name string
	Elem            bool
}

// String names the class in a message: T.mu, and with the last element of its
// package's path pkg.T.mu.
func (c ClassID) String() string {
	s := c.Name
	if c.Type != "" {
		s = c.Type + "." + s
	}
	if c.Elem {
		s += "[…]"
	}
	return s
}

// ClassID returns the name of a class; ok is false if other packages cannot
// name it, and neither can this one in other functions.
func (p *Package) ClassID(c place.Class) (id ClassID, ok bool) {
	switch obj := c.Obj.(type) {
	case *ssa.Global:
		return ClassID{Pkg: obj.Pkg.Pkg.Path(), Name: obj.Name(), Elem: c.Elem}, true
	case *types.Var:
		owner, ok := p.owner(obj)
		if !ok {
			return ClassID{}, false
		}
		return ClassID{owner.tn.Pkg().Path(), owner.tn.Name(), owner.path, c.Elem}, true
	}
	return ClassID{}, false
}

// An owner is the package-level type that has a field, and the names that lead
// to it, through structs without a name of their own.
type owner struct {
	tn   *types.TypeName
	path string
}

// owner returns the owner of a field, false if it has none.
func (p *Package) owner(field *types.Var) (owner, bool) {
	pkg := field.Pkg()
	if pkg == nil {
		return owner{}, false
	}
	fields, ok := p.owners[pkg]
	if !ok {
		fields = map[*types.Var]owner{}
		for _, name := range pkg.Scope().Names() {
			tn, ok := pkg.Scope().Lookup(name).(*types.TypeName)
			if !ok || tn.IsAlias() {
				continue
			}
			if st, ok := tn.Type().Underlying().(*types.Struct); ok {
				addFields(fields, st, owner{tn, ""}, 0)
			}
		}
		p.owners[pkg] = fields
	}
	o, ok := fields[field.Origin()]
	return o, ok
}

// addFields adds the fields of a struct, and of structs without a name in it.
func addFields(fields map[*types.Var]owner, st *types.Struct, o owner, depth int) {
	for f := range st.Fields() {
		if _, taken := fields[f.Origin()]; taken {
			continue // type T U shares the fields of U
		}
		in := owner{o.tn, o.path + f.Name()}
		fields[f.Origin()] = in
		if inner, ok := f.Type().(*types.Struct); ok && depth < 3 {
			in.path += "."
			addFields(fields, inner, in, depth+1)
		}
	}
}

// class returns the class that an id names, false if it is not known here.
func (p *Package) class(id ClassID) (place.Class, bool) {
	if id.Type == "" {
		g := p.global(id.Pkg, id.Name)
		return place.Class{Obj: g, Elem: id.Elem}, g != nil
	}
	pkg := p.Pass.Pkg
	if id.Pkg != pkg.Path() {
		pkg = findImport(pkg, id.Pkg, map[*types.Package]bool{})
	}
	if pkg == nil {
		return place.Class{}, false
	}
	tn, ok := pkg.Scope().Lookup(id.Type).(*types.TypeName)
	if !ok {
		return place.Class{}, false
	}
	st, ok := structOf(tn.Type())
	if !ok {
		return place.Class{}, false
	}
	var v *types.Var
	for name := range strings.SplitSeq(id.Name, ".") {
		if v != nil {
			if st, ok = v.Type().(*types.Struct); !ok {
				return place.Class{}, false
			}
		}
		if v = fieldNamed(st, name); v == nil {
			return place.Class{}, false
		}
	}
	return place.Class{Obj: v.Origin(), Elem: id.Elem}, true
}

func fieldNamed(st *types.Struct, name string) *types.Var {
	for f := range st.Fields() {
		if f.Name() == name {
			return f
		}
	}
	return nil
}
