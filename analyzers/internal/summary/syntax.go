package summary

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/concvet/concvet/analyzers/internal/models"
)

// Syntax returns the statement or expression of fn at pos, the position of an
// event: go/ssa gives that of a call's parenthesis, of an operator, or of a
// keyword. It is nil if there is none.
func Syntax(fn *ssa.Function, pos token.Pos) ast.Node {
	if fn == nil || fn.Syntax() == nil || !pos.IsValid() {
		return nil
	}
	var found ast.Node
	ast.Inspect(fn.Syntax(), func(x ast.Node) bool {
		if x == nil || found != nil || pos < x.Pos() || x.End() <= pos {
			return false
		}
		at := token.NoPos
		switch x := x.(type) {
		case *ast.CallExpr:
			at = x.Lparen
		case *ast.GoStmt, *ast.DeferStmt, *ast.ReturnStmt:
			at = x.Pos()
		case *ast.SendStmt:
			at = x.Arrow
		case *ast.UnaryExpr:
			at = x.OpPos
		case *ast.AssignStmt:
			at = x.TokPos
		case *ast.IncDecStmt:
			at = x.TokPos
		}
		if at == pos {
			found = x
		}
		return found == nil
	})
	return found
}

// Range returns where the event at pos stands in the source of fn: readers and
// editors want all of it. It is the end of the body for an event without a
// position.
func Range(fn *ssa.Function, pos token.Pos) (from, to token.Pos) {
	x := Syntax(fn, pos)
	if call, ok := x.(*ast.CallExpr); ok && isAppend(call) {
		x = nil
	}
	if x == nil && pos.IsValid() {
		x = assignment(fn, pos)
	}
	if x == nil && pos.IsValid() {
		x = selected(fn, pos)
	}
	keyword := keywordAt(fn, pos)
	switch {
	case x != nil:
		return x.Pos(), x.End()
	case keyword.IsValid():
		return pos, keyword
	case pos.IsValid():
		return pos, token.NoPos
	}
	if s := fn.Syntax(); s != nil {
		return s.End() - 1, s.End()
	}
	return fn.Pos(), token.NoPos
}

// isAppend reports whether a call writes what its result is assigned to.
func isAppend(call *ast.CallExpr) bool {
	id, ok := ast.Unparen(call.Fun).(*ast.Ident)
	return ok && id.Name == "append"
}

// assignment returns the innermost assignment of fn around pos, of which
// go/ssa only has the position of some operand. It is nil if there is none.
func assignment(fn *ssa.Function, pos token.Pos) (found ast.Node) {
	if fn.Syntax() == nil {
		return nil
	}
	ast.Inspect(fn.Syntax(), func(x ast.Node) bool {
		if x == nil || pos < x.Pos() || x.End() <= pos {
			return false
		}
		switch x.(type) {
		case *ast.AssignStmt, *ast.IncDecStmt:
			found = x
		case *ast.FuncLit, *ast.BlockStmt:
			found = nil
		}
		return true
	})
	return found
}

// CallOf returns the call that the event at pos in fn is, behind go or defer
// too, nil if it is none.
func CallOf(fn *ssa.Function, pos token.Pos) *ast.CallExpr {
	switch x := Syntax(fn, pos).(type) {
	case *ast.CallExpr:
		return x
	case *ast.GoStmt:
		return x.Call
	case *ast.DeferStmt:
		return x.Call
	}
	return nil
}

// Rename returns the edit that makes the method call at pos in fn one of the
// method name, nil if it is not written as x.method(…).
func Rename(fn *ssa.Function, pos token.Pos, name string) []analysis.TextEdit {
	call := CallOf(fn, pos)
	if call == nil {
		return nil
	}
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	return []analysis.TextEdit{{Pos: sel.Sel.Pos(), End: sel.Sel.End(), NewText: []byte(name)}}
}

// Direct reports whether the call is one of sync's lock methods by itself, so
// that its method can be replaced by another one: not through a wrapper, a
// sync.Locker, or a func value.
func (p *Package) Direct(call *ast.CallExpr) bool {
	obj, ok := typeutil.Callee(p.Pass.TypesInfo, call).(*types.Func)
	if !ok || obj.Signature().Recv() == nil || types.IsInterface(obj.Signature().Recv().Type()) {
		return false
	}
	m, ok := models.Lookup(obj)
	return ok && m.Obj == 0
}
