package summary

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// findImpls finds the unexported interfaces that one type implements, and that
// are never made of another: one with exported methods might hold anything.
func (p *Package) findImpls() {
	scope := p.Pass.Pkg.Scope()
	var ifaces []*types.Named
	var concrete []types.Type
	for _, name := range scope.Names() {
		tn, ok := scope.Lookup(name).(*types.TypeName)
		if !ok || tn.IsAlias() {
			continue
		}
		named, ok := tn.Type().(*types.Named)
		if !ok || named.TypeParams().Len() > 0 {
			continue
		}
		if iface, ok := named.Underlying().(*types.Interface); !ok {
			concrete = append(concrete, named)
		} else if !token.IsExported(name) && iface.NumMethods() > 0 && iface.IsMethodSet() {
			ifaces = append(ifaces, named)
		}
	}
	if len(ifaces) == 0 {
		return
	}
	made := p.conversions()
	for _, i := range ifaces {
		var impls []types.Type
		for _, t := range concrete {
			if ptr := types.NewPointer(t); types.Implements(ptr, i.Underlying().(*types.Interface)) {
				impls = append(impls, ptr)
			}
		}
		if len(impls) == 1 && (hasPrivateMethod(i) || !p.offered(i)) && !slices.ContainsFunc(made[i], other(impls[0])) {
			p.dispatch.impls[i] = impls[0]
		}
	}
}

// other reports of a type whether it is not t, or what t points to.
func other(t types.Type) func(types.Type) bool {
	return func(u types.Type) bool {
		return u == nil || !types.Identical(u, t) && !types.Identical(u, referent(t))
	}
}

// hasPrivateMethod reports whether types of other packages cannot implement an
// interface.
func hasPrivateMethod(i *types.Named) bool {
	iface := i.Underlying().(*types.Interface)
	for m := range iface.Methods() {
		if !m.Exported() {
			return true
		}
	}
	return false
}

// offered reports whether other packages can supply a value for an interface,
// in a parameter, variable or field that they know.
func (p *Package) offered(i *types.Named) bool {
	if p.Pass.Pkg.Name() == "main" {
		return false
	}
	for _, obj := range p.Pass.TypesInfo.Defs {
		v, ok := obj.(*types.Var)
		if ok && v.Exported() && mentions(v.Type(), i) {
			return true
		}
		fn, ok := obj.(*types.Func)
		if ok && fn.Exported() && mentions(fn.Signature().Params(), i) {
			return true
		}
	}
	return false
}

// mentions reports whether i is t or an element of it.
func mentions(t types.Type, i *types.Named) bool {
	switch t := types.Unalias(t).(type) {
	case *types.Named:
		return t == i
	case *types.Tuple:
		return slices.ContainsFunc(slices.Collect(t.Variables()), func(v *types.Var) bool { return mentions(v.Type(), i) })
	case interface{ Elem() types.Type }: // pointer, slice, array, map, channel
		return mentions(t.Elem(), i)
	case *types.Signature:
		return true // whatever it gives or takes
	}
	return false
}

// conversions returns the types that the package makes values of each of its
// interfaces of, nil for one that is not known.
func (p *Package) conversions() map[*types.Named][]types.Type {
	out := map[*types.Named][]types.Type{}
	add := func(to, from types.Type) {
		if n, ok := types.Unalias(to).(*types.Named); ok && n.Obj().Pkg() == p.Pass.Pkg {
			out[n] = append(out[n], from)
		}
	}
	for _, fn := range p.withInit() {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				switch v := instr.(type) {
				case *ssa.MakeInterface:
					add(v.Type(), v.X.Type())
				case *ssa.ChangeInterface:
					add(v.Type(), nil)
				case *ssa.TypeAssert:
					add(v.AssertedType, nil)
				}
			}
		}
	}
	return out
}
