package place

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// An Equation says that from any struct of a kind, Path leads to where Same
// leads, which is shorter: child.parent of a child of p is p, c.cond.L is &c.mu.
// Path ends with a Deref that follows a field; in it, Any stands for every
// element.
type Equation struct{ Path, Same []Sel }

// Aliases is what a package does so consistently that two paths to an object
// are known to be one.
type Aliases struct {
	// Equations are by the last field of Path.
	Equations map[*types.Var][]Equation
	// Fixed reports whether a field never changes in a struct that more than
	// its maker knows.
	Fixed func(*types.Var) bool
}

// SetAliases gives the table the aliases of its package. It must be called
// before any place is asked for.
func (t *Table) SetAliases(a *Aliases) { t.aliases = a }

// shorter returns the place behind the reference stored at p by a shorter way,
// nil if there is none.
func (p *Place) shorter() *Place {
	t := p.tab
	if t == nil || t.aliases == nil || p.Parent == nil || p.Sel.Kind != Field {
		return nil
	}
	if q := t.copied(p); q != nil {
		return q
	}
	if p.Parent.Parent == nil && p.Root.Ctx == 0 {
		if q := t.part(p.Root.V, p.Sel.Var); q != nil {
			return q
		}
	}
	for _, e := range t.aliases.Equations[p.Sel.Var] {
		if base := t.above(p, e.Path[:len(e.Path)-1]); base != nil {
			q := base
			for _, s := range e.Same {
				q = q.Select(s)
			}
			return q
		}
	}
	return nil
}

// above returns the place from which path leads to p, nil if p is not got by
// that path.
func (t *Table) above(p *Place, path []Sel) *Place {
	for i := len(path) - 1; i >= 0; i-- {
		if p = t.expand(p); p == nil || p.Parent == nil || !stands(path[i], p.Sel) {
			return nil
		}
		p = p.Parent
	}
	return p
}

// expand returns the place of the variable that a root was read from, for roots
// that are elements of something; p if there is none.
func (t *Table) expand(p *Place) *Place {
	if p.Parent != nil || p.Root.Ctx != 0 {
		return p
	}
	x, ok := p.Root.V.(*ssa.Extract)
	if !ok {
		return t.Of(p.Root.V)
	}
	next, ok := x.Tuple.(*ssa.Next)
	if !ok || next.IsString || x.Index != 2 {
		return t.Of(p.Root.V)
	}
	return held(t.Of(next.Iter.(*ssa.Range).X).Select(Sel{Kind: Elem}), x.Type())
}

// stands reports whether s is a selector that pattern stands for.
func stands(pattern, s Sel) bool {
	if pattern.Kind != Any {
		return pattern == s
	}
	switch s.Kind {
	case Any, All, Elem, Key, Index:
		return true
	}
	return false
}

// part returns what the reference in a field of the object v refers to, if v is
// made by its function, or by a constructor that is called there, which sets
// the field, and nothing sets it ever after.
func (t *Table) part(v ssa.Value, field *types.Var) *Place {
	if !t.aliases.Fixed(field) {
		return nil
	}
	var q *Place
	switch v := v.(type) {
	case *ssa.Alloc:
		if w := InitialValue(v, field); w != nil {
			q = t.Of(w)
		}
	case *ssa.Call:
		if w := InitialValue(t.Made(v), field); w != nil {
			q = t.InCall(v, t.Of(w))
		}
	}
	if !t.aliases.Steady(q, 0) {
		return nil
	}
	return q
}

// Steady reports whether p is the same object for good, as far as the selectors
// from the one numbered from on go: none of them leads through a variable that
// may change.
func (a *Aliases) Steady(p *Place, from int) bool {
	for ; p != nil && p.depth > from; p = p.Parent {
		switch p.Sel.Kind {
		case Field, Reader:
		case Deref:
			if p.Parent.Parent == nil || p.Parent.Sel.Kind != Field || !a.Fixed(p.Parent.Sel.Var) {
				return false
			}
		default:
			return false
		}
	}
	return p != nil
}

// InCall says what a place in terms of the parameters of a function means where
// it is called; nil if it has no meaning there.
func (t *Table) InCall(call *ssa.Call, p *Place) *Place {
	if p == nil || p.Root.Ctx != 0 {
		return nil
	}
	switch root := p.Root.V.(type) {
	case *ssa.Global:
		return p
	case *ssa.Parameter:
		i := slices.Index(root.Parent().Params, root)
		if root.Parent() == call.Call.StaticCallee() && i < len(call.Call.Args) {
			return p.Rebase(t.Of(call.Call.Args[i]))
		}
	}
	return nil
}

// Made returns the object that every call of a constructor makes anew and
// returns, nil if call is of no such function.
func (t *Table) Made(call *ssa.Call) *ssa.Alloc {
	fn := call.Call.StaticCallee()
	if fn == nil || fn.Blocks == nil || fn.Signature.Results().Len() != 1 {
		return nil
	}
	var made *ssa.Alloc
	for _, b := range fn.Blocks {
		ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok || b == fn.Recover {
			continue
		}
		a, ok := t.Resolve(ret.Results[0]).(*ssa.Alloc)
		if !ok || a.Parent() != fn || made != nil && made != a {
			return nil
		}
		made = a
	}
	return made
}

// InitialValue returns the value that the function which makes an object
// stores in a field of it, nil if that is not one.
func InitialValue(made *ssa.Alloc, field *types.Var) ssa.Value {
	if made == nil {
		return nil
	}
	var val ssa.Value
	for _, r := range *made.Referrers() {
		switch r := r.(type) {
		case *ssa.Store:
			if r.Addr == made {
				return nil // all of it
			}
		case *ssa.FieldAddr:
			if r.X != made || fieldOf(made.Type(), r.Field).Origin() != field {
				continue
			}
			for _, r := range *r.Referrers() {
				st, ok := r.(*ssa.Store)
				if !ok {
					continue
				}
				if val != nil {
					return nil
				}
				val = st.Val
			}
		}
	}
	return val
}
