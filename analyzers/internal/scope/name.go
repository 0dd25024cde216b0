package scope

import (
	"go/ast"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/skeleton"
)

// maxName bounds the text of an expression in a message.
const maxName = 40

// Name names what n accesses as the source does there.
func (s *Scope) Name(n *Node) string {
	x := s.Access(n)
	if call, ok := x.(*ast.CallExpr); ok {
		x = s.touched(call, n)
	}
	if ix, ok := x.(*ast.IndexExpr); ok && n.Ev.Access == skeleton.Map {
		x = ix.X
	}
	if x != nil {
		if name := types.ExprString(ast.Unparen(x)); len(name) <= maxName && !strings.Contains(name, "\n") {
			return name
		}
	}
	return n.Ev.Obj.String()
}

// touched returns the argument of a call that n accesses: of a builtin, a
// conversion, or a function of the standard library, where it may be the
// receiver.
func (s *Scope) touched(call *ast.CallExpr, n *Node) ast.Expr {
	info := s.Pkg.Pass.TypesInfo
	if tv := info.Types[call.Fun]; tv.IsBuiltin() || tv.IsType() {
		id, ok := ast.Unparen(call.Fun).(*ast.Ident)
		source := n.Ev.Kind == skeleton.Read && s.AppendBack(n) == nil
		switch {
		case len(call.Args) == 0:
			return nil
		case ok && source && (id.Name == "copy" || id.Name == "append") && len(call.Args) > 1:
			return call.Args[1]
		}
		return call.Args[0]
	}
	i := position(n.Ev)
	if sel, ok := call.Fun.(*ast.SelectorExpr); ok && info.Selections[sel] != nil {
		if i == 0 {
			return sel.X
		}
		i--
	}
	if i < 0 || i >= len(call.Args) {
		return nil
	}
	return call.Args[i]
}

// position returns the index of the argument that a library call accesses, -1
// if it is not known.
func position(ev *skeleton.Event) int {
	call, ok := ev.Instr.(ssa.CallInstruction)
	if !ok {
		return -1
	}
	for i, arg := range call.Common().Args {
		if m, ok := arg.(*ssa.MakeInterface); ok && m.X == ev.Val || arg == ev.Val {
			return i
		}
	}
	return -1
}
