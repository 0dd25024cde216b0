package summary

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/concvet/concvet/analyzers/internal/report"
)

// deferUnlock returns the edits that defer the unlock of a lock which call takes,
// in place of the unlocks that the function has. It is nil if one of these does
// not come right before a return, or the end, as it may come early on purpose;
// if the lock is not taken on every path, or given up in another way; and if
// something else is deferred later, which would run under the lock then.
func (p *Package) deferUnlock(l *Leak, call *ast.CallExpr, text string) []analysis.TextEdit {
	body := Body(l.Fn)
	if body == nil {
		return nil
	}
	at := slices.IndexFunc(body.List, func(s ast.Stmt) bool { return isCall(s, call, "") })
	if at < 0 {
		return nil
	}
	unlocks, ok := lastUnlocks(body, call, text)
	if !ok || !p.onlyGivenUpAt(l, unlocks) {
		return nil
	}
	edits := []analysis.TextEdit{report.InsertAfter(p.Pass, body.List[at], "defer "+text)}
	for _, s := range unlocks {
		edit, ok := report.Remove(p.Pass, s)
		if !ok {
			return nil
		}
		edits = append(edits, edit)
	}
	return edits
}

// Body returns the body of a function in the source, nil if it has none there.
func Body(fn *ssa.Function) *ast.BlockStmt {
	switch fn := fn.Syntax().(type) {
	case *ast.FuncDecl:
		return fn.Body
	case *ast.FuncLit:
		return fn.Body
	}
	return nil
}

// lastUnlocks returns the statements that are written like text, in source order,
// if each is the last thing that the function does, call is the only other use of
// the lock, and nothing is deferred after it.
func lastUnlocks(body *ast.BlockStmt, call *ast.CallExpr, text string) (out []ast.Stmt, ok bool) {
	lock := types.ExprString(call.Fun.(*ast.SelectorExpr).X)
	uses, late := 0, false
	ast.Inspect(body, func(x ast.Node) bool {
		switch x := x.(type) {
		case *ast.BlockStmt:
			out = append(out, unlocksIn(x.List, x == body, text)...)
		case *ast.CaseClause:
			out = append(out, unlocksIn(x.Body, false, text)...)
		case *ast.CommClause:
			out = append(out, unlocksIn(x.Body, false, text)...)
		case *ast.CallExpr:
			if sel, ok := ast.Unparen(x.Fun).(*ast.SelectorExpr); ok && types.ExprString(sel.X) == lock {
				uses++
			}
		case *ast.DeferStmt:
			late = late || x.Pos() > call.Pos()
		case *ast.LabeledStmt:
			late = true
		}
		return true
	})
	slices.SortFunc(out, func(a, b ast.Stmt) int { return int(a.Pos() - b.Pos()) })
	return out, !late && uses == len(out)+1
}

// unlocksIn returns the statements of a list that are written like text and are
// followed by a return that calls nothing, or by the end of the function.
func unlocksIn(list []ast.Stmt, whole bool, text string) (out []ast.Stmt) {
	for i, s := range list {
		if !isCall(s, nil, text) {
			continue
		}
		if i+1 == len(list) && whole {
			out = append(out, s)
		} else if i+1 < len(list) && quickReturn(list[i+1]) {
			out = append(out, s)
		}
	}
	return out
}

func quickReturn(s ast.Stmt) bool {
	ret, ok := s.(*ast.ReturnStmt)
	if !ok {
		return false
	}
	quick := true
	ast.Inspect(ret, func(x ast.Node) bool {
		switch x := x.(type) {
		case *ast.CallExpr:
			quick = false
		case *ast.UnaryExpr:
			quick = quick && x.Op != token.ARROW
		}
		return quick
	})
	return quick
}

// onlyGivenUpAt reports whether nothing gives up the lock of a leak but the given
// statements, and so none of a function literal.
func (p *Package) onlyGivenUpAt(l *Leak, unlocks []ast.Stmt) bool {
	in := p.locks[l.Fn]
	id := slices.IndexFunc(in.names, func(n lockName) bool { return n.place == l.Lock })
	for _, e := range in.exits {
		for _, path := range e.Paths {
			k := path.Lock(id)
			_, held := k.Held()
			pos := in.pos(k.Site)
			switch {
			case path.Vague || k.Blurred():
				return false
			case held || !k.Touched():
			case !slices.ContainsFunc(unlocks, func(s ast.Stmt) bool { return s.Pos() <= pos && pos <= s.End() }):
				return false
			}
		}
	}
	return true
}
