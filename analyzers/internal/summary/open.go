package summary

import (
	"bytes"
	"go/token"
	"go/types"
	"os"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// maxOpen bounds the calls and fields that a channel is followed through.
const maxOpen = 6

// openResults returns the results of fn that importers can only receive from,
// and that nobody ever closes: they are channels that this package makes, keeps
// to itself, and does not close.
func (p *Package) openResults(fn *ssa.Function) (out []uint8) {
	for i := range min(fn.Signature.Results().Len(), 256) {
		c, ok := fn.Signature.Results().At(i).Type().Underlying().(*types.Chan)
		if ok && c.Dir() == types.RecvOnly && (&openSearch{p: p, seen: map[any]bool{}}).result(fn, i, 0) {
			out = append(out, uint8(i))
		}
	}
	return out
}

// NeverClosed reports whether v is a channel that a function of another package
// returns, of which that says that nobody closes it.
func (p *Package) NeverClosed(v ssa.Value) bool {
	i := 0
	v = p.Places.Current(v)
	if x, ok := v.(*ssa.Extract); ok {
		v, i = x.Tuple, x.Index
	}
	call, ok := v.(*ssa.Call)
	if !ok || call.Call.IsInvoke() {
		return false
	}
	t := p.terms(skeleton.Object(&call.Call))
	return t != nil && slices.Contains(t.Open, uint8(i))
}

// An openSearch follows a channel to all that is done with it, and back to where
// it is made. What it meets a second time is taken to be fine.
type openSearch struct {
	p    *Package
	seen map[any]bool
}

// result reports whether result i of fn is a channel that stays open.
func (o *openSearch) result(fn *ssa.Function, i, depth int) bool {
	found := false
	for _, b := range fn.Blocks {
		ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok || b == fn.Recover || i >= len(ret.Results) {
			continue
		}
		v := o.p.Places.Current(ret.Results[i])
		if c, ok := v.(*ssa.Const); ok && c.IsNil() {
			continue
		}
		if !o.origin(v, depth) {
			return false
		}
		found = true
	}
	return found
}

// origin reports whether v is such a channel, from where it comes.
func (o *openSearch) origin(v ssa.Value, depth int) bool {
	if depth > maxOpen {
		return false
	}
	switch v := v.(type) {
	case *ssa.ChangeType:
		return o.origin(o.p.Places.Current(v.X), depth)
	case *ssa.MakeChan:
		return o.uses(v, depth)
	case *ssa.UnOp:
		fa, ok := v.X.(*ssa.FieldAddr)
		return ok && v.Op == token.MUL && o.field(fa, depth)
	case *ssa.Call:
		fn := v.Call.StaticCallee()
		return fn != nil && v.Call.Signature().Results().Len() == 1 && o.p.skeletons[fn] != nil && o.result(fn, 0, depth+1)
	}
	return false
}

// field reports whether a field holds nothing but channels that stay open.
func (o *openSearch) field(fa *ssa.FieldAddr, depth int) bool {
	named, ok := types.Unalias(referent(fa.X.Type())).(*types.Named)
	if !ok || named.Obj().Pkg() != o.p.Pass.Pkg {
		return false
	}
	st, ok := named.Underlying().(*types.Struct)
	if !ok || st.Field(fa.Field).Exported() || o.p.inIgnored(st.Field(fa.Field).Name()) {
		return false
	}
	f := st.Field(fa.Field).Origin()
	if o.seen[f] {
		return true
	}
	o.seen[f] = true
	uses := o.p.fieldUses(named.Obj())
	if o.p.selected += len(uses); o.p.selected > maxSelected {
		return false
	}
	for _, instr := range uses {
		switch x := instr.(type) {
		case *ssa.FieldAddr:
			if x.Field == fa.Field && !o.cell(x, depth) {
				return false
			}
		case *ssa.Field:
			if x.Field == fa.Field && !o.uses(x, depth) {
				return false
			}
		}
	}
	return true
}

// cell reports whether what is stored at addr, and what is read there, stays
// open.
func (o *openSearch) cell(addr ssa.Value, depth int) bool {
	if o.seen[addr] {
		return true
	}
	o.seen[addr] = true
	if depth > maxOpen || addr.Referrers() == nil {
		return false
	}
	for _, r := range *addr.Referrers() {
		switch r := r.(type) {
		case *ssa.DebugRef:
		case *ssa.UnOp:
			if !o.uses(r, depth+1) {
				return false
			}
		case *ssa.Store:
			v := o.p.Places.Current(r.Val)
			if c, ok := v.(*ssa.Const); r.Addr != addr || !(ok && c.IsNil()) && !o.origin(v, depth+1) {
				return false
			}
		case *ssa.MakeClosure:
			if !o.captured(r, addr, func(fv ssa.Value) bool { return o.cell(fv, depth+1) }) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// captured asks of the variables of a literal that v is bound to.
func (o *openSearch) captured(mc *ssa.MakeClosure, v ssa.Value, stays func(ssa.Value) bool) bool {
	for i, b := range mc.Bindings {
		if b == v && !stays(mc.Fn.(*ssa.Function).FreeVars[i]) {
			return false
		}
	}
	return true
}

// uses reports whether nothing that is done with v closes it, or gives it to
// somebody who can.
func (o *openSearch) uses(v ssa.Value, depth int) bool {
	if c, ok := v.Type().Underlying().(*types.Chan); ok && c.Dir() == types.RecvOnly || o.seen[v] {
		return true
	}
	o.seen[v] = true
	if depth > maxOpen || v.Referrers() == nil {
		return false
	}
	for _, r := range *v.Referrers() {
		if !o.use(v, r, depth) {
			return false
		}
	}
	return true
}

func (o *openSearch) use(v ssa.Value, r ssa.Instruction, depth int) bool {
	switch r := r.(type) {
	case *ssa.DebugRef, *ssa.UnOp, *ssa.BinOp, *ssa.If:
		return true
	case *ssa.Send:
		return r.Chan == v
	case *ssa.Select:
		return !slices.ContainsFunc(r.States, func(st *ssa.SelectState) bool { return st.Send == v })
	case *ssa.ChangeType:
		return o.uses(r, depth+1)
	case *ssa.Store:
		switch to := r.Addr.(type) {
		case *ssa.Alloc:
			return o.cell(to, depth+1)
		case *ssa.FieldAddr:
			return o.field(to, depth+1)
		}
	case *ssa.MakeClosure:
		return o.captured(r, v, func(fv ssa.Value) bool { return o.uses(fv, depth+1) })
	case ssa.CallInstruction:
		return o.call(v, r.Common(), depth)
	}
	return false
}

// call reports whether a call that is given v leaves it open.
func (o *openSearch) call(v ssa.Value, c *ssa.CallCommon, depth int) bool {
	if bi, ok := c.Value.(*ssa.Builtin); ok {
		return bi.Name() == "len" || bi.Name() == "cap"
	}
	fn := c.StaticCallee()
	for i, a := range c.Args {
		switch {
		case a != v:
		case fn != nil && o.p.skeletons[fn] != nil && i < len(fn.Params):
			if !o.uses(fn.Params[i], depth+1) {
				return false
			}
		case !o.p.leavesOpen(skeleton.Object(c), i):
			return false
		}
	}
	return true
}

// leavesOpen reports whether a function of another package is known not to close
// the channel that it is passed.
func (p *Package) leavesOpen(obj *types.Func, i int) bool {
	po := p.ParamOps(obj, i)
	return po != nil && po.Complete && !slices.ContainsFunc(po.Ops, func(op Op) bool { return models.Kind(op.Kind) == models.Close })
}

// inIgnored reports whether a word occurs in a file of the package that is not
// built: code for other systems may do what this pass does not show. Tests do
// not count, as no importer runs with them.
func (p *Package) inIgnored(word string) bool {
	for _, name := range slices.Concat(p.Pass.IgnoredFiles, p.Pass.OtherFiles) {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		if text, err := os.ReadFile(name); err != nil || bytes.Contains(text, []byte(word)) {
			return true
		}
	}
	return false
}
