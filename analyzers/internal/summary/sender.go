package summary

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
)

func isChan(t types.Type) bool {
	_, ok := t.Underlying().(*types.Chan)
	return ok
}

// sendsOnResult reports whether result i of fn is a channel without a buffer on
// which a goroutine of fn is going to send, whatever happens, and from which
// nobody but the caller can receive.
func (p *Package) sendsOnResult(fn *ssa.Function, i int) bool {
	made, returns := p.madeChan(fn, i)
	if made == nil {
		return false
	}
	u := &chanUses{p: p, made: made}
	if !u.function(fn) || u.sender == nil || !p.mustSend(u.sender, made) {
		return false
	}
	start := startOf(fn, u.sender)
	if start == nil {
		return false
	}
	for _, ret := range returns {
		if b := start.Block(); b != ret && !b.Dominates(ret) {
			return false
		}
	}
	return true
}

// startOf returns the go statement of fn that runs the literal lit, nil if there
// is none.
func startOf(fn, lit *ssa.Function) *ssa.Go {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if g, ok := instr.(*ssa.Go); ok {
				if mc, ok := g.Call.Value.(*ssa.MakeClosure); ok && mc.Fn == lit {
					return g
				}
			}
		}
	}
	return nil
}

// madeChan returns the channel without a buffer that fn makes and has for result
// i, and the blocks in which it is returned; nil if it may be another.
func (p *Package) madeChan(fn *ssa.Function, i int) (made *ssa.MakeChan, returns []*ssa.BasicBlock) {
	for _, b := range fn.Blocks {
		ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok || i >= len(ret.Results) {
			continue
		}
		switch v := p.Places.Resolve(ret.Results[i]).(type) {
		case *ssa.Const:
			continue
		case *ssa.MakeChan:
			if made != nil && made != v || v.Parent() != fn {
				return nil, nil
			}
			made = v
		default:
			return nil, nil
		}
		returns = append(returns, b)
	}
	if made == nil {
		return nil, nil
	}
	if size, ok := made.Size.(*ssa.Const); !ok || size.Value == nil || size.Int64() != 0 {
		return nil, nil
	}
	return made, returns
}

// chanUses looks at what a function and its literals do with a channel.
type chanUses struct {
	p      *Package
	made   *ssa.MakeChan
	sender *ssa.Function // the literal that sends
}

// function is false if fn, or a literal in it, does something else than to send
// on the channel, close it or return it, or if two of them send.
func (u *chanUses) function(fn *ssa.Function) bool {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			for _, op := range instr.Operands(nil) {
				if *op != nil && isChan((*op).Type()) && u.p.Places.Resolve(*op) == ssa.Value(u.made) && !u.use(fn, instr, *op) {
					return false
				}
			}
		}
	}
	for _, lit := range fn.AnonFuncs {
		if !u.function(lit) {
			return false
		}
	}
	return true
}

func (u *chanUses) use(fn *ssa.Function, instr ssa.Instruction, v ssa.Value) bool {
	switch x := instr.(type) {
	case *ssa.Send:
		if x.X == v || fn.Parent() == nil || u.sender != nil && u.sender != fn {
			return false
		}
		u.sender = fn
		return true
	case *ssa.UnOp:
		return x.Op != token.ARROW
	case *ssa.Store:
		_, variable := x.Addr.(*ssa.Alloc)
		return variable
	case *ssa.Return, *ssa.ChangeType, *ssa.DebugRef, *ssa.MakeClosure:
		return true
	case ssa.CallInstruction:
		bi, ok := x.Common().Value.(*ssa.Builtin)
		return ok && bi.Name() == "close"
	}
	return false
}

// mustSend reports whether fn cannot come to its end without a send on made.
func (p *Package) mustSend(fn *ssa.Function, made *ssa.MakeChan) bool {
	sk := p.skeletons[fn]
	if sk == nil {
		return false
	}
	sends := func(n int) bool {
		ev := sk.Nodes[n].Ev
		return ev != nil && ev.Kind == models.Send && !ev.Arm && p.Places.Resolve(ev.Val) == ssa.Value(made)
	}
	return !sk.Reach(0, sends, nil)[sk.Exit]
}
