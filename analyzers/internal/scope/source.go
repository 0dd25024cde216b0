package scope

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/models"
	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// Range returns where the operation of n stands in the source. go/ssa has the
// position of a call's parenthesis, an operator or nothing: readers and
// editors want all of it. The operation of a node without a position is the
// end of the function's body.
func (n *Node) Range() (pos, end token.Pos) {
	if x := n.Syntax(); x != nil {
		return x.Pos(), x.End()
	}
	if n.Frame == nil { // a goroutine that runs another package's function
		return n.Thread.Spawn.Range()
	}
	if n.Ev != nil {
		if p := n.Ev.Pos(); p.IsValid() {
			return p, token.NoPos
		}
	}
	if body := n.Frame.Fn.Syntax(); body != nil {
		return body.End() - 1, body.End()
	}
	return n.Frame.Fn.Pos(), token.NoPos
}

// Syntax returns the call, receive, or go, defer, send or return statement
// that n's operation is, nil if it is none of them.
func (n *Node) Syntax() ast.Node {
	if n.Ev == nil || n.Frame == nil {
		return nil
	}
	if x := operation(n.Frame.Fn.Syntax(), n.Ev.Pos()); x != nil || n.Ev.Kind != models.Recv {
		return x
	}
	return ranged(n.Frame.Fn.Syntax(), n.Ev.Pos())
}

// ranged returns the channel that a range statement at the given position
// receives from.
func ranged(root ast.Node, at token.Pos) ast.Node {
	var found ast.Node
	if root != nil {
		ast.Inspect(root, func(x ast.Node) bool {
			if r, ok := x.(*ast.RangeStmt); ok && r.For == at {
				found = r.X
			}
			return found == nil
		})
	}
	return found
}

// Range returns where the operation stands in the source.
func (o Op) Range() (pos, end token.Pos) {
	if x := operation(o.Fn.Syntax(), o.Ev.Pos()); x != nil {
		return x.Pos(), x.End()
	}
	return o.Ev.Pos(), token.NoPos
}

// operation returns the operation in root to which go/ssa gives position at.
func operation(root ast.Node, at token.Pos) ast.Node {
	if root == nil || !at.IsValid() {
		return nil
	}
	var found ast.Node
	ast.Inspect(root, func(x ast.Node) bool {
		if x == nil || found != nil || at < x.Pos() || x.End() <= at {
			return false
		}
		switch x := x.(type) {
		case *ast.CallExpr:
			if x.Lparen == at {
				found = x
			}
		case *ast.GoStmt, *ast.DeferStmt, *ast.ReturnStmt:
			if x.Pos() == at {
				found = x
			}
		case *ast.SendStmt:
			if x.Arrow == at {
				found = x
			}
		case *ast.UnaryExpr:
			if x.OpPos == at && x.Op == token.ARROW {
				found = x
			}
		}
		return found == nil
	})
	return found
}

// Called names what the call, go or defer statement at n runs, as the source
// does: t.Fatal, s.work.
func (n *Node) Called() string {
	var call *ast.CallExpr
	switch x := n.Syntax().(type) {
	case *ast.CallExpr:
		call = x
	case *ast.GoStmt:
		call = x.Call
	case *ast.DeferStmt:
		call = x.Call
	}
	if call == nil {
		return "a call"
	}
	if _, ok := ast.Unparen(call.Fun).(*ast.FuncLit); ok {
		return "the function literal"
	}
	return types.ExprString(call.Fun)
}

// Receiver names the WaitGroup that a method is called on at n, as the source
// does: s.wg. If the source does not tell, it is the fallback.
func (n *Node) Receiver(fallback string) string {
	if ci, ok := n.Ev.Instr.(ssa.CallInstruction); ok {
		if obj := skeleton.Object(ci.Common()); obj != nil && obj.Signature().Recv() == nil {
			return fallback // an argument of a function of another package
		}
	}
	return receiver(n.Syntax(), fallback)
}

// Receiver is [Node.Receiver] for an operation of a census.
func (o Op) Receiver() string {
	return receiver(operation(o.Fn.Syntax(), o.Ev.Pos()), o.Ev.Obj.String())
}

func receiver(x ast.Node, fallback string) string {
	switch y := x.(type) {
	case *ast.GoStmt:
		x = y.Call
	case *ast.DeferStmt:
		x = y.Call
	}
	if call, ok := x.(*ast.CallExpr); ok {
		if sel, ok := call.Fun.(*ast.SelectorExpr); ok && slices.Contains([]string{"Add", "Done", "Wait", "Go"}, sel.Sel.Name) {
			return types.ExprString(sel.X)
		}
	}
	return fallback
}
