package explore

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/scope"
	"github.com/concvet/concvet/analyzers/internal/summary"
)

// NameOf names what n operates on, as the source does.
func NameOf(n *scope.Node) string {
	if n.Ev == nil || n.Frame == nil {
		return ""
	}
	if n.Syntax() != nil || n.Ev.Arm {
		if x := channel(n); x != nil {
			return types.ExprString(x)
		}
	}
	return summary.Name(n.Frame.Fn, n.Ev)
}

// Range returns where the operation of n stands in the source.
func Range(n *scope.Node) (pos, end token.Pos) {
	pos, end = n.Range()
	if end.IsValid() || n.Frame == nil || n.Frame.Fn.Syntax() == nil {
		return pos, end
	}
	ast.Inspect(n.Frame.Fn.Syntax(), func(x ast.Node) bool {
		switch x := x.(type) {
		case *ast.RangeStmt:
			if x.For == pos {
				end = x.X.End()
			}
		case *ast.SelectStmt:
			if x.Select == pos {
				end = pos + token.Pos(len("select"))
			}
		}
		return !end.IsValid()
	})
	return pos, end
}

// channel returns the expression of the channel that n sends on, receives from
// or closes.
func channel(n *scope.Node) ast.Expr {
	if sel, ok := n.Ev.Instr.(*ssa.Select); ok {
		for _, st := range sel.States {
			if st.Chan == n.Ev.Val {
				return commOf(n.Frame.Fn.Syntax(), st.Pos)
			}
		}
		return nil
	}
	return operand(n.Syntax())
}

// operand returns the channel of a send, receive or close.
func operand(x ast.Node) ast.Expr {
	switch x := x.(type) {
	case *ast.SendStmt:
		return x.Chan
	case *ast.UnaryExpr:
		return x.X
	case *ast.DeferStmt:
		return operand(x.Call)
	case *ast.CallExpr:
		if f, ok := x.Fun.(*ast.Ident); ok && f.Name == "close" && len(x.Args) == 1 {
			return x.Args[0]
		}
	}
	return nil
}

// commOf returns the channel of the select case at pos.
func commOf(root ast.Node, pos token.Pos) ast.Expr {
	var out ast.Expr
	if root == nil {
		return nil
	}
	ast.Inspect(root, func(x ast.Node) bool {
		switch x := x.(type) {
		case *ast.SendStmt:
			if x.Arrow == pos {
				out = x.Chan
			}
		case *ast.UnaryExpr:
			if x.OpPos == pos {
				out = x.X
			}
		case *ast.RangeStmt:
			if x.For == pos {
				out = x.X
			}
		}
		return out == nil
	})
	return out
}
