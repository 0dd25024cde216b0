package summary

import (
	"encoding/binary"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/place"
)

// An encoder writes facts: small integers as varints, a string with its length,
// and as a number from its second time on.
type encoder struct {
	pkg   *Package
	fn    *ssa.Function
	buf   []byte
	texts []string
}

func (e *encoder) int(n int) { e.buf = binary.AppendUvarint(e.buf, uint64(n)) }

func (e *encoder) string(s string) {
	if i := slices.Index(e.texts, s); i >= 0 {
		e.int(i<<1 | 1)
		return
	}
	e.int(len(s) << 1)
	e.buf = append(e.buf, s...)
	if s != "" {
		e.texts = append(e.texts, s)
	}
}

// path writes the path of a package, that of the function's own as a dot.
func (e *encoder) path(path string) {
	if path == e.pkg.Pass.Pkg.Path() {
		path = "."
	}
	e.string(path)
}

func (e *encoder) bits(bs ...bool) {
	n := 0
	for i, b := range bs {
		if b {
			n |= 1 << i
		}
	}
	e.int(n)
}

// A decoder reads what an encoder has written. It never fails: a fact comes
// from the same version of the program, and what it names that is not there any
// more becomes unknown.
type decoder struct {
	pkg   *Package
	obj   *types.Func
	buf   []byte
	texts []string
}

func (d *decoder) int() int {
	n, size := binary.Uvarint(d.buf)
	if size <= 0 {
		d.buf = nil
		return 0
	}
	d.buf = d.buf[size:]
	return int(n)
}

// count reads the length of a list.
func (d *decoder) count() int { return min(d.int(), len(d.buf)+1) }

func (d *decoder) string() string {
	n := d.int()
	if i := n >> 1; n&1 != 0 {
		if i < 0 || i >= len(d.texts) {
			return ""
		}
		return d.texts[i]
	}
	n = max(0, min(n>>1, len(d.buf)))
	s := string(d.buf[:n])
	d.buf = d.buf[n:]
	if s != "" {
		d.texts = append(d.texts, s)
	}
	return s
}

func (d *decoder) path() string {
	if path := d.string(); path != "." {
		return path
	}
	return d.obj.Pkg().Path()
}

func (d *decoder) bits(bs ...*bool) {
	n := d.int()
	for i, b := range bs {
		*b = n&(1<<i) != 0
	}
}

// Kinds of reference on the wire.
const (
	wireNone = iota
	wireGlobal
	wireParam // plus the index
)

// ref writes a reference: the type of the parameter tells which fields the
// indices of the selectors are. Reports whether it could be written; if not,
// nothing was.
func (e *encoder) ref(r Ref) bool {
	before, texts := len(e.buf), len(e.texts)
	var t types.Type
	var sels []place.Sel
	switch {
	case r.Param >= 0:
		e.int(wireParam + r.Param)
		t, sels = referent(e.fn.Params[r.Param].Type()), r.Sels
	case r.Base != nil:
		g, ok := r.Base.Root.V.(*ssa.Global)
		if !ok {
			return false
		}
		e.int(wireGlobal)
		e.path(g.Pkg.Pkg.Path())
		e.string(g.Name())
		t, sels = referent(g.Type()), r.Base.Sels()
	default:
		return false
	}
	e.int(len(sels))
	for _, s := range sels {
		e.int(int(s.Kind))
		n := int(s.Idx)
		if s.Kind == place.Field {
			n = fieldIndex(t, s.Var)
		}
		if n < 0 || s.Kind == place.Span || s.Kind == place.Shift {
			e.buf, e.texts = e.buf[:before], e.texts[:texts]
			return false
		}
		if s.Kind == place.Field || s.Kind == place.Index {
			e.int(n)
		}
		t = follow(t, s)
	}
	return true
}

// ref reads a reference; ok is false if what it names is not known here.
func (d *decoder) ref() (r Ref, ok bool) {
	r.Param = -1
	var t types.Type
	ok = true
	switch kind := d.int(); kind {
	case wireNone:
		return r, false
	case wireGlobal:
		path, name := d.path(), d.string()
		g := d.pkg.global(path, name)
		if ok = g != nil; ok {
			r.Base = d.pkg.Places.Of(g)
			t = referent(g.Type())
		}
	default:
		r.Param = kind - wireParam
		if t = paramType(d.obj.Signature(), r.Param); t != nil {
			t = referent(t)
		}
	}
	for range d.count() {
		s := place.Sel{Kind: place.SelKind(d.int())}
		if s.Kind == place.Field || s.Kind == place.Index {
			s.Idx = int64(d.int())
		}
		if s.Kind == place.Field {
			st, isStruct := structOf(t)
			if !isStruct || int(s.Idx) >= st.NumFields() {
				ok = false
				continue
			}
			s = place.Sel{Kind: place.Field, Var: st.Field(int(s.Idx)).Origin()}
		}
		t = follow(t, s)
		if r.Param >= 0 {
			r.Sels = append(r.Sels, s)
		} else {
			r.Base = r.Base.Select(s)
		}
	}
	return r, ok
}

// referent returns the type of what a value of type t refers to.
func referent(t types.Type) types.Type {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		return p.Elem()
	}
	return t
}

// follow returns the type of what selector s leads to in an object of type t,
// nil if it leads nowhere.
func follow(t types.Type, s place.Sel) types.Type {
	if t == nil {
		return nil
	}
	switch s.Kind {
	case place.Field:
		return s.Var.Type()
	case place.Deref:
		return referent(t)
	}
	switch u := t.Underlying().(type) {
	case *types.Slice:
		return u.Elem()
	case *types.Array:
		return u.Elem()
	case *types.Map:
		return u.Elem()
	case *types.Chan:
		return u.Elem()
	}
	return nil
}

func structOf(t types.Type) (*types.Struct, bool) {
	if t == nil {
		return nil, false
	}
	st, ok := t.Underlying().(*types.Struct)
	return st, ok
}

// fieldIndex returns the index of field v in a struct of type t, -1 if it has
// none.
func fieldIndex(t types.Type, v *types.Var) int {
	st, ok := structOf(t)
	if !ok {
		return -1
	}
	for i := range st.NumFields() {
		if st.Field(i).Origin() == v {
			return i
		}
	}
	return -1
}

// paramType returns the type of parameter i, the receiver being the first.
func paramType(sig *types.Signature, i int) types.Type {
	if recv := sig.Recv(); recv != nil {
		if i == 0 {
			return recv.Type()
		}
		i--
	}
	if i >= sig.Params().Len() {
		return nil
	}
	return sig.Params().At(i).Type()
}

// global returns a package-level variable of a package that this one imports,
// directly or not; nil if it is not known.
func (p *Package) global(path, name string) *ssa.Global {
	pkg := p.SSA.Prog.ImportedPackage(path)
	if path == p.Pass.Pkg.Path() {
		pkg = p.SSA
	}
	if pkg == nil {
		imp := findImport(p.Pass.Pkg, path, map[*types.Package]bool{})
		if imp == nil {
			return nil
		}
		pkg = p.SSA.Prog.CreatePackage(imp, nil, nil, true)
	}
	g, _ := pkg.Members[name].(*ssa.Global)
	return g
}

// findImport looks for a package among what pkg imports.
func findImport(pkg *types.Package, path string, seen map[*types.Package]bool) *types.Package {
	for _, imp := range pkg.Imports() {
		if imp.Path() == path {
			return imp
		}
		if seen[imp] {
			continue
		}
		seen[imp] = true
		if found := findImport(imp, path, seen); found != nil {
			return found
		}
	}
	return nil
}
