package report

import (
	"bytes"
	"go/ast"
	"go/token"
	"go/types"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"

	"golang.org/x/tools/go/analysis"
)

// A stretch is a node in the text of its file.
type stretch struct {
	file     *token.File
	src      []byte
	from, to int    // offsets of the node
	line     int    // offset of the line that it begins on
	rest     string // what is behind it on the line that it ends on
}

// locate fails if the file cannot be read, or has changed. Bazel's nogo gives
// analyzers no means to read one.
func locate(pass *analysis.Pass, node ast.Node) (s stretch, ok bool) {
	read := pass.ReadFile
	if read == nil {
		read = os.ReadFile
	}
	s.file = pass.Fset.File(node.Pos())
	src, err := read(s.file.Name())
	if err != nil || len(src) != s.file.Size() {
		return stretch{}, false
	}
	s.src, s.from, s.to = src, s.file.Offset(node.Pos()), s.file.Offset(node.End())
	s.line = bytes.LastIndexByte(src[:s.from], '\n') + 1
	s.rest, _, _ = strings.Cut(string(src[s.to:]), "\n")
	return s, true
}

// tail is s.rest without spaces.
func (s *stretch) tail() string { return strings.TrimSpace(s.rest) }

// comment returns the comment behind the node, if nothing else is there.
func (s *stretch) comment() string {
	if tail := s.tail(); strings.HasPrefix(tail, "//") || strings.HasPrefix(tail, "/*") && strings.HasSuffix(tail, "*/") {
		return tail
	}
	return ""
}

// alone reports whether nothing but a comment shares the node's lines.
func (s *stretch) alone() bool {
	return len(bytes.TrimSpace(s.src[s.line:s.from])) == 0 && s.tail() == s.comment()
}

func (s *stretch) edit(from, to int, text string) analysis.TextEdit {
	return analysis.TextEdit{Pos: s.file.Pos(from), End: s.file.Pos(to), NewText: []byte(text)}
}

// lines returns the edit that takes out all of the node's lines.
func (s *stretch) lines() analysis.TextEdit {
	return s.edit(s.line, min(s.to+len(s.rest)+1, len(s.src)), "")
}

// directive matches comments that speak to tools, here of what they are behind.
var directive = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^//(nolint\b|[a-z0-9]+:[a-z0-9])`) })

// Remove returns the edit that takes out a statement: its lines, if it stands
// alone on them, else the text up to the next one. A comment for people that is
// behind it stays. ok is false if the file cannot be read.
func Remove(pass *analysis.Pass, stmt ast.Node) (edit analysis.TextEdit, ok bool) {
	s, ok := locate(pass, stmt)
	if !ok {
		return analysis.TextEdit{}, false
	}
	comment := s.comment()
	switch tail := s.tail(); {
	case s.alone() && (comment == "" || directive().MatchString(comment)):
		return s.lines(), true
	case s.alone():
		return s.edit(s.from, s.to+strings.Index(s.rest, comment), ""), true
	case strings.HasPrefix(tail, ";"):
		return s.edit(s.from, s.to+strings.IndexByte(s.rest, ';')+1, ""), true
	}
	if before := bytes.TrimRight(s.src[s.line:s.from], " \t"); bytes.HasSuffix(before, []byte(";")) {
		return s.edit(s.line+len(before)-1, s.to, ""), true
	}
	return s.edit(s.from, s.to, ""), true
}

// Take returns the edit that takes out a statement, with the comment behind it,
// and text with that comment: what is to be put where the statement goes.
func Take(pass *analysis.Pass, stmt ast.Node, text string) (edit analysis.TextEdit, moved string, ok bool) {
	if s, ok := locate(pass, stmt); ok && s.alone() && s.comment() != "" {
		return s.lines(), text + " " + s.comment(), true
	}
	edit, ok = Remove(pass, stmt)
	return edit, text, ok
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

// InsertAfter returns the edit that puts the statement text behind stmt, and
// behind its comment, on a line of its own.
func InsertAfter(pass *analysis.Pass, stmt ast.Stmt, text string) analysis.TextEdit {
	at := stmt.End()
	if s, ok := locate(pass, stmt); ok && s.comment() != "" {
		at += token.Pos(len(strings.TrimRight(s.rest, " \t\r")))
	}
	return analysis.TextEdit{Pos: at, End: at, NewText: []byte("\n" + text)}
}

// Indent begins the new lines of edits as deep as the line that they are put
// in: not every editor formats what it has changed.
func Indent(pass *analysis.Pass, edits []analysis.TextEdit) []analysis.TextEdit {
	out := slices.Clone(edits)
	for i, e := range out {
		if !bytes.Contains(e.NewText, []byte("\n")) {
			continue
		}
		s, ok := locate(pass, at(e.Pos))
		if !ok {
			continue
		}
		line := s.src[s.line:]
		depth := line[:len(line)-len(bytes.TrimLeft(line, " \t"))]
		out[i].NewText = bytes.ReplaceAll(e.NewText, []byte("\n"), append([]byte("\n"), depth...))
	}
	return out
}

// at is a node of no length.
type at token.Pos

func (p at) Pos() token.Pos { return token.Pos(p) }
func (p at) End() token.Pos { return token.Pos(p) }

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
