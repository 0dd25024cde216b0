package findings

import (
	"go/ast"
	"go/token"
)

// A layout tells which lines of a file have code, and which code starts where.
// Lines are those of the file as it is, whatever //line comments say.
type layout struct {
	fset *token.FileSet
	code map[int]bool // lines on which a piece of syntax starts or ends
	// ends has, for a line and column, the last line of the outermost piece
	// of syntax that starts there.
	ends map[[2]int]int
}

func newLayout(fset *token.FileSet, file *ast.File) *layout {
	l := &layout{fset, make(map[int]bool), make(map[[2]int]int)}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n.(type) {
		case nil, *ast.CommentGroup:
			return false
		}
		start, end := l.posn(n.Pos()), l.posn(n.End()-1)
		l.code[start.Line] = true
		l.code[end.Line] = true
		if at := [2]int{start.Line, start.Column}; l.ends[at] == 0 { // nodes come outermost first
			l.ends[at] = end.Line
		}
		return true
	})
	return l
}

func (l *layout) posn(pos token.Pos) token.Position { return l.fset.PositionFor(pos, false) }

// cover sets the lines that d, a comment of the group, covers: behind code
// that line; alone the next line after the group, so that several directives
// can stand together, and for golangci-lint's kind all of the declaration or
// statement that starts there in the same column.
func (l *layout) cover(d *directive, group *ast.CommentGroup) {
	at := l.posn(d.comment.Pos())
	if l.code[at.Line] {
		d.from, d.to = at.Line, at.Line
		return
	}
	d.from = l.posn(group.End()-1).Line + 1
	d.to = d.from
	if d.style == nolint {
		d.to = max(d.to, l.ends[[2]int{d.from, at.Column}])
	}
}
