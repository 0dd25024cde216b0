package scope

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/summary"
)

// leadingTo returns the functions whose scopes may have something to say about
// what is at the positions: those that the positions are in, and whatever mentions
// or may call such a function, directly or not. It is nil, for all, if a position
// is in no function.
func leadingTo(p *summary.Package, at []token.Pos) map[*ssa.Function]bool {
	out := map[*ssa.Function]bool{}
	var work []*ssa.Function
	add := func(fns []*ssa.Function) {
		for _, fn := range fns {
			if !out[fn] {
				out[fn] = true
				work = append(work, fn)
			}
		}
	}
	for _, pos := range at {
		fn := innermost(p, pos)
		if fn == nil {
			return nil
		}
		add([]*ssa.Function{fn})
	}
	c := findCallers(p)
	for len(work) > 0 {
		fn := work[len(work)-1]
		work = work[:len(work)-1]
		add(c.mention[fn])
		if fn.Signature.Recv() != nil {
			add(c.method[fn.Name()])
		}
		for _, s := range c.shapes[fn] {
			add(c.value[s])
		}
	}
	return out
}

// innermost returns the function of the package that a position is in, the
// innermost of literals; nil if there is none.
func innermost(p *summary.Package, pos token.Pos) (out *ssa.Function) {
	for _, fn := range p.Funcs {
		x := fn.Syntax()
		if x != nil && x.Pos() <= pos && pos < x.End() && (out == nil || out.Syntax().Pos() < x.Pos()) {
			out = fn
		}
	}
	return out
}

// callers are the functions of a package by what they may call.
type callers struct {
	mention map[*ssa.Function][]*ssa.Function // that have a function in them, as callee, literal or value
	method  map[string][]*ssa.Function        // that call a method of an interface, by its name
	value   map[shape][]*ssa.Function         // that call a func value
	shapes  map[*ssa.Function][]shape         // the shapes of the values that stand for a function
}

// A shape is what a call and a function have in common, be they instances of one
// signature: how many parameters and results.
type shape struct {
	params, results int
	variadic        bool
}

func shapeOf(s *types.Signature) shape {
	return shape{s.Params().Len(), s.Results().Len(), s.Variadic()}
}

func findCallers(p *summary.Package) *callers {
	c := &callers{
		mention: map[*ssa.Function][]*ssa.Function{}, method: map[string][]*ssa.Function{},
		value: map[shape][]*ssa.Function{}, shapes: map[*ssa.Function][]shape{},
	}
	for _, fn := range p.Funcs {
		c.static(fn, fn, nil, 0)
		c.dynamic(fn)
	}
	return c
}

// static notes what in has in it, which is fn or a function that go/ssa has made
// for it. If that stands for what it calls, as is its signature.
func (c *callers) static(fn, in *ssa.Function, as *types.Signature, depth int) {
	for _, blk := range in.Blocks {
		for _, instr := range blk.Instrs {
			for _, op := range instr.Operands(nil) {
				f, ok := (*op).(*ssa.Function)
				if !ok {
					continue
				}
				sig := as
				if kept(instr, f) {
					sig = f.Signature
				}
				if f.Synthetic != "" && depth < maxDepth {
					c.static(fn, f, sig, depth+1)
				}
				if o := f.Origin(); o != nil {
					f = o
				}
				c.mention[f] = append(c.mention[f], fn)
				if sig != nil && !slices.Contains(c.shapes[f], shapeOf(sig)) {
					c.shapes[f] = append(c.shapes[f], shapeOf(sig))
				}
			}
		}
	}
}

// dynamic notes the calls of fn that have no static callee.
func (c *callers) dynamic(fn *ssa.Function) {
	for _, blk := range fn.Blocks {
		for _, instr := range blk.Instrs {
			ci, ok := instr.(ssa.CallInstruction)
			if !ok {
				continue
			}
			call := ci.Common()
			if call.IsInvoke() {
				c.method[call.Method.Name()] = append(c.method[call.Method.Name()], fn)
			} else if _, builtin := call.Value.(*ssa.Builtin); call.StaticCallee() == nil && !builtin {
				s := shapeOf(call.Signature())
				c.value[s] = append(c.value[s], fn)
			}
		}
	}
}

// kept reports whether an instruction does something else with a function, or with
// the literal that it makes of one, than to call or start it, or to hand it to
// another package, whose functions are not followed.
func kept(instr ssa.Instruction, f ssa.Value) bool {
	switch x := instr.(type) {
	case *ssa.MakeClosure:
		return slices.ContainsFunc(*x.Referrers(), func(r ssa.Instruction) bool { return kept(r, x) })
	case ssa.CallInstruction:
		callee := x.Common().StaticCallee()
		return x.Common().Value != f && (callee == nil || callee.Pkg == nil || callee.Pkg == x.Parent().Pkg)
	}
	return true
}
