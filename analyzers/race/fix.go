package race

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/astutil"

	"github.com/concvet/concvet/analyzers/internal/report"
	"github.com/concvet/concvet/analyzers/internal/scope"
)

// ownVariable returns the fix that gives a goroutine a variable of its own
// instead of its starter's: err := where it has err =. That is right if
//   - the literal that the goroutine runs sets the variable before all its
//     other uses of it, and they are in the block of that assignment;
//   - nobody else reads what it sets;
//   - both variables are used then, as the compiler asks.
func ownVariable(c *scope.Conflict) []report.Fix {
	w, info := c.Write, c.Scope.Pkg.Pass.TypesInfo
	lit, _ := w.Frame.Fn.Syntax().(*ast.FuncLit)
	id, _ := c.Scope.Access(w).(*ast.Ident)
	if lit == nil || id == nil || w.Thread.Frame != w.Frame || !c.Scope.Unread(w) {
		return nil
	}
	var path []ast.Node // from id outwards
	for _, file := range c.Scope.Pkg.Pass.Files {
		if file.FileStart <= id.Pos() && id.Pos() < file.FileEnd {
			path, _ = astutil.PathEnclosingInterval(file, id.Pos(), id.End())
		}
	}
	if len(path) < 5 {
		return nil
	}
	assign, ok := path[1].(*ast.AssignStmt)
	if !ok || !definable(info, assign, id) {
		return nil
	}
	decl, ok := path[len(path)-2].(*ast.FuncDecl)
	u := &uses{info: info, v: info.Uses[id], lit: lit, assign: assign, block: path[2]}
	if !ok || !u.local(decl) {
		return nil
	}
	u.visit(decl.Body, false)
	if u.bad || !u.inside || !u.outside {
		return nil
	}
	return []report.Fix{{
		Message: "give the goroutine its own " + id.Name,
		Edits:   []analysis.TextEdit{{Pos: assign.TokPos, End: assign.TokPos + 1, NewText: []byte(":=")}},
	}}
}

// definable reports whether a, made a definition, defines id with the type it
// has now and nothing else.
func definable(info *types.Info, a *ast.AssignStmt, id *ast.Ident) bool {
	for i, l := range a.Lhs {
		x, ok := l.(*ast.Ident)
		if !ok || x != id && x.Name != "_" {
			return false
		}
		if x != id {
			continue
		}
		t := info.TypeOf(a.Rhs[min(i, len(a.Rhs)-1)])
		if tuple, ok := t.(*types.Tuple); ok {
			t = tuple.At(i).Type()
		}
		if t == nil || !types.Identical(t, info.TypeOf(id)) {
			return false
		}
	}
	return a.Tok == token.ASSIGN
}

// uses looks at how a function uses the variable v, which assign in lit sets.
type uses struct {
	info    *types.Info
	v       types.Object
	lit     *ast.FuncLit
	assign  *ast.AssignStmt
	block   ast.Node // the scope that a definition by assign would have
	inside  bool     // lit reads v behind assign
	outside bool     // the rest of the function reads v
	bad     bool     // some use stands against two variables
}

// local reports whether v is declared in the body of decl, and by no signature.
func (u *uses) local(decl *ast.FuncDecl) bool {
	ok := decl.Body.Pos() < u.v.Pos() && u.v.Pos() < u.lit.Pos()
	ast.Inspect(decl.Body, func(x ast.Node) bool {
		if t, is := x.(*ast.FuncType); is && t.Pos() <= u.v.Pos() && u.v.Pos() < t.End() {
			ok = false
		}
		return ok
	})
	return ok
}

// visit looks at the uses of v below x; captured says that x is in a literal
// other than lit that does not declare v.
func (u *uses) visit(x ast.Node, captured bool) {
	written := map[ast.Expr]bool{}
	ast.Inspect(x, func(y ast.Node) bool {
		switch y := y.(type) {
		case *ast.FuncLit:
			if y != x && (y.Pos() > u.v.Pos() || y.End() < u.v.Pos()) {
				u.visit(y, y != u.lit)
				return false
			}
		case *ast.AssignStmt:
			for _, l := range y.Lhs {
				written[l] = true
			}
		case *ast.UnaryExpr:
			u.bad = u.bad || y.Op == token.AND && u.isV(y.X)
		case *ast.Ident:
			if u.isV(y) {
				u.use(y, written[y], captured)
			}
		}
		return true
	})
}

func (u *uses) isV(x ast.Expr) bool {
	id, ok := ast.Unparen(x).(*ast.Ident)
	return ok && u.info.Uses[id] == u.v
}

func (u *uses) use(id *ast.Ident, written, captured bool) {
	switch {
	case id.Pos() < u.lit.Pos() || u.lit.End() <= id.Pos():
		u.bad = u.bad || captured
		u.outside = u.outside || !written
	case u.assign.Pos() <= id.Pos() && id.Pos() < u.assign.End():
		u.bad = u.bad || !written
	default:
		u.bad = u.bad || id.Pos() < u.assign.End() || u.block.End() < id.End()
		u.inside = u.inside || !written
	}
}
