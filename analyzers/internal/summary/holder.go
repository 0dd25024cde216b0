package summary

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/place"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// holders is all that is known so of one func value.
type holders []holder

// translate says what p, of the function that made the value, is where the value is
// run; nil if that is not known.
func (all holders) translate(p *place.Place) *place.Place {
	for _, h := range all {
		if q := h.translate(p); q != nil {
			return q
		}
	}
	return nil
}

// holders returns how the captured variables of target are known where it is run as
// the func value v.
func (p *Package) holders(v ssa.Value, target *ssa.Function) (out holders) {
	if target == nil {
		return nil
	}
	if call := p.callOf(v); call != nil {
		return p.given(&call.Call, target)
	}
	if h := p.holder(v, target); h.run != nil {
		out = append(out, h)
	}
	return out
}

// given returns what the call that has made the literal target gave to the function
// around it.
func (p *Package) given(call *ssa.CallCommon, target *ssa.Function) (out holders) {
	maker := skeleton.FuncOf(p.Places, call.Value).Fn
	if call.IsInvoke() || maker == nil || maker != target.Parent() || len(call.Args) != len(maker.Params) {
		return nil
	}
	for i, par := range maker.Params {
		h := holder{p.Places.Instance(par), p.Places.Instance(call.Args[i])}
		if h.made != nil && h.run != nil {
			h.run = p.promoted(call.Args[i], h.run)
			out = append(out, h)
		}
	}
	return out
}

// A holder is a struct in a field of which a func value lies, or an object that was
// given to the function that made the value: as it was called where the value was
// made, and as it is called where that is run.
type holder struct{ made, run *place.Place }

// translate says what p, of the function that made the value, is where the
// value is run; nil if it is no part of the holder.
func (h holder) translate(p *place.Place) *place.Place {
	if h.run == nil || !p.Under(h.made) {
		return nil
	}
	q := h.run
	for _, s := range p.Sels()[len(h.made.Sels()):] {
		q = q.Select(s)
	}
	return q
}

// holder returns the struct from a field of which v is read, if all that is ever
// stored there is target, made by a function that knows the very struct.
func (p *Package) holder(v ssa.Value, target *ssa.Function) holder {
	load, ok := p.Places.Resolve(v).(*ssa.UnOp)
	if !ok || target == nil {
		return holder{}
	}
	fa, ok := load.X.(*ssa.FieldAddr)
	if !ok {
		return holder{}
	}
	st, ok := structOf(referent(fa.X.Type()))
	if !ok {
		return holder{}
	}
	s := p.dispatch.fields[st.Field(fa.Field).Origin()]
	if s == nil || s.open {
		return holder{}
	}
	h := holder{run: p.Places.Instance(fa.X)}
	for i := range s.vals {
		q := p.storedIn(s.owners[i], s.vals[i], target, 0)
		if q == nil || h.made != nil && h.made != q {
			return holder{}
		}
		h.made = q
	}
	if h.made == nil || h.run == nil {
		return holder{}
	}
	for h.made.Parent != nil && h.made.Sel.Kind == place.Field && h.run.Parent != nil && h.run.Sel == h.made.Sel {
		h = holder{h.made.Parent, h.run.Parent}
	}
	return h
}

// storedIn returns the struct at owner in terms of the function that makes
// target, if val is target; nil if it is not, or not always.
func (p *Package) storedIn(owner, val ssa.Value, target *ssa.Function, depth int) *place.Place {
	q := p.Places.Instance(owner)
	par, ok := p.Places.Resolve(val).(*ssa.Parameter)
	if !ok {
		if q == nil || skeleton.FuncOf(p.Places, val).Fn != target {
			return nil
		}
		return q
	}
	self, ok := p.Places.Resolve(owner).(*ssa.Parameter)
	fn := par.Parent()
	if !ok || self.Parent() != fn || depth > 1 || !p.onlyNamed(fn) {
		return nil
	}
	i, j := slices.Index(fn.Params, self), slices.Index(fn.Params, par)
	var one *place.Place
	for _, s := range p.dispatch.sites[fn] {
		args := s.ev.Callee.Args
		if s.ev.Kind != skeleton.CallFn || i >= len(args) || j >= len(args) {
			return nil
		}
		q := p.storedIn(args[i], args[j], target, depth+1)
		if q == nil || one != nil && one != q {
			return nil
		}
		one = q
	}
	return one
}
