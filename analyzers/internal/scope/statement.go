package scope

import (
	"go/ast"
	"go/token"
)

// Statements returns where the statements of the two accesses start, in order:
// races of the same two on several variables, such as n, err = f(), are one
// mistake.
func (c *Conflict) Statements() [2]token.Pos {
	a, b := c.Scope.statement(c.At), c.Scope.statement(c.Other)
	return [2]token.Pos{min(a, b), max(a, b)}
}

// statement returns where the innermost statement that n belongs to starts, or
// where n itself stands.
func (s *Scope) statement(n *Node) token.Pos {
	pos, _ := s.Range(n)
	if n.Frame == nil || n.Frame.Fn.Syntax() == nil {
		return pos
	}
	found := pos
	inOwn(n.Frame.Fn.Syntax(), func(x ast.Node) bool {
		if pos < x.Pos() || x.End() <= pos {
			return false
		}
		switch x.(type) {
		case *ast.BlockStmt, *ast.CaseClause, *ast.CommClause, *ast.LabeledStmt:
		case ast.Stmt:
			found = x.Pos()
		}
		return true
	})
	return found
}
