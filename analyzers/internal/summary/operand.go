package summary

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// Name returns the object of an operation on a lock, channel or WaitGroup as
// the source writes it: s.mu, or what place it is if that is not clear.
func Name(fn *ssa.Function, ev *skeleton.Event) string {
	if x := operand(fn, ev); x != nil {
		if name := types.ExprString(ast.Unparen(x)); len(name) <= 40 && !strings.Contains(name, "\n") {
			return name
		}
	}
	return ev.Obj.String()
}

// operand returns the expression that an operation is applied to, nil if the
// source does not tell.
func operand(fn *ssa.Function, ev *skeleton.Event) ast.Expr {
	pos := operationPos(ev)
	switch x := Syntax(fn, pos).(type) {
	case *ast.SendStmt:
		return x.Chan
	case *ast.UnaryExpr:
		return x.X
	}
	if call := CallOf(fn, pos); call != nil {
		if i := passed(ev); i >= 0 && i < len(call.Args) {
			return call.Args[i]
		}
		switch f := ast.Unparen(call.Fun).(type) {
		case *ast.SelectorExpr:
			return f.X
		case *ast.Ident:
			if f.Name == "close" && len(call.Args) == 1 {
				return call.Args[0]
			}
		}
		return nil
	}
	if r := RangeLoop(fn, pos); r != nil {
		return r.X
	}
	return nil
}

// passed returns which argument of a function without a receiver an operation is
// about, that a function of another package does; -1 if it is none.
func passed(ev *skeleton.Event) int {
	ci, ok := ev.Instr.(ssa.CallInstruction)
	if !ok {
		return -1
	}
	obj := skeleton.Object(ci.Common())
	if obj == nil || obj.Signature().Recv() != nil {
		return -1
	}
	return slices.Index(ci.Common().Args, ev.Val)
}

// operationPos returns the position of an operation, of a case of a select that
// of its arrow.
func operationPos(ev *skeleton.Event) token.Pos {
	if sel, ok := ev.Instr.(*ssa.Select); ok {
		for _, st := range sel.States {
			if st.Chan == ev.Val {
				return st.Pos
			}
		}
	}
	return ev.Pos()
}

// OperationRange returns where an operation on a channel stands in the source:
// of a range, only the head.
func OperationRange(fn *ssa.Function, ev *skeleton.Event) (from, to token.Pos) {
	pos := operationPos(ev)
	if loop := RangeLoop(fn, pos); loop != nil {
		return loop.Pos(), loop.X.End()
	}
	return Range(fn, pos)
}

// RangeLoop returns the range loop of fn that begins at pos, nil if there is
// none.
func RangeLoop(fn *ssa.Function, pos token.Pos) (found *ast.RangeStmt) {
	if fn.Syntax() == nil {
		return nil
	}
	ast.Inspect(fn.Syntax(), func(x ast.Node) bool {
		if r, ok := x.(*ast.RangeStmt); ok && r.For == pos {
			found = r
		}
		return x != nil && found == nil
	})
	return found
}

// keywordAt returns the end of what is to be marked of a select or range statement
// at pos: of a select the keyword. It is NoPos if there is none.
func keywordAt(fn *ssa.Function, pos token.Pos) (end token.Pos) {
	if r := RangeLoop(fn, pos); r != nil {
		return r.X.End()
	}
	if fn.Syntax() != nil {
		ast.Inspect(fn.Syntax(), func(x ast.Node) bool {
			if s, ok := x.(*ast.SelectStmt); ok && s.Select == pos {
				end = pos + token.Pos(len("select"))
			}
			return x != nil && !end.IsValid()
		})
	}
	return end
}
