package report

import (
	"bytes"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// Remove returns the edit that takes out a statement: its lines, with a comment
// behind it, if it stands alone on them, else the text up to the next one. ok
// is false if the file cannot be read.
func Remove(pass *analysis.Pass, stmt ast.Node) (edit analysis.TextEdit, ok bool) {
	file := pass.Fset.File(stmt.Pos())
	src, err := pass.ReadFile(file.Name())
	from, to := file.Offset(stmt.Pos()), file.Offset(stmt.End())
	if err != nil || len(src) < to {
		return analysis.TextEdit{}, false
	}
	line := bytes.LastIndexByte(src[:from], '\n') + 1
	rest, _, _ := strings.Cut(string(src[to:]), "\n")
	alone := len(bytes.TrimSpace(src[line:from])) == 0
	switch tail := strings.TrimSpace(rest); {
	case alone && (tail == "" || strings.HasPrefix(tail, "//")):
		from, to = line, min(to+len(rest)+1, len(src))
	case strings.HasPrefix(tail, ";"):
		to += strings.IndexByte(rest, ';') + 1
	default:
		if before := bytes.TrimRight(src[line:from], " \t"); bytes.HasSuffix(before, []byte(";")) {
			from = line + len(before) - 1
		}
	}
	return analysis.TextEdit{Pos: file.Pos(from), End: file.Pos(to)}, true
}

// InsertFirst returns the edit that makes text the first statement of body.
func InsertFirst(pass *analysis.Pass, body *ast.BlockStmt, text string) analysis.TextEdit {
	at := body.Lbrace + 1
	if pass.Fset.Position(body.Lbrace).Line == pass.Fset.Position(body.Rbrace).Line {
		text = " " + text + "; "
	} else {
		text = "\n\t" + text
	}
	return analysis.TextEdit{Pos: at, End: at, NewText: []byte(text)}
}

// InsertBefore returns the edit that puts the statement text before stmt, on a
// line of its own.
func InsertBefore(stmt ast.Stmt, text string) analysis.TextEdit {
	return analysis.TextEdit{Pos: stmt.Pos(), End: stmt.Pos(), NewText: []byte(text + "\n")}
}

// InsertAfter returns the edit that puts the statement text behind stmt, on a
// line of its own.
func InsertAfter(stmt ast.Stmt, text string) analysis.TextEdit {
	return analysis.TextEdit{Pos: stmt.End(), End: stmt.End(), NewText: []byte("\n" + text)}
}

// Indent begins the new lines of edits as deep as the line that they are put
// in: not every editor formats what it has changed.
func Indent(pass *analysis.Pass, edits []analysis.TextEdit) []analysis.TextEdit {
	out := slices.Clone(edits)
	for i, e := range out {
		if !bytes.Contains(e.NewText, []byte("\n")) {
			continue
		}
		file := pass.Fset.File(e.Pos)
		src, err := pass.ReadFile(file.Name())
		at := file.Offset(e.Pos)
		if err != nil || len(src) < at {
			continue
		}
		line := src[bytes.LastIndexByte(src[:at], '\n')+1:]
		depth := line[:len(line)-len(bytes.TrimLeft(line, " \t"))]
		out[i].NewText = bytes.ReplaceAll(e.NewText, []byte("\n"), append([]byte("\n"), depth...))
	}
	return out
}

// InList reports whether stmt is one of a list of statements below root, so
// that others can be put before it.
func InList(root ast.Node, stmt ast.Stmt) bool {
	found := false
	ast.Inspect(root, func(x ast.Node) bool {
		switch x := x.(type) {
		case *ast.BlockStmt:
			found = found || slices.Contains(x.List, stmt)
		case *ast.CaseClause:
			found = found || slices.Contains(x.Body, stmt)
		case *ast.CommClause:
			found = found || slices.Contains(x.Body, stmt)
		}
		return !found
	})
	return found
}

// SameAt reports whether expr, made of variables and fields only, can be
// written at pos and denotes the same there, as long as its variables keep
// their values.
func SameAt(pass *analysis.Pass, expr ast.Expr, pos token.Pos) bool {
	switch x := expr.(type) {
	case *ast.ParenExpr:
		return SameAt(pass, x.X, pos)
	case *ast.StarExpr:
		return SameAt(pass, x.X, pos)
	case *ast.SelectorExpr:
		if id, ok := x.X.(*ast.Ident); ok {
			if _, pkg := pass.TypesInfo.Uses[id].(*types.PkgName); pkg {
				return true
			}
		}
		return SameAt(pass, x.X, pos)
	case *ast.Ident:
		obj, ok := pass.TypesInfo.Uses[x].(*types.Var)
		inner := pass.Pkg.Scope().Innermost(pos)
		if !ok || inner == nil {
			return false
		}
		_, there := inner.LookupParent(x.Name, pos)
		return there == obj
	}
	return false
}
