package summary

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// ResultName returns what result i of the call at pos in fn is assigned to, as
// the source writes it, or fallback if it is not assigned to anything.
func ResultName(fn *ssa.Function, pos token.Pos, i int, fallback string) string {
	lhs, _ := Assigned(fn, pos, i)
	if lhs == nil {
		return fallback
	}
	return types.ExprString(lhs)
}

// Assigned returns what result i of the call at pos in fn is assigned to, and
// the statement that does so; nil if there is none.
func Assigned(fn *ssa.Function, pos token.Pos, i int) (lhs ast.Expr, stmt ast.Stmt) {
	call, ok := Syntax(fn, pos).(*ast.CallExpr)
	if !ok {
		return nil, nil
	}
	ast.Inspect(fn.Syntax(), func(x ast.Node) bool {
		switch x := x.(type) {
		case *ast.AssignStmt:
			if len(x.Rhs) == 1 && ast.Unparen(x.Rhs[0]) == call && i < len(x.Lhs) {
				lhs, stmt = x.Lhs[i], x
			}
		case *ast.DeclStmt:
			for _, spec := range x.Decl.(*ast.GenDecl).Specs {
				if s, ok := spec.(*ast.ValueSpec); ok && len(s.Values) == 1 && ast.Unparen(s.Values[0]) == call && i < len(s.Names) {
					lhs, stmt = s.Names[i], x
				}
			}
		}
		return lhs == nil
	})
	return lhs, stmt
}

// selected returns the field or element of fn that go/ssa gives position pos,
// nil if there is none.
func selected(fn *ssa.Function, pos token.Pos) (found ast.Node) {
	if fn.Syntax() == nil {
		return nil
	}
	ast.Inspect(fn.Syntax(), func(x ast.Node) bool {
		if x == nil || found != nil || pos < x.Pos() || x.End() <= pos {
			return false
		}
		switch x := x.(type) {
		case *ast.SelectorExpr:
			if x.Sel.Pos() == pos {
				found = x
			}
		case *ast.IndexExpr:
			if x.Lbrack == pos {
				found = x
			}
		case *ast.StarExpr:
			if x.Star == pos {
				found = x
			}
		}
		return found == nil
	})
	return found
}

// ReceiverName names what the method at pos in fn is called on, as the source
// does, or is fallback.
func ReceiverName(fn *ssa.Function, pos token.Pos, fallback string) string {
	if call := CallOf(fn, pos); call != nil {
		if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
			return types.ExprString(sel.X)
		}
	}
	return fallback
}
