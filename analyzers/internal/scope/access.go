package scope

import (
	"go/ast"
	"go/token"
	"math"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/skeleton"
	"github.com/concvet/concvet/analyzers/internal/summary"
)

// Access returns the expression that the memory access at n is written as, nil
// if n is no access or is not written down.
func (s *Scope) Access(n *Node) ast.Expr {
	if n.Ev == nil || n.Frame == nil {
		return nil
	}
	return AccessOf(s.Pkg, n.Frame.Fn, n.Ev)
}

// AccessOf returns the expression that a memory access of fn is written as: a
// variable, selector or element, or the call of a builtin that touches the
// elements of an argument. It is nil if the event is no access, or one that is
// not written down, as the read of a named result at a bare return.
func AccessOf(p *summary.Package, fn *ssa.Function, ev *skeleton.Event) ast.Expr {
	body := fn.Syntax()
	if ev.Kind != skeleton.Read && ev.Kind != skeleton.Write || body == nil {
		return nil
	}
	if call := appendOf(p, ev); call != nil {
		return exprAt(body, call.Pos())
	}
	if ev.Defer != nil {
		return exprAt(body, ev.Instr.(*ssa.Defer).Call.Pos())
	}
	switch instr := ev.Instr.(type) {
	case *ssa.Next: // of a range over a map
		return exprAt(body, instr.Iter.Pos())
	case *ssa.UnOp:
		if v := instr.X; !instr.Pos().IsValid() && isVariable(v) {
			return use(p, body, v.Pos(), anchor(instr, 0))
		}
	}
	return exprAt(body, ev.Pos())
}

// isVariable reports whether v is the address of a declared variable.
func isVariable(v ssa.Value) bool {
	switch v.(type) {
	case *ssa.Alloc, *ssa.FreeVar, *ssa.Global:
		return true
	}
	return false
}

// exprAt returns the expression in body that go/ssa gives position at.
func exprAt(body ast.Node, at token.Pos) ast.Expr {
	var found ast.Expr
	inOwn(body, func(x ast.Node) bool {
		if at < x.Pos() || x.End() <= at {
			return false
		}
		switch x := x.(type) {
		case *ast.RangeStmt:
			if x.For == at {
				found = x.X
			}
		case ast.Expr:
			if posn := posnOf(x); posn == at && (found == nil || x.End() > found.End()) {
				found = x
			}
		}
		return true
	})
	return found
}

// posnOf returns the position by which go/ssa knows an expression.
func posnOf(x ast.Expr) token.Pos {
	switch x := x.(type) {
	case *ast.SelectorExpr:
		return x.Sel.Pos()
	case *ast.IndexExpr:
		return x.Lbrack
	case *ast.SliceExpr:
		return x.Lbrack
	case *ast.CallExpr:
		return x.Lparen
	case *ast.Ident, *ast.StarExpr:
		return x.Pos()
	}
	return token.NoPos
}

// inOwn visits the nodes of a function, from the outside in, without those of
// the function literals in it, which are functions of their own.
func inOwn(body ast.Node, visit func(ast.Node) bool) {
	ast.Inspect(body, func(x ast.Node) bool {
		if _, ok := x.(*ast.FuncLit); x == nil || ok && x != body {
			return false
		}
		return visit(x)
	})
}

// use returns the use, in body, of the variable declared at decl which is
// closest to position at, nil if there is none. go/ssa gives the load of a
// variable no position of its own.
func use(p *summary.Package, body ast.Node, decl, at token.Pos) ast.Expr {
	var best ast.Expr
	gap := token.Pos(math.MaxInt32)
	written := map[*ast.Ident]bool{}
	inOwn(body, func(x ast.Node) bool {
		switch x := x.(type) {
		case *ast.AssignStmt:
			for _, l := range x.Lhs {
				if id, ok := l.(*ast.Ident); ok && (x.Tok == token.ASSIGN || x.Tok == token.DEFINE) {
					written[id] = true
				}
			}
		case *ast.Ident:
			obj := p.Pass.TypesInfo.Uses[x]
			if obj == nil || obj.Pos() != decl || written[x] {
				break
			}
			if d := max(x.Pos()-at, at-x.Pos()); d < gap {
				best, gap = x, d
			}
		}
		return true
	})
	return best
}

// anchor returns a position near which the value of a load is used: that of an
// instruction that uses it, else of the one before it.
func anchor(v ssa.Value, depth int) token.Pos {
	instr, ok := v.(ssa.Instruction)
	if !ok || depth > 3 {
		return token.NoPos
	}
	for _, r := range *v.Referrers() {
		if p := r.Pos(); p.IsValid() {
			return p
		}
	}
	for _, r := range *v.Referrers() {
		if u, ok := r.(ssa.Value); ok {
			if p := anchor(u, depth+1); p.IsValid() {
				return p
			}
		}
	}
	return before(instr)
}

// before returns the position of the last instruction before instr that has
// one, or of the start of its function.
func before(instr ssa.Instruction) token.Pos {
	last := instr.Parent().Pos()
	for b := instr.Block(); b != nil; b = b.Idom() {
		for _, i := range b.Instrs {
			if i == instr {
				break
			}
			if i.Pos().IsValid() {
				last = i.Pos()
			}
		}
		if last != instr.Parent().Pos() {
			break
		}
	}
	return last
}

// AppendBack returns the append whose result n, or what follows n, stores
// where its first argument came from: x = append(x, …). It is nil if n is no
// part of such a statement.
func (s *Scope) AppendBack(n *Node) *ssa.Call { return appendOf(s.Pkg, n.Ev) }

func appendOf(p *summary.Package, ev *skeleton.Event) *ssa.Call {
	switch instr := ev.Instr.(type) {
	case *ssa.Store:
		return appendBack(p, instr)
	case *ssa.UnOp:
		for _, r := range *instr.Referrers() {
			call, ok := r.(*ssa.Call)
			if !ok {
				continue
			}
			for _, q := range *call.Referrers() {
				if st, ok := q.(*ssa.Store); ok && appendBack(p, st) == call {
					return call
				}
			}
		}
	}
	return nil
}

func appendBack(p *summary.Package, st *ssa.Store) *ssa.Call {
	call, ok := st.Val.(*ssa.Call)
	if !ok {
		return nil
	}
	if bi, ok := call.Call.Value.(*ssa.Builtin); !ok || bi.Name() != "append" {
		return nil
	}
	load, ok := call.Call.Args[0].(*ssa.UnOp)
	if !ok || load.Op != token.MUL || p.Places.Of(load.X) != p.Places.Of(st.Addr) {
		return nil
	}
	return call
}
