package findings

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// A filter drops those of a bundled analyzer's diagnostics that are known to
// be wrong.
type filter func(*analysis.Pass, []analysis.Diagnostic) []analysis.Diagnostic

// filters are by name of the bundled analyzer.
var filters = map[string]filter{"lostcancel": usedByLiteral}

// usedByLiteral drops what lostcancel says of a variable that a literal uses
// which was made before the assignment: it looks for uses behind the
// assignment only, but the literal may run then, and finds the new value.
func usedByLiteral(pass *analysis.Pass, all []analysis.Diagnostic) []analysis.Diagnostic {
	var out []analysis.Diagnostic
	dropped := false // the diagnostic before, of which this may be the second half
	for _, d := range all {
		if dropped && strings.HasPrefix(d.Message, "this return statement") {
			dropped = false
			continue
		}
		if dropped = literalBefore(pass, d); !dropped {
			out = append(out, d)
		}
	}
	return out
}

// literalBefore reports whether d is about an assignment to a variable that a
// literal in front of it uses.
func literalBefore(pass *analysis.Pass, d analysis.Diagnostic) bool {
	file := fileAt(pass, d.Pos)
	if file == nil {
		return false
	}
	v := assigned(pass.TypesInfo, file, d)
	if v == nil {
		return false
	}
	found := false
	ast.Inspect(file, func(n ast.Node) bool {
		lit, ok := n.(*ast.FuncLit)
		if !ok || lit.Pos() > d.Pos || d.Pos < lit.End() {
			return !found
		}
		ast.Inspect(lit.Body, func(n ast.Node) bool {
			id, ok := n.(*ast.Ident)
			found = found || ok && pass.TypesInfo.Uses[id] == v
			return !found
		})
		return !found
	})
	return found
}

func fileAt(pass *analysis.Pass, pos token.Pos) *ast.File {
	for _, f := range pass.Files {
		if f.FileStart <= pos && pos < f.FileEnd {
			return f
		}
	}
	return nil
}

// assigned returns the second variable that the assignment at d is to, nil if
// there is no such assignment.
func assigned(info *types.Info, file *ast.File, d analysis.Diagnostic) types.Object {
	var v types.Object
	ast.Inspect(file, func(n ast.Node) bool {
		as, ok := n.(*ast.AssignStmt)
		if ok && as.Pos() == d.Pos && as.End() == d.End && len(as.Lhs) > 1 {
			if id, ok := as.Lhs[1].(*ast.Ident); ok {
				v = info.ObjectOf(id)
			}
		}
		return v == nil
	})
	return v
}
